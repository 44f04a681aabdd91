import type { Batch, ChannelEvent, MessageEvent } from '../channels/port.ts';
import { customerFor, takeContact } from '../customers/index.ts';
import { applyRules, endOnReply, refreshConversation, weightOf } from '../desk/index.ts';
import type { Ids } from '../kernel/index.ts';
import { settleSent } from '../outbox/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { forgetReferences, takeCounts, takeEdit, takeMedia } from './posts.ts';

export interface AcceptResult {
  /** Messages not here before, by direction. */
  inbound: number;
  outbound: number;
  /** Messages that were here already. */
  known: number;
  problems: string[];
  /** Contents that no row needs any more: for whoever keeps the files, after the commit. */
  unused: string[];
}

export interface AcceptArgs {
  batch: Batch;
  /** Ids for new rows, in the order they are needed. */
  ids: Ids;
  /** History older than this (ms UTC) comes in as done. */
  openSince: number;
}

/**
 * The only way in: the events of one round trip become customers, conversations, messages, index entries and cursors in one transaction.
 * Taking the same batch twice changes nothing.
 */
export const accept: Operation<AcceptArgs, AcceptResult> = {
  name: 'intake.accept',
  // The messages themselves are the record; keeping them twice would double the disk and survive an erasure.
  summarise: ({ batch }) => ({ accountId: batch.accountId, origin: batch.origin, events: batch.events.length, cursors: batch.cursors }),
  apply(tx, { batch, ids, openSince }) {
    const result: AcceptResult = { inbound: 0, outbound: 0, known: 0, problems: [], unused: [] };
    const fresh = new Map<string, Fresh[]>();
    const toRefresh = new Set<string>();
    for (const event of batch.events) {
      switch (event.type) {
        case 'message': {
          const taken = takeMessage(tx, batch, event, ids, openSince);
          if (taken === null) {
            result.known += 1;
            break;
          }
          result[event.direction] += 1;
          const others = fresh.get(taken.conversationId);
          if (others) others.push(taken);
          else fresh.set(taken.conversationId, [taken]);
          break;
        }
        case 'heard':
          takeHeard(tx, batch.accountId, event);
          break;
        case 'seen':
          takeSeen(tx, batch.accountId, event, toRefresh);
          break;
        case 'marked':
          tables.settleOwed(tx.db, batch.accountId, { ...event, uids: event.keys });
          break;
        case 'deleted':
          result.unused.push(...takeDeleted(tx, batch.accountId, event, toRefresh));
          break;
        case 'media':
          takeMedia(tx, batch.accountId, event, ids.next());
          break;
        case 'counts':
          takeCounts(tx, batch.accountId, event);
          break;
        case 'contact': {
          const { customerId, conflict } = takeContact(tx, event, ids);
          if (conflict !== null) result.problems.push(conflict);
          const conversation = tables.conversationOfCustomer(tx.db, customerId);
          if (conversation) toRefresh.add(conversation.id);
          break;
        }
        case 'spent':
          tables.addSpend(tx.db, batch.accountId, event);
          tx.touch('account', batch.accountId);
          break;
      }
    }
    for (const [conversationId, taken] of fresh) openOrClose(tx, batch, conversationId, taken, openSince);
    for (const conversationId of toRefresh) if (!fresh.has(conversationId)) refreshConversation(tx, conversationId);
    for (const [name, value] of Object.entries(batch.cursors)) tables.putCursor(tx.db, batch.accountId, name, value);
    return result;
  },
};

interface Fresh { id: number; conversationId: string; event: MessageEvent }

/** Stores a message nobody has yet; null when it was here. */
function takeMessage(tx: Tx, batch: Batch, event: MessageEvent, ids: Ids, openSince: number): Fresh | null {
  if (event.ownKey !== null) {
    const own = tables.outboxByKey(tx.db, event.ownKey) ?? tables.outboxById(tx.db, event.ownKey);
    if (own) {
      if (own.state === 'sending' || own.state === 'unknown') settleSent(tx, own, { externalId: event.externalId, detail: event.detail });
      return null;
    }
  }
  const known = tables.messageByExternal(tx.db, batch.accountId, event.externalId);
  if (known) {
    if (event.place) tables.putPlace(tx.db, batch.accountId, { ...event.place, uid: event.place.key }, known.id, event.isSeen, true);
    return null;
  }
  const edited = takeEdit(tx, batch.accountId, event);
  if (edited) return edited.isOld ? null : { id: edited.row.id, conversationId: edited.row.conversation_id, event };
  const place = placeOf(tx, batch, event, ids, openSince);
  const id = tables.insertMessage(tx.db, {
    conversationId: place.conversationId, identityId: place.identityId, accountId: batch.accountId, externalId: event.externalId, kind: event.kind,
    direction: event.direction, at: event.at, author: event.author, address: event.party.display, subject: event.subject, text: event.text, detail: event.detail,
    refs: event.kind === 'mail' ? event.references.filter((r) => r.startsWith('<')).reverse() : null, requestId: null, arrivedAt: tx.at,
  });
  if (event.place) tables.putPlace(tx.db, batch.accountId, { ...event.place, uid: event.place.key }, id, event.isSeen, false);
  for (const file of event.files) tables.insertAttachment(tx.db, ids.next(), id, file, tx.at);
  tables.wantMedia(tx.db, id, event.wanted ?? []);
  if (event.isSeen) tables.setReadUpTo(tx.db, place.conversationId, id);
  if (batch.origin === 'live' && event.direction === 'inbound') applyRules(tx, id);
  tx.touch('message', id);
  tx.touch('customer', place.customerId);
  return { id, conversationId: place.conversationId, event };
}

