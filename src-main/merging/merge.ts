import type { EntryDetail } from '../../src-preload/contract/index.ts';
import type { IdSource } from '../customers/index.ts';
import { refreshConversation, systemLine, weightOf } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';
import { combineSides } from './combine.ts';

export interface MergeArgs { survivorId: string; mergedId: string; reason: string; ids: IdSource }

const gone = (): ParleyError => new ParleyError('not_found', 'This customer is not here any more.');

const sideOf = (core: tables.ConversationCore): tables.SideState => ({
  state: core.state === 'merged' ? 'done' : core.state, stateBy: core.stateBy, owner: core.owner, snoozedUntil: core.snoozedUntil, followUpNote: core.followUpNote, readUpTo: core.readUpTo,
});

/**
 * Shows two customers as one. Everything of the merged one is shown with the survivor and remembers where it belongs, so that undoing it at
 * any later time needs no guess (product lines U10, U11, B1).
 */
export const mergeCustomers: Operation<MergeArgs, { mergeId: string; conversationId: string }> = {
  name: 'customer.merge',
  summarise: ({ ids: _, ...args }) => args,
  apply(tx, { survivorId, mergedId, reason, ids }) {
    const survivor = tables.customerRow(tx.db, survivorId);
    const merged = tables.customerRow(tx.db, mergedId);
    if (!survivor || !merged) throw gone();
    if (survivorId === mergedId) throw new ParleyError('bad_input', 'A customer cannot be merged with itself.');
    if (survivor.merged_into !== null || merged.merged_into !== null) throw new ParleyError('conflict', 'One of them has been merged already. Look again.');
    const mergeId = ids.next();
    tables.keepOwn(tx.db, survivorId);
    tables.keepOwn(tx.db, mergedId);
    const into = conversationFor(tx, survivorId, ids);
    const from = tables.conversationOfCustomer(tx.db, mergedId);
    const survivorSide = sideOf(into);
    const mergedSide = from ? sideOf(from) : null;
    let drafts: tables.MergedDraft[] = [];
    if (from) {
      settleHomes(tx, from.id, mergedId, ids);
      tables.moveAll(tx.db, from.id, into.id);
      drafts = mergeDrafts(tx, from.id, into.id);
      tables.putAside(tx.db, from.id);
      tx.touch('timeline', from.id);
    }
    tables.moveIdentities(tx.db, mergedId, survivorId);
    tables.setMergedInto(tx.db, mergedId, survivorId);
    const lineId = systemLine(tx, into.id, 'merged', null, { text: merged.name, mergeId });
    if (mergedSide !== null) {
      const unreadBelow = from && from.lastInboundId > mergedSide.readUpTo ? mergedSide.readUpTo : survivorSide.readUpTo;
      tables.setSide(tx.db, into.id, { ...combineSides(survivorSide, mergedSide), readUpTo: Math.min(survivorSide.readUpTo, unreadBelow) });
    }
    const states = { survivor: survivorSide, merged: mergedSide, result: survivorSide, drafts };
    tables.insertMerge(tx.db, { id: mergeId, survivorId, mergedId, reason, mergedBy: tx.agent, at: tx.at, lineId, states });
    tables.showFields(tx.db, survivorId);
    refreshConversation(tx, into.id);
    const after = tables.conversationCore(tx.db, into.id);
    if (after) tables.setStates(tx.db, mergeId, { ...states, result: sideOf(after) });
    tx.touch('customer', survivorId);
    tx.touch('timeline', into.id);
    return { mergeId, conversationId: into.id };
  },
};

