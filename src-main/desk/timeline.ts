import type { EntryDetail } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Tx } from '../store/index.ts';

type SystemDetail = Extract<EntryDetail, { type: 'system' }>;
type SystemCode = SystemDetail['code'];
export type CaseEnd = NonNullable<SystemDetail['outcome']>;

/** Writes a small grey line into the timeline: who did what. */
export function systemLine(tx: Tx, conversationId: string, code: SystemCode, until: number | null = null, more: { text?: string; mergeId?: string; reason?: NonNullable<SystemDetail['reason']>; gift?: NonNullable<SystemDetail['gift']>; outcome?: CaseEnd } = {}): number {
  const id = tables.insertMessage(tx.db, {
    conversationId, identityId: null, accountId: null, externalId: null, kind: 'system', direction: 'internal', at: tx.at, author: tx.agent, address: null,
    subject: null, text: more.text ?? '', detail: { type: 'system', code, agent: tx.agent, until, ...(more.mergeId === undefined ? {} : { mergeId: more.mergeId }), ...(more.reason === undefined ? {} : { reason: more.reason }), ...(more.gift === undefined ? {} : { gift: more.gift }), ...(more.outcome === undefined ? {} : { outcome: more.outcome }) }, refs: null, requestId: null, arrivedAt: tx.at,
  });
  tx.touch('message', id);
  return id;
}

export function coreOf(tx: Tx, conversationId: string): tables.ConversationCore {
  const core = tables.conversationCore(tx.db, conversationId);
  if (!core) throw new ParleyError('not_found', 'This conversation is not here any more.');
  if (core.state === 'merged') throw new ParleyError('not_found', 'This customer was merged with another one; open that one.');
  return core;
}