/** Somebody read them in another program: nothing of them is news here either. */
function takeSeen(tx: Tx, accountId: string, event: Extract<ChannelEvent, { type: 'seen' }>, toRefresh: Set<string>): void {
  for (const { id, conversationId } of tables.seenAtSource(tx.db, accountId, event.path, event.epoch, event.keys)) {
    tables.setReadUpTo(tx.db, conversationId, id);
    toRefresh.add(conversationId);
  }
}

/** Keeps what was heard apart from conversations: nobody has asked us anything yet. */
function takeHeard(tx: Tx, accountId: string, event: Extract<ChannelEvent, { type: 'heard' }>): void {
  const { message, word } = event;
  if (tables.messageByExternal(tx.db, accountId, message.externalId)) return;
  if (tables.insertHeard(tx.db, { accountId, postId: message.externalId, at: message.at, word, event: message }, tx.at)) tx.touch('heard', message.externalId);
}

/** A bounce belongs to the message it speaks of, everything else to its customer; never to a conversation by subject alone. */
function placeOf(tx: Tx, batch: Batch, event: MessageEvent, ids: Ids, openSince: number): { conversationId: string; customerId: string; identityId: string | null } {
  if (event.detail.type === 'mail' && event.detail.automatic === 'bounce') {
    for (const reference of event.references) {
      const ours = tables.messageByExternal(tx.db, batch.accountId, reference);
      if (ours?.direction !== 'outbound') continue;
      const core = tables.conversationCore(tx.db, ours.conversation_id);
      if (core) return { conversationId: core.id, customerId: core.customerId, identityId: null };
    }
  }
  const { customerId, identityId } = customerFor(tx, event.party, ids);
  const known = tables.conversationOfCustomer(tx.db, customerId);
  if (known) return { conversationId: known.id, customerId, identityId };
  const conversationId = ids.next();
  const isHistory = batch.origin !== 'live' && event.at < openSince;
  tables.insertConversation(tx.db, { id: conversationId, customerId, state: isHistory || event.direction === 'outbound' ? 'done' : 'open', createdAt: event.at });
  return { conversationId, customerId, identityId };
}

/** New mail opens a conversation again; history opens it only when it is recent and unanswered and no agent has decided otherwise. */
function openOrClose(tx: Tx, batch: Batch, conversationId: string, fresh: readonly Fresh[], openSince: number): void {
  if (batch.origin !== 'live') {
    const settledId = tables.conversationCore(tx.db, conversationId)?.settledId ?? 0;
    // A year of history before the last answer leaves the row as it is; deriving it each time cost more than storing the mails.
    if (fresh.every(({ id }) => id < settledId)) return;
  } else if (fresh.some(({ event }) => opens(event))) endOnReply(tx, conversationId);
  refreshConversation(tx, conversationId, (core, waitingSince) => {
    // snoozed_until stays when it opens: a "thanks" does not cancel a follow-up.
    if (batch.origin === 'live') return fresh.some(({ event }) => opens(event)) ? 'open' : core.state;
    if (core.stateBy !== null) return core.state;
    return waitingSince !== null && waitingSince >= openSince ? 'open' : 'done';
  });
}

function opens(event: MessageEvent): boolean {
  if (event.direction === 'inbound' && event.detail.type === 'mail' && event.detail.automatic === 'bulk') return true;
  return weightOf({ id: 0, at: event.at, kind: event.kind, direction: event.direction, isDeleted: false, detail: event.detail, outbox: null }) === 'asks';
}

function takeDeleted(tx: Tx, accountId: string, event: Extract<ChannelEvent, { type: 'deleted' }>, toRefresh: Set<string>): string[] {
  if (tables.dropHeard(tx.db, event.externalId)) tx.touch('heard', event.externalId);
  forgetReferences(tx, event.externalId);
  const row = tables.messageByExternal(tx.db, accountId, event.externalId);
  if (!row || row.deleted_at !== null) return [];
  const unused = tables.tombstone(tx.db, row, event.at);
  tx.touch('message', row.id);
  tx.touch('file', row.id);
  toRefresh.add(row.conversation_id);
  return unused;
}