/** Takes a merge back: both as if it had never been; what arrived since goes with the identity it arrived on. */
export const unmergeCustomers: Operation<{ mergeId: string; ids: IdSource }, { conversationId: string | null }> = {
  name: 'customer.unmerge',
  summarise: ({ mergeId }) => ({ mergeId }),
  apply(tx, { mergeId, ids }) {
    const merge = tables.mergeById(tx.db, mergeId);
    if (!merge) throw new ParleyError('not_found', 'This merge is not known.');
    if (merge.undoneAt !== null) throw new ParleyError('conflict', 'This merge has been undone already.');
    const rootId = tables.rootOf(tx.db, merge.survivorId);
    const shared = tables.conversationOfCustomer(tx.db, rootId);
    if (!shared) throw gone();
    const family = tables.familyOf(tx.db, merge.mergedId);
    settleHomes(tx, shared.id, rootId, ids);
    // The line that says "merged" was about the merge and goes with it.
    const line = tables.messageById(tx.db, merge.lineId);
    if (line) {
      tables.removeMessage(tx.db, line);
      tx.touch('removed_message', line.id);
    }
    const homes = family.flatMap((id) => tables.conversationOfCustomer(tx.db, id)?.id ?? []);
    tables.endMerge(tx.db, mergeId, tx.at, tx.agent);
    tables.setMergedInto(tx.db, merge.mergedId, null);
    tables.moveIdentitiesHome(tx.db, rootId, merge.mergedId, family);
    let own = tables.conversationOfCustomer(tx.db, merge.mergedId);
    if (!own && homes.length > 0) own = conversationFor(tx, merge.mergedId, ids);
    if (own) {
      tables.moveHome(tx.db, shared.id, own.id, homes);
      tables.copyThreadKeys(tx.db, shared.id, own.id);
    }
    partDrafts(tx, merge, shared.id, own?.id ?? null);
    if (own) {
      const before = merge.states.merged ?? { ...sideOf(own), state: 'done' as const };
      const hasRisen = shared.readUpTo > merge.states.result.readUpTo;
      tables.setSide(tx.db, own.id, {
        ...before, state: arrivalOpens(tx, own.id, merge.at) ? 'open' : before.state, readUpTo: hasRisen ? Math.max(before.readUpTo, shared.readUpTo) : before.readUpTo,
      });
    }
    if (rootId === merge.survivorId) tables.setSide(tx.db, shared.id, partedSide(tx, merge, shared));
    else inheritState(tx, merge);
    for (const id of [shared.id, ...(own ? [own.id] : [])]) waitAgain(tx, id);
    for (const id of [merge.mergedId, ...pathUp(tx.db, merge.survivorId)]) tables.showFields(tx.db, id);
    for (const id of [shared.id, ...(own ? [own.id] : [])]) {
      refreshConversation(tx, id);
      tx.touch('timeline', id);
    }
    tx.touch('customer', rootId);
    tx.touch('customer', merge.mergedId);
    return { conversationId: own?.id ?? null };
  },
};

const pathUp = (db: ReadDb, id: string): string[] => {
  const into = tables.customerRow(db, id)?.merged_into ?? null;
  return into === null ? [id] : [id, ...pathUp(db, into)];
};

function conversationFor(tx: Tx, customerId: string, ids: IdSource): tables.ConversationCore {
  const known = tables.conversationOfCustomer(tx.db, customerId);
  if (known) return known;
  tables.insertConversation(tx.db, { id: ids.next(), customerId, state: 'done', createdAt: tx.at });
  const made = tables.conversationOfCustomer(tx.db, customerId);
  if (made && tables.customerRow(tx.db, customerId)?.merged_into !== null) tables.putAside(tx.db, made.id);
  if (!made) throw new Error('a conversation that was just made is missing');
  return made;
}

/** Gives every message that came while customers were merged its home: that of the identity it came from or went to, else the survivor's. */
function settleHomes(tx: Tx, conversationId: string, customerId: string, ids: IdSource): void {
  const identities = tables.identityHomes(tx.db, customerId).filter((i) => i.homeCustomerId !== customerId);
  if (identities.length === 0) return;
  const byId = new Map(identities.map((i) => [i.id, i.homeCustomerId]));
  const channel: Record<string, string> = { post: 'x', dm: 'x', mail: 'email', call: 'phone' };
  const byAddress = new Map(identities.flatMap((i) => [[`${i.kind} ${i.value.toLowerCase()}`, i.homeCustomerId], [`${i.kind} ${i.display.toLowerCase()}`, i.homeCustomerId]]));
  for (const message of tables.atHome(tx.db, conversationId)) {
    const home = message.identity_id === null
      ? (message.direction === 'outbound' && message.address !== null ? byAddress.get(`${channel[message.kind] ?? ''} ${message.address.toLowerCase()}`) : undefined)
      : byId.get(message.identity_id);
    // Somebody who had no conversation before the merge has one from the first message that is theirs.
    if (home !== undefined) tables.setHome(tx.db, message.id, conversationFor(tx, home, ids).id);
  }
}

