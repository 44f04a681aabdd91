import { expect, test } from 'vitest';
import { answerMode, startMode } from './modes.ts';
import { readAddresses } from './drafts/local-drafts.ts';
import type { Capability, ConversationRow } from '../../src-preload/contract/index.ts';
import { makeWorld } from '../dev/sample.ts';

test('addresses are read as people type them', () => {
  expect(readAddresses(' a@x.org, b@x.org ;c@x.org\n')).toEqual(['a@x.org', 'b@x.org', 'c@x.org']);
  expect(readAddresses('  ')).toEqual([]);
});

test('the composer opens on the channel she wrote on, else on one that works, never on a call', () => {
  const [sample] = makeWorld(0, 1, false).rows.values();
  if (sample === undefined) throw new Error('no sample');
  const of = (kind: ConversationRow['kind']): ConversationRow => ({ ...sample, kind });
  const can = (...modes: Capability['mode'][]): Capability[] => modes.map((mode) => ({ mode, available: true, reason: null, accountId: null, from: null, to: [], replyAll: null, subject: null, quotes: false, inReplyTo: null, maxWeighted: null, leading: [], maxReadSeconds: null, asksWhy: false, price: null, openUrl: null }));
  expect(startMode(of('post'), can('reply', 'dm', 'mail', 'note', 'call'))).toBe('reply');
  expect(startMode(of('post'), can('dm', 'note', 'call'))).toBe('dm');
  expect(startMode(of('call'), can('note', 'call'))).toBe('note');
  expect(startMode(of('mail'), can('mail', 'note'))).toBe('mail');
  // One key answers: on the channel she wrote on, also when that one only says why it is closed.
  const closed = can('reply', 'mail', 'note').map((capability) => (capability.mode === 'reply' ? { ...capability, available: false, reason: 'X takes no answer here.' } : capability));
  expect([answerMode(of('post'), closed), answerMode(of('mail'), can('reply', 'mail', 'note')), answerMode(of('call'), can('mail', 'note', 'call')), answerMode(of('post'), can('post'))]).toEqual(['reply', 'mail', 'mail', 'post']);
});
