import type { Draft, EntryDetail, Input, WaitReason } from '../../src-preload/contract/index.ts';
import { withoutPage } from '../channels/mail-page.ts';
import type { OutgoingItem, WriteMode } from '../channels/port.ts';
import { assertMaySend, blockedBy, checkDraft, differences, isToBeLookedAt, lookProblem, refreshConversation, sentenceOf, systemLine, threadMail } from '../desk/index.ts';
import { assertNever, ParleyError, type Ids } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { isAction, takeEffect, withdraw } from './actions.ts';
import { isNews } from './news.ts';
import { dropEntry, moveEntry, newest } from './place.ts';
import { nextState, type OutboxEvent } from './states.ts';
import { continued, nextPart, unsentOf, type ThreadPart } from './thread.ts';

export interface EnqueueArgs {
  /** What was asked for: a colleague who changes a guest's words asks for the same with others. */
  input: Input<'reply.send'>;
  requestId: string;
  outboxId: string;
  idempotencyKey: string;
  conversationId: string;
  accountId: string;
  mode: WriteMode;
  author: string;
  item: OutgoingItem;
  /** The text as it is read and found here: without the signs it was written with. */
  shownText: string;
  detail: EntryDetail;
  subject: string | null;
  attachmentIds: string[];
  draft: Draft;
  /** Several posts: what was written of the first, and the others. */
  thread?: { source: string; rest: ThreadPart[] };
  /** Arrival of the newest message the writer had on screen, ms UTC. */
  seenAt: number;
  evenIfStale: boolean;
  /** The writer read the text again after the watch list stopped it. */
  readAgain: boolean;
  /** The agent has seen that the text says something else than a pinned promise. */
  evenIfDiffers?: boolean;
  heldUntil: number;
  /** Leaves at `heldUntil`, long after it was written. */
  schedule?: { endsOnReply: boolean };
}

/** Puts a send on its way: entry, record and end of the draft in one transaction. The same requestId again answers what it answered before. */
export const enqueue: Operation<EnqueueArgs, { outboxId: string; messageId: number; heldUntil: number; otherIds: number[] }> = {
  name: 'reply.send',
  // The entry and its record hold the words; the log would keep those of a post that is deleted later.
  summarise: ({ requestId, outboxId, conversationId, accountId, mode, heldUntil }) => ({ requestId, outboxId, conversationId, accountId, mode, heldUntil }),
  apply(tx, a) {
    const before = tables.outboxByRequest(tx.db, a.requestId);
    if (before) return { outboxId: before.id, messageId: before.messageId, heldUntil: before.heldUntil ?? tx.at, otherIds: otherEntries(tx, before) };
    assertMaySend(tx, { conversationId: a.conversationId, mode: a.mode, text: a.draft.text, readAgain: a.readAgain });
    const newer = a.evenIfStale ? undefined : newest(tx, a.conversationId).find((m) => m.direction !== 'internal' && isNews(m, a.seenAt, tx.at));
    if (newer) {
      throw new ParleyError('stale', `${newer.author} wrote in this conversation while you were writing.`, { detail: { messageId: newer.id, author: newer.author } });
    }
    const other = a.evenIfDiffers === true ? undefined : differences(a.draft.text, tables.openPromises(tx.db, a.conversationId))[0];
    if (other) throw new ParleyError('differs', sentenceOf(other), { detail: { promiseId: other.promiseId, messageId: other.messageId, quote: other.quote.slice(0, 300), promised: other.promised, written: other.written } });
    const isAsked = isToBeLookedAt(tx.db, tx.agent);
    const { messageId, otherIds } = put(tx, a, {
      agent: tx.agent, lookedBy: null, look: isAsked ? { input: a.input, original: null } : null, state: isAsked ? 'review' : a.schedule === undefined ? 'held' : 'scheduled', heldUntil: isAsked && a.schedule === undefined ? null : a.heldUntil,
    });
    tables.deleteDraft(tx.db, a.conversationId, a.mode, tx.agent);
    tx.touch('draft', `${a.conversationId}/${a.mode}`);
    recount(tx, a.conversationId);
    return { outboxId: a.outboxId, messageId, heldUntil: a.heldUntil, otherIds };
  },
};

type How = Pick<tables.OutboxRecord, 'agent' | 'state' | 'heldUntil' | 'look' | 'lookedBy'>;

