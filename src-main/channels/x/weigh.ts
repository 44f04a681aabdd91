import { twitterText } from './library.ts';
import { limits } from './prices.ts';

export interface Weight {
  /** Weighted characters (a link 23, emoji and CJK 2); @names X puts before a reply weigh nothing. */
  weight: number;
  max: number;
  hasLink: boolean;
}

/** A text without the @names at its beginning that X puts there by itself; from the first other one on everything counts. */
export function withoutLeading(text: string, free: readonly string[]): string {
  const names = new Set(free.map((name) => name.toLowerCase()));
  let at = 0;
  for (const found of text.matchAll(/\s*(@\w{1,50})(?:\s+|$)/gu)) {
    if (found.index !== at || !names.has((found[1] ?? '').toLowerCase())) break;
    at += found[0].length;
  }
  return text.slice(at);
}

/** Weighs a post as X does (twitter-text, configuration v3, NFC). `leading`: @names that are free at its beginning. Pure. */
export const weighPost = (text: string, leading: readonly string[]): Weight => ({ weight: weightOf(text, leading), max: limits.postWeight, hasLink: hasLink(text) });

export const weightOf = (text: string, leading: readonly string[]): number => twitterText().parseTweet(withoutLeading(text, leading).normalize('NFC')).weightedLength;

/** Bare domains count: X makes links of them, and charges for it. */
export const hasLink = (text: string): boolean => twitterText().extractUrls(text).length > 0;
