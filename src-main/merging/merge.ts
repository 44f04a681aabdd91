import type { IdSource } from '../customers/index.ts';
import { BLANK, combineSides, conversationApart, homeFinder, leaseMs, refreshConversation, replay, sideOf, systemLine, writeSide, type Kept } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';

export interface MergeArgs { survivorId: string; mergedId: string; reason: string; ids: IdSource }

const gone = (): ParleyError => new ParleyError('not_found', 'This customer is not here any more.');

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
    const hadConversation = tables.conversationOfCustomer(tx.db, survivorId) !== undefined;
    const into = conversationFor(tx, survivorId, ids);
    const from = tables.conversationOfCustomer(tx.db, mergedId);
    const survivorSide = sideOf(tx.db, into, true);
    const mergedSide = from && sideOf(tx.db, from, true);
    const isUnread = from !== undefined && mergedSide !== undefined && from.lastInboundId > mergedSide.readUpTo;
    const keep = (customerId: string, what: Kept): void => tables.addSideEvent(tx.db, customerId, what, { at: tx.at, agent: tx.agent });
    if (hadConversation && !tables.isShownWithOthers(tx.db, survivorId)) keep(survivorId, { type: 'joined', side: survivorSide });
    if (mergedSide && !tables.isShownWithOthers(tx.db, mergedId)) keep(mergedId, { type: 'joined', side: mergedSide });
    keep(survivorId, { type: 'merged', mergeId, isUnread });
    tables.keepOwn(tx.db, survivorId);
    tables.keepOwn(tx.db, mergedId);
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
    // What is unread of either stays unread.
    if (mergedSide) tables.setSide(tx.db, into.id, { ...combineSides(survivorSide, mergedSide), readUpTo: isUnread ? Math.min(survivorSide.readUpTo, mergedSide.readUpTo) : survivorSide.readUpTo });
    tables.insertMerge(tx.db, { id: mergeId, survivorId, mergedId, reason, mergedBy: tx.agent, at: tx.at, lineId, states: { drafts } });
    tables.showFields(tx.db, survivorId);
    refreshConversation(tx, into.id);
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
    tables.dropMergeEvent(tx.db, mergeId);
    standAlone(tx, rootId, shared);
    if (own) standAlone(tx, merge.mergedId, own);
    for (const id of [merge.mergedId, ...pathUp(tx.db, merge.survivorId)]) tables.showFields(tx.db, id);
    for (const id of [shared.id, ...(own ? [own.id] : [])]) {
      refreshConversation(tx, id);
      tx.touch('timeline', id);
    }
    tx.touch('customer', rootId);
    tx.touch('customer', merge.mergedId);
    return { conversationId: tables.conversationOfCustomer(tx.db, merge.mergedId)?.id ?? null };
  },
};

const pathUp = (db: ReadDb, id: string): string[] => {
  const into = tables.customerRow(db, id)?.merged_into ?? null;
  return into === null ? [id] : [id, ...pathUp(db, into)];
};

function conversationFor(tx: Tx, customerId: string, ids: IdSource): tables.ConversationCore {
  const made = tables.conversationCore(tx.db, conversationApart(tx, customerId, () => ids.next()));
  if (!made) throw new Error('a conversation that was just made is missing');
  return made;
}

/** Gives every message that came while customers were merged its home. */
function settleHomes(tx: Tx, conversationId: string, customerId: string, ids: IdSource): void {
  if (tables.identityHomes(tx.db, customerId).every((i) => i.homeCustomerId === customerId)) return;
  const homeOf = homeFinder(tx.db, customerId);
  for (const message of tables.atHome(tx.db, conversationId)) {
    const home = homeOf(message);
    // Somebody who had no conversation before the merge has one from the first message that is theirs.
    if (home !== customerId) tables.setHome(tx.db, message.id, conversationFor(tx, home, ids).id);
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

/** Puts a conversation where it would stand had these customers never been shown with anybody they are not shown with now. */
function standAlone(tx: Tx, rootId: string, conversation: tables.ConversationCore): void {
  const members = tables.familyOf(tx.db, rootId);
  const merges = members.flatMap((id) => tables.mergesInto(tx.db, id));
  const events = tables.sideEvents<Kept>(tx.db, members);
  const side = replay(events, members, new Map(merges.map((m) => [m.id, [m.survivorId, m.mergedId] as const])), tx.at, leaseMs(tx.db));
  if (side !== undefined || conversation.state === 'merged') writeSide(tx, conversation, sideOf(tx.db, conversation, true), side ?? BLANK);
  // A missed call of somebody who, alone, would have been waiting for one already.
  if (members.length === 1) for (const { what } of events) if (what.type === 'added' && what.unlessWaiting && side?.followUps.some((f) => f.id === what.followUp.id) === false) tables.removeFollowUp(tx.db, what.followUp.id);
  for (const [id, wasDone] of Object.entries(side?.placed ?? {})) tables.setWasDone(tx.db, id, wasDone);
  if (members.length > 1) return;
  tables.dropSideEvents(tx.db, rootId);
  // Made for the merge alone.
  if (events.some(({ what }) => what.type === 'joined') || !tables.isUnused(tx.db, conversation.id)) return;
  for (const line of tables.messagesBefore(tx.db, conversation.id, null, 10_000)) tables.removeMessage(tx.db, line);
  tables.removeConversation(tx.db, conversation.id);
  tx.touch('timeline', conversation.id);
}
