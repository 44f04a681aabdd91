import { expect, test } from 'vitest';
import { make, uuid } from '../dev/sample.ts';
import { startMode } from './modes.ts';
import { readAddresses } from './local-drafts.ts';
import { seenUpTo } from './send.ts';
import type { Capability, ConversationRow } from '../../src-preload/contract/index.ts';
import { makeWorld } from '../dev/sample.ts';

const entry = (n: number, direction: 'inbound' | 'outbound' | 'internal') => ({ ...make({ conversationId: uuid(1), customerId: uuid(2), at: n * 1000, n: 0, kind: 'dm', author: 'x', address: null, text: '', direction }), id: n });
const entries = Object.fromEntries([entry(1, 'inbound'), entry(2, 'outbound'), entry(3, 'internal'), entry(4, 'inbound'), entry(5, 'outbound')].map((one) => [one.id, one]));
const ids = [1, 2, 3, 4, 5];

test('what the writer did himself is seen; what others wrote after the last key is not', () => {
  expect(seenUpTo(ids, entries, 1, new Set([2]))).toBe(3);
  expect(seenUpTo(ids, entries, 1, new Set())).toBe(1);
  expect(seenUpTo(ids, entries, 4, new Set([5]))).toBe(5);
  expect(seenUpTo(ids, entries, 1, new Set([2, 5]))).toBe(3);
});

test('addresses are read as people type them', () => {
  expect(readAddresses(' a@x.org, b@x.org ;c@x.org\n')).toEqual(['a@x.org', 'b@x.org', 'c@x.org']);
  expect(readAddresses('  ')).toEqual([]);
});

test('the composer opens on the channel she wrote on, else on one that works, never on a call', () => {
  const [sample] = makeWorld(0, 1, false).rows.values();
  if (sample === undefined) throw new Error('no sample');
  const of = (kind: ConversationRow['kind']): ConversationRow => ({ ...sample, kind });
  const can = (...modes: Capability['mode'][]): Capability[] => modes.map((mode) => ({ mode, available: true, reason: null, accountId: null, from: null, to: [], replyAll: null, subject: null, quotes: false, inReplyTo: null, maxWeighted: null, maxReadSeconds: null, asksWhy: false, price: null, openUrl: null }));
  expect(startMode(of('post'), can('reply', 'dm', 'mail', 'note', 'call'))).toBe('reply');
  expect(startMode(of('post'), can('dm', 'note', 'call'))).toBe('dm');
  expect(startMode(of('call'), can('note', 'call'))).toBe('note');
  expect(startMode(of('mail'), can('mail', 'note'))).toBe('mail');
});