/** Writes the entry and the record of a send, or of each of several posts that follow one another. */
export function put(tx: Tx, a: EnqueueArgs, how: How): { messageId: number; otherIds: number[] } {
  const messageId = insertEntry(tx, a, { ...a, text: a.shownText });
  const core = a.mode === 'mail' ? tables.conversationCore(tx.db, a.conversationId) : undefined;
  if (core) threadMail(tx, { id: messageId, conversationId: a.conversationId, customerId: core.customerId, isShownWithOthers: core.isShownWithOthers, at: tx.at }, { subject: a.subject, refs: [...a.item.references, ...(a.item.inReplyTo?.startsWith('<') === true ? [a.item.inReplyTo] : [])], ids: [a.idempotencyKey], isAutomatic: false });
  insertRecord(tx, a, how, { requestId: a.requestId, item: a.item, draft: a.thread ? { ...a.draft, text: a.thread.source } : a.draft, messageId });
  tables.attachTo(tx.db, a.attachmentIds, messageId);
  const otherIds: number[] = [];
  for (const part of a.thread?.rest ?? []) {
    const partId = insertEntry(tx, a, { ...part, text: part.item.text });
    insertRecord(tx, a, how, { requestId: part.requestId, item: part.item, draft: { ...a.draft, text: part.source, attachments: [] }, messageId: partId });
    show(tx, part.item.outboxId, partId, a.conversationId);
    otherIds.push(partId);
  }
  show(tx, a.outboxId, messageId, a.conversationId);
  return { messageId, otherIds };
}

const otherEntries = (tx: Tx, { id, item }: tables.OutboxRecord): number[] =>
  (item.thread?.ids ?? []).filter((other) => other !== id).flatMap((other) => tables.outboxById(tx.db, other)?.messageId ?? []);

const insertEntry = (tx: Tx, a: EnqueueArgs, { item, detail, text }: Pick<ThreadPart, 'item' | 'detail'> & { text: string }): number => tables.insertMessage(tx.db, {
  conversationId: a.conversationId, identityId: null, accountId: a.accountId,
  // A mail's Message-ID is ours to choose, so its copy in the Sent folder is known the moment it is read.
  externalId: a.mode === 'mail' ? a.idempotencyKey : null,
  kind: a.mode === 'reply' || a.mode === 'post' ? 'post' : a.mode, direction: 'outbound', at: tx.at, author: a.author, arrivedAt: tx.at, address: a.item.to[0] ?? null, subject: a.subject, text,
  detail, refs: a.mode === 'mail' ? item.references : null, requestId: null,
});

const insertRecord = (tx: Tx, a: EnqueueArgs, how: How, { item, ...one }: { requestId: string; item: OutgoingItem; draft: Draft; messageId: number }): void => tables.insertOutbox(tx.db, {
  ...one, item, id: item.outboxId, idempotencyKey: item.idempotencyKey, conversationId: a.conversationId, accountId: a.accountId, mode: a.mode, ...how,
  seenAt: tx.at, attempt: 0, retryAt: null, waitsFor: null, problem: null, notFoundAt: null, createdAt: tx.at, endsOnReply: a.schedule?.endsOnReply ?? false,
}, tx.at);

function show(tx: Tx, outboxId: string, messageId: number, conversationId: string): void {
  tx.touch('outbox', outboxId);
  tx.touch('message', messageId);
  refreshConversation(tx, conversationId);
}

/** Only where an entry came or went: counting a customer's contacts anew reads all of them, and a send changes its state four times. */
export function recount(tx: Tx, conversationId: string): void {
  const core = tables.conversationCore(tx.db, conversationId);
  if (core) tx.touch('customer', core.customerId);
}

export const recordOf = (tx: Tx, outboxId: string): tables.OutboxRecord => {
  const record = tables.outboxById(tx.db, outboxId);
  if (!record) throw new ParleyError('not_found', 'This message is not waiting any more.');
  return record;
};

export function move(tx: Tx, record: tables.OutboxRecord, event: OutboxEvent, patch: Partial<tables.OutboxPatch> = {}): void {
  const state = nextState(record.state, event);
  if (state === null) throw new ParleyError('conflict', sentenceFor(record.state));
  tables.updateOutbox(tx.db, record.id, {
    state, attempt: record.attempt, heldUntil: null, retryAt: null, waitsFor: null, problem: null, notFoundAt: null, seenAt: record.seenAt, lookedBy: record.lookedBy, ...patch,
  }, tx.at);
  show(tx, record.id, record.messageId, record.conversationId);
  if (event === 'refuse') stopRest(tx, record);
}

