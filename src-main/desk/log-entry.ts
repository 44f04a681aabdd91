import type { ComposerMode, EntryDetail, PromiseKind } from '../../src-preload/contract/index.ts';
import type { Party } from '../channels/port.ts';
import { customerFor, type IdSource } from '../customers/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation } from '../store/index.ts';
import { mentionsHere, seeMentions, tellMentioned } from './mentions.ts';
import { refreshConversation } from './refresh.ts';
import { conversationApart, happen, homesOfMessages, keepFor } from './sides/index.ts';
import { coreOf } from './timeline.ts';

export interface LogCallArgs {
  requestId: string;
  conversationId: string | null;
  accountId: string;
  party: Party | null;
  at: number;
  author: string;
  text: string;
  detail: Extract<EntryDetail, { type: 'call' }>;
  /** The call of the telephone system it is about, as its entry is called. */
  externalId?: string | null;
  marks?: { id: string; kind: PromiseKind; quote: string }[];
  callBack?: { id: string; at: number; note: string } | null;
  ids: IdSource;
}

/** Logs a call an agent had. With a conversation it belongs there, and an unknown number becomes that customer's; without one the number decides. */
export const logCall: Operation<LogCallArgs, { messageId: number; conversationId: string; customerId: string }> = {
  name: 'call.log',
  summarise: ({ ids: _, ...args }) => args,
  apply(tx, a) {
    const before = tables.messageByRequest(tx.db, a.requestId);
    if (before) return { messageId: before.id, conversationId: before.conversation_id, customerId: coreOf(tx, before.conversation_id).customerId };
    const { externalId = null, marks = [], callBack = null } = a;
    if (callBack !== null && callBack.at <= tx.at) throw new ParleyError('bad_input', 'That time has passed already.');
    const told = externalId === null ? undefined : tables.messageByExternal(tx.db, a.accountId, externalId);
    const place = placeCall(tx, a);
    if (told && told.conversation_id !== place.conversationId) throw new ParleyError('conflict', 'This call stands with another customer already. Merge the two, or log it there.');
    if (told) tables.rewriteCall(tx.db, told, { author: a.author, text: a.text, detail: mergeTold(JSON.parse(told.detail) as LogCallArgs['detail'], a.detail), requestId: a.requestId });
    const messageId = told?.id ?? tables.insertMessage(tx.db, {
      conversationId: place.conversationId, identityId: place.identityId, accountId: a.accountId, externalId, kind: 'call', direction: a.detail.callDirection,
      at: a.at, author: a.author, address: a.party?.display ?? null, subject: null, text: a.text, detail: a.detail, refs: null, requestId: a.requestId, arrivedAt: tx.at,
    });
    const core = coreOf(tx, place.conversationId);
    const [home = core.customerId] = homesOfMessages(tx.db, core, [messageId]);
    tables.setReadUpTo(tx.db, place.conversationId, messageId);
    keepFor(tx, core, { type: 'read', upTo: messageId }, [home]);
    tables.deleteDraft(tx.db, place.conversationId, 'call', tx.agent);
    tx.touch('draft', `${place.conversationId}/call`);
    tx.touch('message', messageId);
    tx.touch('customer', place.customerId);
    for (const mark of marks) tables.insertPromise(tx.db, { ...mark, messageId, conversationId: place.conversationId, quote: mark.quote.trim() }, tx.agent, tx.at);
    // Whoever has spoken to the customer has called back.
    if (a.detail.outcome === 'answered') happen(tx, core, { type: 'called', made: null }, [home]);
    if (callBack !== null) {
      const apart = home === core.customerId ? null : conversationApart(tx, home, () => a.ids.next());
      tables.insertFollowUp(tx.db, { ...callBack, conversationId: place.conversationId, home: apart, ends: 'date', draft: null, state: 'waiting', occasion: null, isCall: true }, tx.agent, tx.at);
      keepFor(tx, core, { type: 'added', followUp: { id: callBack.id, at: callBack.at, ends: 'date', isCall: true, by: tx.agent, state: 'waiting', ended: null }, unlessWaiting: false }, [home]);
    }
    refreshConversation(tx, place.conversationId);
    return { messageId, conversationId: place.conversationId, customerId: place.customerId };
  },
};

/** The telephone system knows the times better, the agent the rest. */
const mergeTold = (told: LogCallArgs['detail'], logged: LogCallArgs['detail']): LogCallArgs['detail'] => ({ ...logged, startedAt: told.startedAt, durationMs: told.durationMs > 0 ? told.durationMs : logged.durationMs, ...(told.outsideHours === undefined ? {} : { outsideHours: told.outsideHours }) });

