import type { Output } from '../../src-preload/contract/index.ts';
import { assertMaySay, differences, lookProblem, refreshConversation, sentenceOf, systemLine } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';
import { isAction } from './actions.ts';
import { move, put, recordOf, recount, takeBack, type EnqueueArgs } from './operations.ts';
import { isNews } from './news.ts';
import { dropEntry, moveEntry, newest } from './place.ts';
import { unsentOf } from './thread.ts';

const wordsOf = (unsent: readonly tables.OutboxRecord[]): string => unsent.map((one) => one.draft.text).join('');

/** What a guest wants to send, to be read and changed. */
export function lookAt(db: ReadDb, outboxId: string): Output<'outbox.look'> {
  const record = tables.outboxById(db, outboxId);
  if (!record?.look) throw new ParleyError('not_found', 'This message is not waiting any more.');
  return { askedBy: record.agent, mode: record.mode, text: wordsOf(unsentOf(db, record)), original: record.look.original };
}

/** The send and all that follows it, if a colleague may look at it now. */
function askedFor(tx: Tx, outboxId: string): { record: tables.OutboxRecord; unsent: tables.OutboxRecord[] } {
  const asked = recordOf(tx, outboxId);
  if (asked.state !== 'review') throw new ParleyError('conflict', asked.lookedBy === null ? 'This does not wait for a second look.' : `${asked.lookedBy} has looked at this already.`);
  const problem = lookProblem(tx.db, asked.agent, asked.createdAt, tx.agent);
  if (problem !== null) throw new ParleyError('refused', problem);
  const unsent = unsentOf(tx.db, asked);
  return { record: unsent[0] ?? asked, unsent };
}

/** What was said in the conversation since the guest wrote, and the colleague has not seen. */
function missed(tx: Tx, record: tables.OutboxRecord, unsent: readonly tables.OutboxRecord[], seenAt: number): tables.MessageRow | undefined {
  const own = new Set(unsent.map((one) => one.messageId));
  const deliveries = tables.deliveriesOf(tx.db, newest(tx, record.conversationId).map((m) => m.id));
  const counts = (m: tables.MessageRow): boolean => {
    if (own.has(m.id)) return false;
    if (m.direction === 'inbound') return isNews(m, seenAt, tx.at);
    const state = deliveries.get(m.id)?.state ?? 'sent';
    return m.direction === 'outbound' && m.arrived_at > seenAt && m.id > record.messageId && state !== 'review' && state !== 'refused' && state !== 'undone' && state !== 'scheduled';
  };
  return newest(tx, record.conversationId).find(counts);
}

export interface ApproveArgs {
  outboxId: string;
  /** Arrival of the newest message the colleague had on screen, ms UTC; counts with `evenIfStale`. */
  seenAt: number;
  evenIfStale: boolean;
  evenIfDiffers: boolean;
  readAgain: boolean;
  /** Made anew from the colleague's words; null = as the guest wrote it. */
  changed: EnqueueArgs | null;
}

/** A colleague says yes: it may leave from now on, after the time in which that can be taken back. */
export const approve: Operation<ApproveArgs, void> = {
  name: 'outbox.approve',
  summarise: ({ outboxId, changed }) => ({ outboxId, isChanged: changed !== null }),
  apply(tx, a) {
    const { record, unsent } = askedFor(tx, a.outboxId);
    const { mode } = record;
    const undoMs = tables.settingsOf(tx.db).undoSeconds[mode === 'mail' || mode === 'dm' ? mode : 'reply'] * 1_000;
    const yes = { lookedBy: tx.agent, seenAt: tx.at };
    if (isAction(mode)) return move(tx, record, 'approve', { ...yes, heldUntil: tx.at + undoMs });
    const newer = missed(tx, record, unsent, a.evenIfStale ? Math.max(a.seenAt, record.seenAt) : record.seenAt);
    if (newer) throw new ParleyError('stale', `${newer.author} wrote in this conversation since ${record.agent} asked.`, { detail: { messageId: newer.id, author: newer.author } });
    if (a.changed !== null && unsent.length < (record.item.thread?.ids.length ?? 1)) throw new ParleyError('refused', 'A part of it has left already. Send the rest as it is, or give it back.');
    const text = a.changed?.draft.text ?? wordsOf(unsent);
    // Words the guest read again are what the second look is for; a colleague's own are read again by the colleague.
    assertMaySay(tx, { conversationId: record.conversationId, mode, text, readAgain: a.changed === null || a.readAgain });
    const other = a.evenIfDiffers ? undefined : differences(text, tables.openPromises(tx.db, record.conversationId))[0];
    if (other) throw new ParleyError('differs', sentenceOf(other), { detail: { promiseId: other.promiseId, messageId: other.messageId, quote: other.quote.slice(0, 300), promised: other.promised, written: other.written } });
    const isPlanned = record.heldUntil !== null && record.heldUntil > tx.at;
    const moves = a.changed === null ? unsent.map((one) => ({ ...one, messageId: moveEntry(tx, one) })) : replaced(tx, record, unsent, a.changed);
    for (const one of moves) move(tx, one, isPlanned ? 'plan' : 'approve', { ...yes, heldUntil: isPlanned ? record.heldUntil : tx.at + undoMs });
    systemLine(tx, record.conversationId, a.changed === null ? 'looked' : 'look_changed', null, { text: record.agent });
    refreshConversation(tx, record.conversationId);
  },
};

/** What the guest asked for goes, and the same in the colleague's words takes its place, still the guest's. */
function replaced(tx: Tx, record: tables.OutboxRecord, unsent: readonly tables.OutboxRecord[], changed: EnqueueArgs): tables.OutboxRecord[] {
  tables.attachTo(tx.db, unsent.flatMap((one) => one.draft.attachments.map((file) => file.id)), null);
  const { messageId } = put(tx, changed, {
    agent: record.agent, state: 'review', lookedBy: null, heldUntil: record.heldUntil, look: { input: changed.input, original: record.look?.original ?? wordsOf(unsent) },
  });
  tables.moveIncidentMessage(tx.db, record.messageId, messageId);
  for (const one of unsent) {
    tables.deleteOutbox(tx.db, one.id);
    dropEntry(tx, one.messageId);
    tx.touch('outbox', one.id);
  }
  recount(tx, record.conversationId);
  return [changed.outboxId, ...(changed.thread?.rest ?? []).map((part) => part.item.outboxId)].map((id) => recordOf(tx, id));
}

/** The colleague would not send it: the guest has their words back, and knows why. */
export const giveBack: Operation<{ outboxId: string; word: string }, void> = {
  name: 'outbox.giveBack',
  summarise: ({ outboxId }) => ({ outboxId }),
  apply(tx, { outboxId, word }) {
    const { record } = askedFor(tx, outboxId);
    // The line is the colleague's, the draft the guest's.
    takeBack({ ...tx, agent: record.agent }, record, 'given_back', word, tx.agent);
    tables.insertNotice(tx.db, { agent: record.agent, by: tx.agent, code: 'given_back', conversationId: record.conversationId, word }, tx.at);
    tx.touch('notice', record.agent);
  },
};
