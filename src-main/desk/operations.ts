import type { Settings } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { assertMayRule, changesRules, putOwn } from './agents/index.ts';
import { lapseClaims, leaseMs } from './claims/index.ts';
import { refreshConversation } from './refresh.ts';
import { happen, keepFor, sideOf, woken, writeSide } from './sides/index.ts';
import { coreOf, systemLine } from './timeline.ts';
import { caseEnd } from './outcome/index.ts';
import { treeProblem } from './tree/walk.ts';

const onConversation = (name: string, apply: (tx: Tx, core: tables.ConversationCore) => void): Operation<{ conversationId: string }, void> => ({
  name,
  apply(tx, { conversationId }) {
    apply(tx, coreOf(tx, conversationId));
    refreshConversation(tx, conversationId);
  },
});

/** What an agent has read is marked as read at its source, too. */
function oweRead(tx: Tx, core: tables.ConversationCore, upTo: number): void {
  if (tables.oweRead(tx.db, core.id, core.readUpTo, upTo)) tx.touch('owed_mark', '');
}

export const markDone = onConversation('desk.done', (tx, core) => {
  if (core.state === 'done') return;
  oweRead(tx, core, core.lastMessageId);
  happen(tx, core, { type: 'done', readUpTo: core.lastMessageId });
  systemLine(tx, core.id, 'done', null, { outcome: caseEnd(tx, core.id, null) });
});

export const reopen = onConversation('desk.reopen', (tx, core) => {
  if (core.state === 'open') return;
  happen(tx, core, { type: 'reopened' });
  systemLine(tx, core.id, 'reopened');
});

export const snooze: Operation<{ conversationId: string; until: number; note: string | null }, void> = {
  name: 'desk.snooze',
  apply(tx, { conversationId, until, note }) {
    if (until <= tx.at) throw new ParleyError('bad_input', 'That time has passed already.');
    const core = coreOf(tx, conversationId);
    oweRead(tx, core, core.lastMessageId);
    happen(tx, core, { type: 'snoozed', until, note: note === null || note.trim() === '' ? null : note.trim(), readUpTo: core.lastMessageId });
    systemLine(tx, conversationId, 'snoozed', until);
    refreshConversation(tx, conversationId);
  },
};

export const markRead: Operation<{ conversationId: string; upTo: number }, void> = {
  name: 'conversation.markRead',
  apply(tx, { conversationId, upTo }) {
    const core = coreOf(tx, conversationId);
    oweRead(tx, core, upTo);
    tables.setReadUpTo(tx.db, conversationId, upTo);
    // Whose it is makes no difference: it was on the screen.
    keepFor(tx, core, { type: 'read', upTo }, tables.familyOf(tx.db, core.customerId));
    refreshConversation(tx, conversationId);
  },
};

/** Wakes what is due: snoozes that end come back to the queue with their note (also after the customer wrote "thanks"), missed deadlines become overdue, claims that ended are everybody's. */
export const wake: Operation<{ until: number }, void> = {
  name: 'desk.wake',
  apply(tx, { until }) {
    for (const id of new Set([...tables.followUpsWakingBy(tx.db, until), ...tables.wakingBy(tx.db, until)])) {
      const core = coreOf(tx, id);
      const side = sideOf(tx.db, core, false);
      writeSide(tx, core, side, woken(side, until, leaseMs(tx.db)));
      systemLine(tx, id, 'woken');
      refreshConversation(tx, id);
    }
    lapseClaims(tx, until);
    for (const id of tables.dueBy(tx.db, until)) refreshConversation(tx, id);
  },
};

export const updateCustomer: Operation<{ customerId: string; name?: string | undefined; isVip?: boolean | undefined; vipNote?: string | null | undefined; note?: string | null | undefined; language?: string | null | undefined; tags?: string[] | undefined }, void> = {
  name: 'customer.update',
  apply(tx, { customerId, ...patch }) {
    const before = tables.customerRow(tx.db, customerId);
    if (!before) throw new ParleyError('not_found', 'This customer is not here any more.');
    tables.updateCustomer(tx.db, customerId, Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)));
    tx.touch('customer', customerId);
    const conversation = tables.conversationOfCustomer(tx.db, customerId);
    if (!conversation) return;
    if (patch.isVip !== undefined && patch.isVip !== (before.is_vip === 1)) systemLine(tx, conversation.id, patch.isVip ? 'vip_on' : 'vip_off');
    refreshConversation(tx, conversation.id);
  },
};

/** How long an answer to this customer may take to read. */
export const limitReading: Operation<{ customerId: string; readSeconds: number | null }, void> = {
  name: 'customer.limit',
  apply(tx, { customerId, readSeconds }) {
    if (!tables.customerRow(tx.db, customerId)) throw new ParleyError('not_found', 'This customer is not here any more.');
    tables.putReadLimit(tx.db, customerId, readSeconds);
  },
};

/** Writes what the whole team has; rows whose order or due time hangs on it are ranked anew. */
export function putTeamSettings(tx: Tx, team: Partial<Settings>): void {
  const before = tables.settingsOf(tx.db);
  const after = { ...before, ...team };
  tables.putSettings(tx.db, after);
  const reranks = JSON.stringify([before.urgentWords, before.sla, before.officeZone]) !== JSON.stringify([after.urgentWords, after.sla, after.officeZone]);
  if (reranks) for (const id of tables.openConversationIds(tx.db)) refreshConversation(tx, id);
}

/** `agentId`: whose own settings these are; null is the first agent's. */
export const updateSettings: Operation<{ patch: Partial<Settings>; agentId?: string | null }, void> = {
  name: 'settings.update',
  apply(tx, { patch, agentId = null }) {
    const problem = patch.decisionTree === undefined ? null : treeProblem(patch.decisionTree);
    if (problem !== null) throw new ParleyError('bad_input', problem);
    if (changesRules(patch)) assertMayRule(tx.db, agentId);
    const { own, team } = tables.splitSettings(patch);
    if (Object.keys(own).length > 0) putOwn(tx, agentId, own);
    tx.touch('settings', '');
    if (Object.keys(team).length > 0) putTeamSettings(tx, team);
  },
};
