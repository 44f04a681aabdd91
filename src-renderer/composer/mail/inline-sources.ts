import type { Attachment, ComposerMode } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { findEmoji } from '../responses/emoji.ts';

/** One line of the list that opens in the text. */
export interface InlineHit {
  readonly id: string;
  /** A sign before it: the emoji itself. */
  readonly lead: string | null;
  readonly title: string;
  readonly text: string;
  /** What may be typed to get it, or how long it is. */
  readonly key: string;
  readonly language: string | null;
  readonly attachmentCount: number;
  readonly isSuggested: boolean;
}
interface Place { readonly conversationId: string; readonly mode: ComposerMode }

/** Something that is found by typing a sign and letters, and put where they stood. */
export interface InlineSource {
  readonly name: 'canned' | 'faq' | 'emoji' | 'colleague';
  readonly at: RegExp;
  readonly isFor: (mode: ComposerMode) => boolean;
  readonly find: (place: Place, query: string) => Promise<readonly InlineHit[]>;
  /** What is inserted; null when it could not be had. */
  readonly take: (place: Place, hit: InlineHit) => Promise<{ readonly text: string; readonly attachments: readonly Attachment[] } | null>;
}

const MOST = 7;
const plain = { lead: null, key: '', language: null, attachmentCount: 0, isSuggested: false };

const canned: InlineSource = {
  name: 'canned', at: /(?:^|\s)(\/([\p{L}\p{M}\p{N}_-]{0,32}))$/u, isFor: () => true,
  find: async (place, text) => {
    const given = await ask('canned.find', { ...place, text, limit: MOST });
    return given.ok ? given.value.hits.map((hit) => ({ ...plain, id: hit.id, title: hit.title, text: hit.text, key: `/${hit.shortcut}`, language: hit.language, attachmentCount: hit.attachmentCount, isSuggested: hit.isSuggested })) : [];
  },
  take: (place, hit) => call('canned.insert', { cannedId: hit.id, ...place }),
};

const faq: InlineSource = {
  name: 'faq', at: /(?:^|\s)(\/\/([\p{L}\p{M}\p{N}_-]{0,32}))$/u, isFor: () => true,
  find: async ({ conversationId }, text) => {
    const given = await ask('faq.find', { conversationId, text, limit: MOST });
    return given.ok ? given.value.pages.map((page) => ({ ...plain, id: page.id, title: page.title, text: page.url, language: page.language })) : [];
  },
  take: async (_, hit) => {
    void call('faq.use', { faqId: hit.id });
    return { text: hit.text, attachments: [] };
  },
};

const emoji: InlineSource = {
  name: 'emoji', at: /(?:^|[\s(“"'])(:([\p{L}\p{N}_+-]{2,32}))$/u, isFor: () => true,
  find: async (_, query) => (await findEmoji(query, MOST)).map((one) => ({ ...plain, id: one.sign, lead: one.sign, title: one.name, text: '', key: `:${one.code}` })),
  take: async (_, hit) => ({ text: hit.id, attachments: [] }),
};

/** In a note only: whoever is named is told. */
const colleague: InlineSource = {
  name: 'colleague', at: /(?:^|[\s(])(@([\p{L}\p{M}\p{N}]{0,32}))$/u, isFor: (mode) => mode === 'note',
  find: async (_, query) => {
    const given = await ask('agent.list', {});
    const typed = query.toLowerCase();
    const agents = given.ok ? given.value.agents.filter((agent) => !agent.isHere) : [];
    return agents.filter(({ name, initials }) => initials.toLowerCase().startsWith(typed) || name.toLowerCase().split(/\s+/u).some((word) => word.startsWith(typed)))
      .slice(0, MOST).map((agent) => ({ ...plain, id: agent.agentId ?? '', title: agent.name, text: '', key: agent.initials }));
  },
  take: async (_, hit) => ({ text: `@${hit.title} `, attachments: [] }),
};

export const sources: readonly InlineSource[] = [canned, faq, emoji, colleague];

export interface InlinePlace { readonly source: InlineSource; readonly start: number; readonly query: string }

/** The sign and letters before the caret that open a list. Pure. */
export function inlineAt(text: string, caret: number, mode: ComposerMode): InlinePlace | null {
  const before = text.slice(0, caret);
  for (const source of sources) {
    const match = source.isFor(mode) ? source.at.exec(before) : null;
    if (match !== null) return { source, start: caret - (match[1] ?? '').length, query: match[2] ?? '' };
  }
  return null;
}