/** What follows a post that did not leave would answer nothing: it waits for the person, too. */
function stopRest(tx: Tx, record: tables.OutboxRecord): void {
  const next = nextPart(tx.db, record);
  if (!next || (next.state !== 'held' && next.state !== 'queued')) return;
  if (next.state === 'held') move(tx, next, 'release');
  move(tx, recordOf(tx, next.id), 'refuse', { problem: 'Not sent: the post before it did not leave.' });
}

function sentenceFor(state: tables.OutboxRecord['state']): string {
  switch (state) {
    case 'sent': return 'This message has been sent.';
    case 'sending': return 'This message is leaving right now.';
    case 'unknown': return 'It is not known yet whether this message arrived; it is being checked.';
    case 'undone': return 'This message was taken back.';
    case 'review': return 'This message waits for a second look.';
    case 'scheduled':
    case 'held':
    case 'queued':
    case 'refused': return 'This is not possible for a message that waits.';
    default: return assertNever(state);
  }
}

export const release: Operation<{ outboxId: string }, void> = { name: 'outbox.release', apply: (tx, { outboxId }) => move(tx, recordOf(tx, outboxId), 'release', { waitsFor: 'turn' }) };

/**
 * Claims one attempt on disk before its first byte. Null when it must not leave: it is no longer queued, or somebody wrote since (then it
 * is refused with the reason, and the agent decides).
 */
export const start: Operation<{ outboxId: string }, OutgoingItem | null> = {
  name: 'outbox.start',
  apply(tx, { outboxId }) {
    const record = recordOf(tx, outboxId);
    if (record.state !== 'queued') return null;
    const newer = isAction(record.mode) ? undefined : newest(tx, record.conversationId).find((m) => m.direction === 'inbound' && isNews(m, record.seenAt, tx.at));
    if (newer) {
      move(tx, record, 'refuse', { problem: `Not sent: ${newer.author} wrote again before this could leave. Read it, then send or change your answer.` });
      return null;
    }
    const owner = blockedBy(tx, record.conversationId, record.agent);
    // Whoever looked and said yes may have taken the conversation before.
    if (owner !== null && owner !== record.lookedBy) {
      move(tx, record, 'refuse', { problem: `Not sent: ${owner} has taken this conversation over. Read what they answered, then send or change yours.` });
      return null;
    }
    const item = continued(tx.db, record);
    if ('problem' in item) {
      move(tx, record, 'refuse', { problem: item.problem });
      return null;
    }
    if (item !== record.item) tables.setOutboxItem(tx.db, record.id, item);
    move(tx, record, 'start', { attempt: record.attempt + 1 });
    return { ...item, attempt: record.attempt + 1 };
  },
};

/** What only we know of a mail of ours is in no header: it stays when its server has spoken. */
function keepingOwn(ours: tables.MessageRow | undefined, arrived: EntryDetail): EntryDetail {
  const before = ours && (JSON.parse(ours.detail) as EntryDetail);
  if (before?.type !== 'mail' || arrived.type !== 'mail') return arrived;
  return { ...arrived, ...(before.isFormatted === undefined ? {} : { isFormatted: before.isFormatted }), ...(before.forwards === undefined ? {} : { forwards: before.forwards }) };
}

/** Settles a send as arrived. A second entry that the channel read back before the answer came is folded into the first. */
export function settleSent(tx: Tx, record: tables.OutboxRecord, arrived: { externalId: string; detail: EntryDetail }): void {
  const twin = tables.messageByExternal(tx.db, record.accountId, arrived.externalId);
  if (twin && twin.id !== record.messageId) {
    tables.removeMessage(tx.db, twin);
    tx.touch('removed_message', twin.id);
    recount(tx, record.conversationId);
  }
  if (record.mode === 'mail') tables.addThreadKey(tx.db, record.messageId, arrived.externalId);
  tables.setExternal(tx.db, record.messageId, arrived.externalId, keepingOwn(tables.messageById(tx.db, record.messageId), arrived.detail));
  const answered = record.mode === 'mail' && record.item.inReplyTo !== null ? tables.messageByExternal(tx.db, record.accountId, record.item.inReplyTo) : undefined;
  if (answered && tables.oweAnswered(tx.db, answered.id)) tx.touch('owed_mark', '');
  tables.forgetLook(tx.db, record.id);
  move(tx, record, 'confirm');
}