function placeCall(tx: Parameters<typeof coreOf>[0], a: LogCallArgs): { conversationId: string; customerId: string; identityId: string | null } {
  if (a.conversationId !== null) {
    const core = coreOf(tx, a.conversationId);
    const known = a.party === null ? undefined : tables.identityByValue(tx.db, a.party.kind, a.party.value);
    // The number of somebody else stays theirs: the agent says whom the call was about, not whose telephone it was.
    if (known) return { conversationId: core.id, customerId: core.customerId, identityId: known.customerId === core.customerId ? known.id : null };
    if (a.party === null) return { conversationId: core.id, customerId: core.customerId, identityId: null };
    const identityId = a.ids.next();
    tables.insertIdentity(tx.db, { id: identityId, customerId: core.customerId, kind: a.party.kind, value: a.party.value, display: a.party.display, basis: 'told_us', linkedBy: tx.agent, linkedAt: tx.at });
    return { conversationId: core.id, customerId: core.customerId, identityId };
  }
  if (a.party === null) throw new ParleyError('bad_input', 'A call needs a number, or a customer it belongs to.');
  const { customerId, identityId } = customerFor(tx, a.party, a.ids);
  const known = tables.conversationOfCustomer(tx.db, customerId);
  if (known) return { conversationId: known.id, customerId, identityId };
  const conversationId = a.ids.next();
  tables.insertConversation(tx.db, { id: conversationId, customerId, state: 'open', createdAt: a.at });
  return { conversationId, customerId, identityId };
}

/** A note for colleagues only. */
export const addNote: Operation<{ requestId: string; conversationId: string; text: string; author: string }, { messageId: number }> = {
  name: 'note.add',
  apply(tx, a) {
    const before = tables.messageByRequest(tx.db, a.requestId);
    if (before) return { messageId: before.id };
    const core = coreOf(tx, a.conversationId);
    const mentions = mentionsHere(tx.db, a.text, tx.agent);
    const messageId = tables.insertMessage(tx.db, {
      conversationId: core.id, identityId: null, accountId: null, externalId: null, kind: 'note', direction: 'internal', at: tx.at, author: a.author, address: null,
      subject: null, text: a.text, detail: { type: 'note', agent: tx.agent, ...(mentions.length === 0 ? {} : { mentions }) }, refs: null, requestId: a.requestId, arrivedAt: tx.at,
    });
    tellMentioned(tx, { messageId, conversationId: core.id, text: a.text }, mentions);
    // A note is how a colleague answers one.
    seeMentions(tx, core.id);
    tables.deleteDraft(tx.db, core.id, 'note', tx.agent);
    tx.touch('draft', `${core.id}/note`);
    tx.touch('message', messageId);
    tx.touch('customer', core.customerId);
    refreshConversation(tx, core.id);
    return { messageId };
  },
};

export const saveDraft: Operation<{ conversationId: string; mode: ComposerMode; text: string; subject: string | null; to: string[] | null; cc: string[] | null; bcc: string[] | null; attachmentIds: string[]; forwards?: number | undefined; quotes?: boolean | undefined }, void> = {
  name: 'draft.save',
  // One operation a pause in typing: keeping every version would keep what the writer took back.
  summarise: ({ conversationId, mode }) => ({ conversationId, mode }),
  apply(tx, a) {
    coreOf(tx, a.conversationId);
    const had = tables.draftOf(tx.db, a.conversationId, a.mode) !== undefined;
    tables.deleteDraft(tx.db, a.conversationId, a.mode, tx.agent);
    if (a.text.trim() !== '' || a.attachmentIds.length > 0 || a.forwards !== undefined || a.mode === 'call') tables.putDraft(tx.db, a, tx.at, tx.agent);
    tx.touch('draft', `${a.conversationId}/${a.mode}`);
    if (had !== (tables.draftOf(tx.db, a.conversationId, a.mode) !== undefined)) tx.touch('conversation', a.conversationId);
  },
};

export const discardDraft: Operation<{ conversationId: string; mode: ComposerMode }, void> = {
  name: 'draft.discard',
  apply(tx, a) {
    coreOf(tx, a.conversationId);
    tables.deleteDraft(tx.db, a.conversationId, a.mode, tx.agent);
    tx.touch('draft', `${a.conversationId}/${a.mode}`);
    tx.touch('conversation', a.conversationId);
  },
};
