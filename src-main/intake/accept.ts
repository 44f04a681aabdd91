import type { Batch, ChannelEvent, MessageEvent } from '../channels/port.ts';
import { fingerprintOf, isAnotherMail, type Fingerprint } from './same-mail.ts';
import { customerFor, knownAs, takeContact, type IdSource } from '../customers/index.ts';
import { applyRules, happen, homesOfMessages, keepFor, reportIncidents, refreshConversation, stateOfHistory, weightOf } from '../desk/index.ts';
import { ParleyError, type Ids } from '../kernel/index.ts';
import { endScheduled, settleSent } from '../outbox/index.ts';
import { firstIdAt, tables, type Operation, type Tx } from '../store/index.ts';
import { forgetReferences, readdress, takeCounts, takeEdit, takeMedia } from './posts.ts';
import { addFresh, createBatchMemory, type BatchMemory, type Fresh } from './batch-memory.ts';
import { placeWith, reportedMail, storeMessage, type Place } from './place.ts';
import { keepUnplaced, placeUnplaced } from './unplaced.ts';

export interface AcceptResult {
  /** Messages not here before, by direction. */
  inbound: number;
  outbound: number;
  /** Messages that were here already. */
  known: number;
  /** Mails that belong to nobody we know. */
  unplaced: number;
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
    const result: AcceptResult = { inbound: 0, outbound: 0, known: 0, unplaced: 0, problems: [], unused: [] };
    for (const [name, value] of Object.entries(batch.after ?? {})) {
      if (tables.cursor(tx.db, batch.accountId, name) !== value) throw new ParleyError('conflict', 'What was read before this could not be stored; it is read again.', { retryable: true });
    }
    const memory = createBatchMemory(tx.db);
    const toRefresh = new Set<string>();
    for (const event of batch.events) {
      switch (event.type) {
        case 'message': {
          const taken = takeMessage(tx, batch, event, ids, openSince, memory);
          if (taken === 'known' || taken === 'unplaced') {
            result[taken] += 1;
            const moved = taken === 'known' ? readdress(tx, batch.accountId, event) : null;
            if (moved !== null) toRefresh.add(moved);
            break;
          }
          result[event.direction] += 1;
          addFresh(memory, taken);
          break;
        }
        case 'heard':
          takeHeard(tx, batch.accountId, event);
          break;
        case 'seen':
          memory.untouched.clear();
          takeSeen(tx, batch.accountId, event, toRefresh);
          break;
        case 'gone':
          for (const id of tables.leavePlaces(tx.db, batch.accountId, event.path, event.epoch, event.keys, tx.at)) tx.touch('message', id);
          break;
        case 'renumbered':
          for (const id of tables.leaveOldNumbers(tx.db, batch.accountId, event.path, event.epoch, tx.at)) tx.touch('message', id);
          break;
        case 'folders':
          if (tables.putFolders(tx.db, batch.accountId, event.paths)) tx.touch('account', batch.accountId);
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
          memory.senders.forget();
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
    takeFromTray(tx, batch.origin, ids, openSince, memory);
    for (const [conversationId, taken] of memory.fresh) openOrClose(tx, batch, conversationId, taken, openSince, memory);
    for (const conversationId of toRefresh) if (!memory.fresh.has(conversationId)) refreshConversation(tx, conversationId, { settings: memory.settings() });
    for (const [name, value] of Object.entries(batch.cursors)) tables.putCursor(tx.db, batch.accountId, name, value);
    return result;
  },
};

/** Somebody is known by one more address now: what waited for them in the tray goes where it belongs, as if it came in now. */
export function placeWaiting(tx: Tx, ids: IdSource): void {
  const memory = createBatchMemory(tx.db);
  takeFromTray(tx, 'live', ids, 0, memory);
  for (const [conversationId, taken] of memory.fresh) openOrClose(tx, { origin: 'live' }, conversationId, taken, 0, memory);
}

/** Whoever is a customer by now, and mails that are here now: what waited for them. */
function takeFromTray(tx: Tx, origin: Batch['origin'], ids: IdSource, openSince: number, memory: BatchMemory): void {
  for (const waiting of tables.placeableNow(tx.db)) {
    if (tables.unplacedById(tx.db, waiting.id) === undefined) continue;
    const event: MessageEvent = { ...waiting.event, files: [] };
    const place = placeOf(tx, { origin, accountId: waiting.accountId }, event, ids, openSince, memory);
    if (place === null) continue;
    const id = placeUnplaced(tx, waiting, place);
    tables.deleteUnplaced(tx.db, waiting.id);
    tx.touch('customer', place.customerId);
    addFresh(memory, { id, conversationId: place.conversationId, event });
  }
}

/** Stores a message nobody has yet, or keeps it in the tray; says so, or where it is. */
function takeMessage(tx: Tx, batch: Batch, arrived: MessageEvent, ids: Ids, openSince: number, memory: BatchMemory): Fresh | 'known' | 'unplaced' {
  if (arrived.ownKey !== null) {
    const own = tables.outboxByKey(tx.db, arrived.ownKey) ?? tables.outboxById(tx.db, arrived.ownKey);
    if (own) {
      memory.untouched.clear();
      if (own.state === 'sending' || own.state === 'unknown') settleSent(tx, own, { externalId: arrived.externalId, detail: arrived.detail });
      return 'known';
    }
  }
  // A post that names two of our accounts is read by both, and is one message.
  const accountId = arrived.kind === 'post' ? (tables.postByIds(tx.db, arrived.versions ?? [arrived.externalId])?.account_id ?? batch.accountId) : batch.accountId;
  const event = withOwnId(tx, accountId, arrived);
  if (!('type' in event)) {
    const cameBack = event.known && arrived.place && tables.putPlace(tx.db, batch.accountId, { ...arrived.place, uid: arrived.place.key }, event.known.id, arrived.isSeen, true);
    if (event.known && cameBack === true) tx.touch('message', event.known.id);
    // An archive gives direct messages without their people's handles; read from X again they come with them.
    if (arrived.party.kind === 'x') {
      knownAs(tx, arrived.party);
      memory.senders.forget();
    }
    return 'known';
  }
  const edited = takeEdit(tx, accountId, event);
  if (edited) return edited.isOld ? 'known' : { id: edited.row.id, conversationId: edited.row.conversation_id, event };
  const place = placeOf(tx, batch, event, ids, openSince, memory);
  if (place === null) {
    keepUnplaced(tx, batch.accountId, event, ids);
    return 'unplaced';
  }
  const id = storeMessage(tx, batch.accountId, event, place);
  for (const file of event.files) tables.insertAttachment(tx.db, ids.next(), id, file, tx.at);
  tables.wantMedia(tx.db, id, event.wanted ?? []);
  if (event.isSeen && place.isShownWithOthers) {
    memory.untouched.delete(place.conversationId);
    readUpTo(tx, place.conversationId, id);
  } else if (event.isSeen) memory.readUpTo.set(place.conversationId, Math.max(id, memory.readUpTo.get(place.conversationId) ?? 0));
  if (batch.origin === 'live' && event.direction === 'inbound') {
    applyRules(tx, id, memory.rules());
    reportIncidents(tx, id, memory.incidents());
  }
  tx.touch('customer', place.customerId);
  return { id, conversationId: place.conversationId, event };
}

/** What is here under an id: a message, or a mail in the tray. */
function holderOf(tx: Tx, accountId: string, externalId: string): Fingerprint | null {
  const message = tables.messageByExternal(tx.db, accountId, externalId);
  if (message) return message.deleted_at === null ? { direction: message.direction, address: message.address, at: message.at, text: message.shown_text ?? message.text } : null;
  const kept = tables.unplacedByExternal(tx.db, accountId, externalId);
  return kept ? { direction: kept.event.direction, address: kept.event.party.display, at: kept.at, text: kept.event.text } : null;
}

/** The event under an id nobody else has, or what is known of this very message. A Message-ID used for two different mails must not lose one. */
function withOwnId(tx: Tx, accountId: string, event: MessageEvent): MessageEvent | { known: tables.MessageRow | undefined } {
  const known = (externalId: string): { known: tables.MessageRow | undefined } => ({ known: tables.messageByExternal(tx.db, accountId, externalId) });
  if (!tables.isHere(tx.db, accountId, event.externalId)) return event;
  const holder = holderOf(tx, accountId, event.externalId);
  const mine: Fingerprint = { direction: event.direction, address: event.party.display, at: event.at, text: event.text };
  if (event.kind !== 'mail' || holder === null || !isAnotherMail(holder, mine)) return known(event.externalId);
  const externalId = `${event.externalId}#${fingerprintOf(mine)}`;
  return tables.isHere(tx.db, accountId, externalId) ? known(externalId) : { ...event, externalId };
}

/** Somebody read them in another program: nothing of them is news here either. */
function takeSeen(tx: Tx, accountId: string, event: Extract<ChannelEvent, { type: 'seen' }>, toRefresh: Set<string>): void {
  for (const { id, conversationId } of tables.seenAtSource(tx.db, accountId, event.path, event.epoch, event.keys)) {
    readUpTo(tx, conversationId, id);
    toRefresh.add(conversationId);
  }
}

/** Read in another program, where nobody else's mails were on the screen. */
function readUpTo(tx: Tx, conversationId: string, id: number): void {
  tables.setReadUpTo(tx.db, conversationId, id);
  const core = tables.conversationCore(tx.db, conversationId);
  if (core) keepFor(tx, core, { type: 'read', upTo: id }, homesOfMessages(tx.db, core, [id]));
}

/** Keeps what was heard apart from conversations: nobody has asked us anything yet. */
function takeHeard(tx: Tx, accountId: string, event: Extract<ChannelEvent, { type: 'heard' }>): void {
  const { message, word } = event;
  if (tables.postByIds(tx.db, [message.externalId])) return;
  if (tables.insertHeard(tx.db, { accountId, postId: message.externalId, at: message.at, word, event: message }, tx.at)) tx.touch('heard', message.externalId);
}

/**
 * A report belongs to the message it speaks of, everything else to its customer; never to a conversation by subject alone. Null when
 * nobody can say whose it is.
 */
function placeOf(tx: Tx, batch: Pick<Batch, 'origin' | 'accountId'>, event: MessageEvent, ids: IdSource, openSince: number, memory: BatchMemory): Place | null {
  if (isReport(event)) {
    const ours = reportedMail(tx, batch.accountId, event);
    const core = ours && tables.conversationCore(tx.db, ours.conversation_id);
    return core ? { conversationId: core.id, customerId: core.customerId, identityId: null, isShownWithOthers: core.isShownWithOthers } : null;
  }
  if (event.doubt !== undefined && !(tables.mayBeKnown(event.doubt) && tables.identityByValue(tx.db, event.party.kind, event.party.value))) return null;
  const met = memory.senders.placeOf(event.party);
  if (met) return met;
  const { customerId, identityId } = customerFor(tx, event.party, ids);
  const isHistory = batch.origin !== 'live' && event.at < openSince;
  const { place, core } = placeWith(tx, customerId, identityId, () => ({ id: ids.next(), state: isHistory || event.direction === 'outbound' ? 'done' : 'open', createdAt: event.at }));
  memory.senders.remember(event.party, place);
  if (core && batch.origin !== 'live' && !memory.untouched.has(core.id)) memory.untouched.set(core.id, core);
  return place;
}

/** New mail opens a conversation again; history opens it only when it is recent and unanswered and no agent has decided otherwise. */
function openOrClose(tx: Tx, batch: Pick<Batch, 'origin'>, conversationId: string, fresh: readonly Fresh[], openSince: number, memory: BatchMemory): void {
  const found = memory.untouched.get(conversationId) ?? tables.conversationCore(tx.db, conversationId);
  if (!found) return;
  const core = { ...found, readUpTo: Math.max(found.readUpTo, memory.readUpTo.get(conversationId) ?? 0) };
  if (core.readUpTo > found.readUpTo) tables.setReadUpTo(tx.db, conversationId, core.readUpTo);
  const homes = (some: readonly Fresh[]): string[] => homesOfMessages(tx.db, core, some.map(({ id }) => id));
  const settings = memory.settings();
  if (batch.origin === 'live') {
    const opening = fresh.filter(({ event }) => opens(event));
    if (opening.length > 0) {
      happen(tx, core, { type: 'arrived' }, homes(opening));
      endScheduled(tx, conversationId);
    }
    return refreshConversation(tx, conversationId, { settings });
  }
  keepFor(tx, core, { type: 'history', openSince, newestId: Math.max(...fresh.map(({ id }) => id)) }, homes(fresh));
  // A year of history leaves the row as it is; deriving it each time cost more than storing the mails.
  if (fresh.every((one) => isSettled(core, one, openSince))) return;
  refreshConversation(tx, conversationId, {
    core, settings, decide: (now, waitingSince) => (now.state === 'merged' ? now.state : stateOfHistory({ state: now.state, stateBy: now.stateBy }, waitingSince, openSince)),
  });
}

/**
 * Is a message of history older than all that decides what the row of its conversation says? What lies before the last answer is; and where
 * it is done, and nobody has written since before history counts as open, so is what the customer wrote earlier still.
 */
function isSettled(core: tables.ConversationCore, { id, event }: Fresh, openSince: number): boolean {
  if (id < core.settledId) return true;
  return core.state === 'done' && id < core.lastInboundId && core.lastInboundId < firstIdAt(openSince) && event.direction === 'inbound' && !isReport(event);
}

const isReport = ({ detail }: MessageEvent): boolean => detail.type === 'mail' && (detail.automatic === 'bounce' || detail.automatic === 'delayed');

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