export const confirm: Operation<{ outboxId: string; externalId: string; detail: EntryDetail }, void> = {
  name: 'outbox.confirm',
  apply(tx, { outboxId, externalId, detail }) {
    const record = recordOf(tx, outboxId);
    if (record.state === 'sent') return; // the channel read it back first
    settleSent(tx, record, { externalId, detail });
  },
};

/** X carried an action out. */
export const finish: Operation<{ outboxId: string }, void> = {
  name: 'outbox.finish',
  apply(tx, { outboxId }) {
    const record = recordOf(tx, outboxId);
    if (record.state === 'sent') return;
    takeEffect(tx, record);
    move(tx, record, 'confirm');
  },
};

export const postpone: Operation<{ outboxId: string; retryAt: number | null; waitsFor: WaitReason; problem: string }, void> = {
  name: 'outbox.postpone',
  apply: (tx, { outboxId, retryAt, waitsFor, problem }) => move(tx, recordOf(tx, outboxId), 'postpone', { retryAt, waitsFor, problem }),
};

export const refuse: Operation<{ outboxId: string; problem: string }, void> = { name: 'outbox.refuse', apply: (tx, { outboxId, problem }) => move(tx, recordOf(tx, outboxId), 'refuse', { problem }) };

export const lose: Operation<{ outboxId: string; problem: string; retryAt: number }, void> = {
  name: 'outbox.lose',
  apply: (tx, { outboxId, problem, retryAt }) => move(tx, recordOf(tx, outboxId), 'lose', { problem, retryAt }),
};

/** At start: whatever was leaving when the console died may have left. */
export const recover: Operation<Record<string, never>, number> = {
  name: 'outbox.recover',
  apply(tx) {
    const interrupted = tables.unfinished(tx.db).filter((o) => o.state === 'sending');
    for (const record of interrupted) move(tx, record, 'lose', { problem: 'Parley was closed while this was leaving; it is being checked.', retryAt: tx.at });
    return interrupted.length;
  },
};

/** Notes what a read-back of an unknown send gave. Twice not there, `graceMs` apart, is proof enough to send it again: indexes lag. */
export const checked: Operation<{ outboxId: string; found: 'not_found' | 'undecided'; problem: string; retryAt: number; graceMs: number }, void> = {
  name: 'outbox.checked',
  apply(tx, { outboxId, found, problem, retryAt, graceMs }) {
    const record = recordOf(tx, outboxId);
    if (record.state !== 'unknown') return;
    if (found === 'not_found' && record.notFoundAt !== null && tx.at - record.notFoundAt >= graceMs) return move(tx, record, 'absent', { waitsFor: 'turn' });
    // A look that could not be made says nothing against an earlier one.
    const notFoundAt = found === 'not_found' ? (record.notFoundAt ?? tx.at) : record.notFoundAt;
    tables.updateOutbox(tx.db, outboxId, { ...record, problem, retryAt, notFoundAt }, tx.at);
    show(tx, record.id, record.messageId, record.conversationId);
  },
};

/** A person looked at the other side. */
export const settle: Operation<{ outboxId: string; arrived: boolean }, void> = {
  name: 'outbox.settle',
  apply(tx, { outboxId, arrived }) {
    const record = recordOf(tx, outboxId);
    if (arrived) {
      if (isAction(record.mode)) takeEffect(tx, record);
      move(tx, record, 'confirm');
    }
    else move(tx, record, 'refuse', { problem: 'You said it did not arrive.' });
  },
};

/** A scheduled answer is looked at once more as if it were sent now, and stands in the timeline where it truly left. */
function leaveNow(tx: Tx, record: tables.OutboxRecord): void {
  const problem = stopsScheduled(tx, record);
  if (problem !== null) return move(tx, record, 'refuse', { problem });
  // As after a wait for the network: the thread is read again before it leaves.
  move(tx, { ...record, messageId: moveEntry(tx, record) }, 'release', { waitsFor: 'network' });
}

