import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../../store/index.ts';
import { refreshConversation } from '../refresh.ts';
import { happen, keepFor } from '../sides/index.ts';
import { coreOf, systemLine } from '../timeline.ts';
import { decideClaim, holderOf, type Decision, type Lease, type Wish } from './lease.ts';

const MINUTE_MS = 60_000;

export const leaseOf = (core: Pick<tables.ConversationCore, 'owner' | 'claimUntil'>): Lease => ({ owner: core.owner, until: core.claimUntil });
export const leaseMs = (db: ReadDb): number => tables.settingsOf(db).claimMinutes * MINUTE_MS;
const decide = (tx: Tx, core: tables.ConversationCore, wish: Wish): Decision => decideClaim(leaseOf(core), wish, { agent: tx.agent, at: tx.at, leaseMs: leaseMs(tx.db) });

function change(tx: Tx, conversationId: string, wish: Exclude<Wish, { type: 'lapse' }>, word: string | null): void {
  const core = coreOf(tx, conversationId);
  const decision = decide(tx, core, wish);
  if (decision.type === 'nothing') {
    // Theirs already, but perhaps only by somebody shown with this customer.
    if (wish.type !== 'keep') keepFor(tx, core, { type: 'claim', wish, leaseMs: leaseMs(tx.db) });
    return;
  }
  if (decision.type === 'refused') throw new ParleyError('conflict', `${decision.owner} has this conversation.`, { detail: { owner: decision.owner } });
  const { lease, told, given } = decision;
  happen(tx, core, { type: 'claim', wish, leaseMs: leaseMs(tx.db) });
  // A claim that goes on is nothing to tell.
  const goesOn = lease.owner === core.owner && (lease.until === null) === (core.claimUntil === null) && holderOf(leaseOf(core), tx.at) !== null;
  if (!goesOn) line(tx, core, wish, lease, told);
  const tell = (agent: string | null, code: 'taken_over' | 'given'): void => {
    if (agent === null) return;
    tables.insertNotice(tx.db, { agent, by: tx.agent, code, conversationId, word: word?.trim() ?? '' }, tx.at);
    tx.touch('notice', agent);
  };
  tell(told, 'taken_over');
  tell(given, 'given');
  refreshConversation(tx, conversationId);
}

/** Takes a conversation for the agent. Throws `conflict`, naming the owner, when somebody else has it and it is not taken over; `word` goes to them. */
export const claim: Operation<{ conversationId: string; takeOver: boolean; word?: string | null }, void> = {
  name: 'desk.claim',
  apply: (tx, { conversationId, takeOver, word = null }) => change(tx, conversationId, { type: 'claim', takeOver }, word),
};
export const keepClaim: Operation<{ conversationId: string }, void> = { name: 'desk.keep', apply: (tx, { conversationId }) => change(tx, conversationId, { type: 'keep' }, null) };
export const release: Operation<{ conversationId: string }, void> = { name: 'desk.release', apply: (tx, { conversationId }) => change(tx, conversationId, { type: 'release' }, null) };
/** Gives it to somebody for good; an empty owner gives it back to everybody. */
export const assign: Operation<{ conversationId: string; owner: string; word?: string | null }, void> = {
  name: 'desk.assign',
  apply: (tx, { conversationId, owner, word = null }) => change(tx, conversationId, { type: 'assign', owner: owner.trim() === '' ? null : owner.trim() }, word),
};

function line(tx: Tx, core: tables.ConversationCore, wish: Wish, lease: Lease, told: string | null): void {
  if (wish.type === 'assign' && lease.owner !== null) systemLine(tx, core.id, 'assigned', null, { text: lease.owner });
  else if (lease.owner === null) systemLine(tx, core.id, 'released');
  else if (told !== null) systemLine(tx, core.id, 'taken_over', null, { text: told });
  else systemLine(tx, core.id, 'claimed');
}

/** Gives claims that have ended back to everybody. */
export function lapseClaims(tx: Tx, until: number): void {
  for (const id of tables.lapsedBy(tx.db, until)) {
    const core = coreOf(tx, id);
    if (decide(tx, core, { type: 'lapse' }).type !== 'set') continue;
    tables.setOwner(tx.db, id, null);
    systemLine(tx, id, 'lapsed', null, { text: core.owner ?? '' });
    refreshConversation(tx, id);
  }
}

/**
 * While claims are enforced nobody answers in somebody else's conversation, and answering in one that is nobody's claims it. In the
 * transaction of the send, so that of two who press at once one is refused.
 */
export function claimToSend(tx: Tx, conversationId: string): void {
  if (!tables.settingsOf(tx.db).enforceClaims) return;
  const core = coreOf(tx, conversationId);
  const decision = decide(tx, core, { type: 'claim', takeOver: false });
  if (decision.type === 'refused') throw new ParleyError('conflict', `${decision.owner} has this conversation.`, { detail: { owner: decision.owner } });
  if (decision.type === 'nothing') return;
  happen(tx, core, { type: 'claim', wish: { type: 'claim', takeOver: false }, leaseMs: leaseMs(tx.db) });
  if (holderOf(leaseOf(core), tx.at) === null) systemLine(tx, conversationId, 'claimed');
}

/** Who else has a conversation at this moment, so that nothing of `agent` may leave in it; null when nobody, or claims are not enforced. */
export function blockedBy(tx: Tx, conversationId: string, agent: string): string | null {
  if (!tables.settingsOf(tx.db).enforceClaims || agent === '') return null;
  const core = tables.conversationCore(tx.db, conversationId);
  const holder = core === undefined ? null : holderOf(leaseOf(core), tx.at);
  return holder === agent ? null : holder;
}

export const seeNotice: Operation<{ noticeId: number }, void> = {
  name: 'notice.seen',
  apply(tx, { noticeId }) {
    tables.markNoticeSeen(tx.db, noticeId, tx.agent, tx.at);
    tx.touch('notice', tx.agent);
    const conversationId = tables.noticeConversation(tx.db, noticeId);
    if (conversationId !== undefined) tx.touch('conversation', conversationId);
  },
};
