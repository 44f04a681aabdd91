import { findCanned } from '../canned/find.ts';
import type { Faq } from '../../../src-preload/contract/index.ts';

/** Help pages that fit what was typed: title, words and address; the customer's language first. */
export const findFaq = (pages: readonly Faq[], typed: string, language: string | null, limit: number): Faq[] =>
  findCanned(pages.map((page) => ({ shortcut: '', title: page.title, folder: page.words, language: page.language, text: page.url, uses: page.uses, page })), typed, language, limit).map(({ page }) => page);