/** Both drafts stay: one text under the other where both wrote in the same way. */
function mergeDrafts(tx: Tx, from: string, into: string): tables.MergedDraft[] {
  const there = new Map(tables.draftRows(tx.db, into).map(({ mode, ...row }) => [mode, row]));
  return tables.draftRows(tx.db, from).map(({ mode, ...merged }) => {
    const survivor = there.get(mode) ?? null;
    const result = survivor === null ? merged : {
      ...survivor, text: `${survivor.text}\n\n${merged.text}`, attachments: JSON.stringify([...(JSON.parse(survivor.attachments) as string[]), ...(JSON.parse(merged.attachments) as string[])]),
    };
    tables.putDraftRow(tx.db, from, mode, null);
    tables.putDraftRow(tx.db, into, mode, result);
    for (const id of [from, into]) tx.touch('draft', `${id}/${mode}`);
    return { mode, survivor, merged, result };
  });
}

/** Untouched drafts go back as they were. One that was written on stays with the survivor and the old text returns too; one that was sent is gone. */
function partDrafts(tx: Tx, merge: tables.Merge, shared: string, own: string | null): void {
  if (own === null) return;
  const now = new Map(tables.draftRows(tx.db, shared).map(({ mode, ...row }) => [mode, row]));
  for (const { mode, survivor, merged, result } of merge.states.drafts) {
    const current = now.get(mode);
    if (current === undefined) continue;
    if (JSON.stringify(current) === JSON.stringify(result)) tables.putDraftRow(tx.db, shared, mode, survivor);
    tables.putDraftRow(tx.db, own, mode, merged);
    for (const id of [shared, own]) tx.touch('draft', `${id}/${mode}`);
  }
}

function arrivalOpens(tx: Tx, conversationId: string, since: number): boolean {
  return tables.arrivedSince(tx.db, conversationId, since).some((id) => {
    const row = tables.messageById(tx.db, id);
    if (!row || row.deleted_at !== null) return false;
    const detail = JSON.parse(row.detail) as EntryDetail;
    if (detail.type === 'mail' && detail.automatic === 'bulk') return true;
    return weightOf({ id: row.id, at: row.at, kind: row.kind, direction: row.direction, isDeleted: false, detail, outbox: null }) === 'asks';
  });
}

/** A follow-up that was over because somebody else wrote, who was shown as the same person, waits again. */
function waitAgain(tx: Tx, conversationId: string): void {
  for (const { id, at, since } of tables.repliedFollowUps(tx.db, conversationId)) {
    if (!arrivalOpens(tx, conversationId, since)) tables.setFollowUpState(tx.db, id, at > tx.at ? 'waiting' : 'due', null);
  }
  const core = tables.conversationCore(tx.db, conversationId);
  if (core?.state === 'snoozed' && core.snoozedUntil === null) tables.setSnooze(tx.db, conversationId, tables.nextFollowUpAt(tx.db, conversationId), core.followUpNote);
}

const STATE_OF: Record<string, tables.SideState['state']> = { done: 'done', reopened: 'open', woken: 'open', snoozed: 'snoozed' };

/** The survivor's state without the merge: its own before, what was decided about it since, and what arrived for itself. */
function partedSide(tx: Tx, merge: tables.Merge, shared: tables.ConversationCore): tables.SideState {
  const { survivor, result } = merge.states;
  const decision = tables.lastDecision(tx.db, shared.id, merge.at);
  const decided = decision ? (STATE_OF[decision.code] ?? survivor.state) : survivor.state;
  const isSameSnooze = shared.snoozedUntil === result.snoozedUntil && shared.followUpNote === result.followUpNote;
  return {
    state: arrivalOpens(tx, shared.id, decision?.at ?? merge.at) ? 'open' : decided,
    stateBy: decision?.author ?? survivor.stateBy,
    owner: shared.owner === result.owner ? survivor.owner : shared.owner,
    snoozedUntil: isSameSnooze ? survivor.snoozedUntil : shared.snoozedUntil, followUpNote: isSameSnooze ? survivor.followUpNote : shared.followUpNote,
    readUpTo: shared.readUpTo > result.readUpTo ? Math.max(survivor.readUpTo, shared.readUpTo) : survivor.readUpTo,
  };
}

/** A merge inside a merged customer is undone: when its outer merge is undone one day, the customer comes back without this one's state. */
function inheritState(tx: Tx, inner: tables.Merge): void {
  const outer = tables.mergeOf(tx.db, inner.survivorId);
  if (outer?.states.merged && JSON.stringify(outer.states.merged) === JSON.stringify(inner.states.result)) {
    tables.setStates(tx.db, outer.id, { ...outer.states, merged: inner.states.survivor });
  }
}
