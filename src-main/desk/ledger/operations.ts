import type { LedgerLine, LedgerRoom, LimitRule, Output } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Store, type Tx } from '../../store/index.ts';
import { agentsOf, type AgentSeen } from '../agents/index.ts';
import { startOfDay } from '../parse-time.ts';
import { refreshConversation } from '../refresh.ts';
import { readAmounts } from '../same-answer.ts';
import { coreOf, systemLine } from '../timeline.ts';
import { giftWords, judgeGift, mayApprove, minorDigits, roomOf } from './room.ts';

const SHOWN = 50;

const giverOf = (db: ReadDb, initials: string): AgentSeen => {
  const found = agentsOf(db).find((agent) => agent.initials === initials);
  return found ?? { agentId: null, name: initials, initials, role: 'agent', hasPin: false, pinSince: 0 };
};

function roomHere(db: ReadDb, limit: LimitRule, conversationId: string, giver: AgentSeen, now: number): LedgerRoom {
  const today = startOfDay(tables.settingsOf(db).officeZone, now);
  return roomOf(limit, giver.role, { case: tables.givenInCase(db, conversationId, limit.id), day: tables.givenSince(db, giver.initials, limit.id, today) });
}

/** Everything the composer and the call pad show of it. */
export function openLedger(db: ReadDb, conversationId: string, initials: string, now: number): Output<'ledger.open'> {
  const { limits } = tables.settingsOf(db);
  const giver = giverOf(db, initials);
  const booked = tables.bookedPromises(db, conversationId);
  const offers = tables.openPromises(db, conversationId).filter((promise) => promise.kind !== 'refusal' && !booked.includes(promise.id)).flatMap((promise) => {
    const amount = readAmounts(promise.quote).find(({ currency }) => limits.some((limit) => limit.currency === currency));
    const limit = limits.find(({ currency }) => currency !== null && currency === amount?.currency);
    if (amount === undefined || limit?.currency == null) return [];
    return [{ promiseId: promise.id, quote: promise.quote, limitId: limit.id, currency: limit.currency, amount: Math.round(amount.value * 10 ** minorDigits(limit.currency)) }];
  });
  return {
    rooms: limits.map((limit) => roomHere(db, limit, conversationId, giver, now)), lines: tables.ledgerOf(db, conversationId, SHOWN), offers: offers.filter(({ amount }) => amount > 0),
    approvers: agentsOf(db).filter((second) => mayApprove(giver, second, tables.giftAskedAt(db, conversationId) ?? now)).map(({ agentId, name, initials: own }) => ({ agentId, name, initials: own })),
  };
}

export interface GiveArgs { requestId: string; conversationId: string; limitId: string; amount: number; what: string; why: string; promiseId: string | null; approvedBy: string | null }

/** Books what an agent gives. `approvedBy` are the initials of somebody whose PIN was right. */
export const give: Operation<GiveArgs, number> = {
  name: 'ledger.give',
  // What for and why stand in the line itself; the log must not keep them past an erasure.
  summarise: ({ requestId, conversationId, limitId, amount, approvedBy }) => ({ requestId, conversationId, limitId, amount, approvedBy }),
  apply(tx, a) {
    const known = tables.ledgerByRequest(tx.db, a.requestId);
    if (known !== undefined) return known;
    const core = coreOf(tx, a.conversationId);
    const limit = tables.settingsOf(tx.db).limits.find((other) => other.id === a.limitId);
    if (!limit) throw new ParleyError('not_found', 'This limit is not there any more.');
    if (a.promiseId !== null && tables.bookedPromises(tx.db, core.id).includes(a.promiseId)) throw new ParleyError('conflict', 'This promise is booked already.');
    const giver = giverOf(tx.db, tx.agent);
    const room = roomHere(tx.db, limit, core.id, giver, tx.at);
    const second = a.approvedBy === null ? null : giverOf(tx.db, a.approvedBy);
    const askedAt = tables.giftAskedAt(tx.db, core.id) ?? tx.at;
    if (second !== null && !mayApprove(giver, second, askedAt)) {
      throw new ParleyError('refused', second.pinSince < askedAt ? `${second.name} cannot approve this.` : `${second.name} got their PIN after this was asked for. Somebody else has to approve it.`);
    }
    const verdict = judgeGift({ amount: a.amount, left: room.left, why: a.why, isApproved: second !== null });
    if (verdict !== 'ok') {
      const over = `${giftWords(a.amount, limit.currency)} is above your limit (${giftWords(room.left ?? 0, limit.currency)} left).`;
      throw new ParleyError('refused', verdict === 'needs_why' ? `${over} Say why, and ask a colleague.` : `${over} A colleague approves it with their PIN.`, { detail: { reason: 'limit', left: room.left ?? 0 } });
    }
    const isOver = room.left !== null && a.amount > room.left;
    if (isOver) tables.putGiftAskedAt(tx.db, core.id, null);
    return book(tx, core, 'gave', { ...a, limitName: limit.name, currency: limit.currency, what: a.what.trim(), why: a.why.trim(), approvedBy: isOver ? a.approvedBy : null, reverses: null, agent: tx.agent });
  },
};

/** Keeps when more than a limit was asked for: a refusal itself writes nothing. */
const askForMore: Operation<{ conversationId: string }, void> = {
  name: 'ledger.ask',
  apply(tx, { conversationId }) {
    if (tables.giftAskedAt(tx.db, conversationId) === null) tables.putGiftAskedAt(tx.db, conversationId, tx.at);
  },
};

/** Books it, or says that it is above the limit and from then on knows since when it is asked for. */
export function giveOrAsk(store: Store, args: GiveArgs, by: { at: number; agent: string }): { seq: number; value: number } {
  try {
    return store.run(give, args, by);
  } catch (error) {
    if (error instanceof ParleyError && error.detail?.['reason'] === 'limit') store.run(askForMore, { conversationId: args.conversationId }, by);
    throw error;
  }
}

/** The counter-entry: the room is there again, and both lines stay. It counts for whoever had given. */
export const takeGiftBack: Operation<{ requestId: string; messageId: number; why: string }, void> = {
  name: 'ledger.takeBack',
  summarise: ({ requestId, messageId }) => ({ requestId, messageId }),
  apply(tx, { requestId, messageId, why }) {
    if (tables.ledgerByRequest(tx.db, requestId) !== undefined) return;
    const line = tables.ledgerLine(tx.db, messageId);
    if (!line) throw new ParleyError('not_found', 'This line is not here any more.');
    if (line.reverses !== null || line.isReversed) throw new ParleyError('conflict', 'This was taken back already.');
    book(tx, coreOf(tx, line.conversationId), 'took_back', { ...line, requestId, amount: -line.amount, why: why.trim(), approvedBy: null, reverses: messageId, promiseId: null });
  },
};

function book(tx: Tx, core: tables.ConversationCore, code: 'gave' | 'took_back', l: Pick<LedgerLine, 'agent' | 'limitId' | 'limitName' | 'currency' | 'amount' | 'what' | 'why' | 'approvedBy' | 'reverses' | 'promiseId'> & { requestId: string }): number {
  const { limitName, currency, amount, what, why, approvedBy, reverses } = l;
  const messageId = systemLine(tx, core.id, code, null, { text: what, gift: { limitName, currency, amount, what, why, approvedBy, reverses } });
  tables.insertLedgerLine(tx.db, { messageId, requestId: l.requestId, agent: l.agent, limitId: l.limitId, limitName, currency, amount, what, why, approvedBy, reverses, promiseId: l.promiseId });
  if (reverses !== null) tx.touch('message', reverses);
  refreshConversation(tx, core.id);
  return messageId;
}
