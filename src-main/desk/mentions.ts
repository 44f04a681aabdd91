import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';
import { agentsOf } from './agents/index.ts';

export interface Mention {
  /** Initials of who is named. */
  agent: string;
  /** As it stands in the note, with its "@". */
  text: string;
}

const AT = /(?<![\p{L}\p{N}_.@])@/gu;
const WORD = /[\p{L}\p{N}_]/u;
const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** The colleagues a note names with an "@": by name, by first name where only one has it, or by initials. The longest that fits is meant. */
export function mentionsIn(text: string, agents: readonly { initials: string; name: string }[]): Mention[] {
  const firstOf = (name: string): string => folded(name).split(/\s+/u)[0] ?? '';
  const names = agents.flatMap(({ initials, name }) => {
    const first = firstOf(name);
    const isOnly = agents.filter((other) => firstOf(other.name) === first).length === 1;
    return [folded(name), folded(initials), ...(isOnly ? [first] : [])].filter((word) => word !== '').map((word) => ({ initials, word }));
  }).sort((a, b) => b.word.length - a.word.length);
  const note = text.normalize('NFC');
  const found = new Map<string, Mention>();
  for (const { index } of note.matchAll(AT)) {
    const after = note.slice(index + 1);
    const meant = names.find(({ word }) => folded(after.slice(0, word.length)) === word && !WORD.test(after.slice(word.length, word.length + 1)));
    if (meant !== undefined && !found.has(meant.initials)) found.set(meant.initials, { agent: meant.initials, text: `@${after.slice(0, meant.word.length)}` });
  }
  return [...found.values()];
}

/** Colleagues named in a note of `by`, who need not be told of their own. */
export const mentionsHere = (db: ReadDb, text: string, by: string): Mention[] => (text.includes('@') ? mentionsIn(text, agentsOf(db)).filter(({ agent }) => agent !== by) : []);

const WORD_CHARS = 300;

/** Tells each of them, with the note. */
export function tellMentioned(tx: Tx, note: { messageId: number; conversationId: string; text: string }, mentions: readonly Mention[]): void {
  for (const { agent } of mentions) {
    tables.insertNotice(tx.db, { agent, by: tx.agent, code: 'mentioned', conversationId: note.conversationId, messageId: note.messageId, word: note.text.replace(/\s+/g, ' ').trim().slice(0, WORD_CHARS).toWellFormed() }, tx.at);
    tx.touch('notice', agent);
  }
}

/** An agent has dealt with what they were named for in a conversation. */
export function seeMentions(tx: Tx, conversationId: string): void {
  if (tables.markMentionsSeen(tx.db, conversationId, tx.agent, tx.at) === 0) return;
  tx.touch('notice', tx.agent);
  tx.touch('conversation', conversationId);
}

export const mentionsSeen: Operation<{ conversationId: string }, void> = {
  name: 'mention.seen',
  apply(tx, { conversationId }) {
    if (!tables.conversationCore(tx.db, conversationId)) throw new ParleyError('not_found', 'This conversation is not here any more.');
    seeMentions(tx, conversationId);
  },
};