export const hasLeft = (tx: Tx, messageId: number): boolean => (tables.deliveriesOf(tx.db, [messageId]).get(messageId)?.state ?? 'sent') === 'sent';

function stopsScheduled(tx: Tx, record: tables.OutboxRecord): string | null {
  const newer = newest(tx, record.conversationId).find((m) => (m.direction === 'inbound' && isNews(m, record.seenAt, tx.at)) || (m.direction === 'outbound' && m.id > record.messageId && hasLeft(tx, m.id)));
  if (newer) return `Not sent at its time: ${newer.author} wrote in this conversation meanwhile. Read it, then send or change your answer.`;
  const owner = blockedBy(tx, record.conversationId, record.agent);
  if (owner !== null && owner !== record.lookedBy) return `Not sent at its time: ${owner} has taken this conversation over. Read what they answered, then send or change yours.`;
  const [problem] = checkDraft({ mode: record.draft.mode, text: record.draft.text }, tables.settingsOf(tx.db)).filter(({ guard }) => guard !== 'watch');
  if (problem) return `Not sent at its time: ${problem.message}`;
  const other = differences(record.draft.text, tables.openPromises(tx.db, record.conversationId).filter((promise) => promise.madeAt > record.seenAt))[0];
  return other === undefined ? null : `Not sent at its time: ${sentenceOf(other)}`;
}

/** The time a scheduled answer waited for has come. */
export const fallDue: Operation<{ outboxId: string }, void> = {
  name: 'outbox.due',
  apply(tx, { outboxId }) {
    const record = recordOf(tx, outboxId);
    if (record.state === 'scheduled') leaveNow(tx, record);
  },
};

/** The customer wrote first: answers scheduled to end then are drafts of their writers again, exactly as they were. */
export function endScheduled(tx: Tx, conversationId: string): void {
  for (const record of tables.scheduledIn(tx.db, conversationId)) if (record.endsOnReply) takeBack({ ...tx, agent: record.agent }, record, 'unscheduled');
}

/**
 * Gives text, recipients and attachments back exactly as they were; a draft begun since is kept by putting both together. Of several posts
 * everything that has not left comes back, as one text.
 */
export function takeBack(tx: Tx, record: tables.OutboxRecord, code: 'undone' | 'discarded' | 'unscheduled' | 'given_back', word = '', by = tx.agent): Draft | null {
  const unsent = unsentOf(tx.db, record);
  if (!unsent.some((one) => one.id === record.id)) throw new ParleyError('conflict', sentenceFor(record.state));
  for (const one of unsent) move(tx, one, 'undo');
  if (isAction(record.mode)) {
    withdraw(tx, record);
    return null;
  }
  const mode: WriteMode = record.mode;
  const begun = tables.draftOf(tx.db, record.conversationId, mode, tx.agent);
  // A colleague's words for the guest's go with the send they were for.
  const written = (unsent.every((one) => one.state === 'review') ? record.look?.original : null) ?? unsent.map((one) => one.draft.text).join('');
  const text = begun && begun.text.trim() !== '' ? `${written}\n\n${begun.text}` : written;
  const ids = unsent.flatMap((one) => one.draft.attachments.map((a) => a.id));
  tables.attachTo(tx.db, ids, null);
  tables.putDraft(tx.db, {
    conversationId: record.conversationId, mode, text, subject: record.draft.subject, to: record.draft.to, cc: record.draft.cc, bcc: record.draft.bcc, forwards: record.draft.forwards, quotes: record.draft.quotes,
    attachmentIds: [...ids, ...(begun?.attachments.map((a) => a.id) ?? [])],
  }, tx.at, tx.agent);
  for (const one of unsent) {
    tables.deleteOutbox(tx.db, one.id);
    dropEntry(tx, one.messageId);
  }
  recount(tx, record.conversationId);
  systemLine({ ...tx, agent: by }, record.conversationId, code, null, { text: word });
  tx.touch('draft', `${record.conversationId}/${mode}`);
  refreshConversation(tx, record.conversationId);
  const draft = tables.draftOf(tx.db, record.conversationId, mode, tx.agent);
  if (!draft) throw new Error('draft vanished');
  return draft;
}

function back(tx: Tx, outboxId: string, code: 'undone' | 'discarded'): Draft | null {
  const record = recordOf(tx, outboxId);
  if (record.look === null || record.agent === tx.agent) return takeBack(tx, record, code);
  // What a guest asked for stays theirs: a colleague takes back the yes, not the words.
  const problem = lookProblem(tx.db, record.agent, record.createdAt, tx.agent);
  if (problem !== null) throw new ParleyError('refused', problem);
  askAgain(tx, record);
  return null;
}

/** It waits for a colleague again; of several posts everything that has not left. */
function askAgain(tx: Tx, record: tables.OutboxRecord): void {
  for (const one of record.state === 'scheduled' ? [record] : unsentOf(tx.db, record)) {
    if (one.state !== 'review') move(tx, one, 'ask', { lookedBy: null, heldUntil: one.state === 'scheduled' ? one.heldUntil : null, problem: one.problem });
  }
  if (!isAction(record.mode) && record.state !== 'refused') systemLine(tx, record.conversationId, 'look_undone');
}

export const undo: Operation<{ outboxId: string }, Draft | null> = { name: 'outbox.undo', apply: (tx, { outboxId }) => back(tx, outboxId, 'undone') };
export const discard: Operation<{ outboxId: string }, Draft | null> = { name: 'outbox.discard', apply: (tx, { outboxId }) => back(tx, outboxId, 'discarded') };

/** The agent does not want to wait for the undo time. */
export const sendNow: Operation<{ outboxId: string }, void> = {
  name: 'outbox.sendNow',
  apply(tx, { outboxId }) {
    const record = recordOf(tx, outboxId);
    if (record.state === 'scheduled') leaveNow(tx, record);
    else if (record.state === 'review') throw new ParleyError('conflict', sentenceFor(record.state));
    else if (record.state === 'held') for (const one of unsentOf(tx.db, record)) move(tx, one, 'release', { waitsFor: 'turn' });
    else move(tx, record, 'retry', { waitsFor: 'turn' });
  },
};

/** The agent has seen what stands there now and wants it sent. */
export const retry: Operation<{ outboxId: string }, void> = {
  name: 'outbox.retry',
  apply(tx, { outboxId }) {
    const record = recordOf(tx, outboxId);
    // Nobody has looked at what stopped it.
    if (record.look !== null && record.state === 'refused') return askAgain(tx, record);
    // Of several posts the first that did not leave goes first, whichever was asked for.
    const all = record.state === 'refused' ? unsentOf(tx.db, record).filter((one) => one.state === 'refused') : [record];
    for (const one of all) move(tx, one, 'retry', { waitsFor: 'turn', seenAt: record.look === null ? tx.at : one.seenAt });
  },
};

/** The text, recipients and files of a mail that did not reach somebody, as a new draft: the address is put right and it is sent anew. */
export const again: Operation<{ messageId: number; ids: Ids }, Draft> = {
  name: 'outbox.again',
  summarise: ({ messageId }) => ({ messageId }),
  apply(tx, { messageId, ids }) {
    const message = tables.messageById(tx.db, messageId);
    const detail = message && (JSON.parse(message.detail) as EntryDetail);
    if (!message || detail?.type !== 'mail' || message.direction !== 'outbound') throw new ParleyError('not_found', 'This mail is not here any more.');
    const conversationId = message.conversation_id;
    const before = tables.outboxByMessage(tx.db, messageId)?.draft;
    const begun = tables.draftOf(tx.db, conversationId, 'mail');
    const text = before?.text ?? message.shown_text ?? message.text;
    const copies = withoutPage(tables.filesOfMessage(tx.db, messageId)).map((file) => {
      const id = ids.next();
      tables.insertAttachment(tx.db, id, null, file, tx.at);
      return id;
    });
    tables.putDraft(tx.db, {
      conversationId, mode: 'mail', text: begun && begun.text.trim() !== '' ? `${text}\n\n${begun.text}` : text, subject: message.subject, to: detail.to, cc: detail.cc, bcc: before?.bcc ?? null, forwards: before?.forwards, quotes: before?.quotes,
      attachmentIds: [...copies, ...(begun?.attachments.map((a) => a.id) ?? [])],
    }, tx.at);
    tx.touch('draft', `${conversationId}/mail`);
    refreshConversation(tx, conversationId);
    const draft = tables.draftOf(tx.db, conversationId, 'mail');
    if (!draft) throw new Error('draft vanished');
    return draft;
  },
};
