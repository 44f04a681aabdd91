import { expect, test } from 'vitest';
import type { Notice, OutboxRow } from '../../src-preload/contract/index.ts';
import { desktopNotices } from './notices.ts';
import { initialState } from './store.ts';

const notice: Notice = { id: 7, by: 'MK', code: 'mentioned', conversationId: 'c', customerName: 'Ann', word: '@Ruth can you?', at: 1, messageId: 9 };
const row = { id: 'o', conversationId: 'c', messageId: 4, mode: 'mail', customerName: 'Ann', excerpt: '', delivery: { outboxId: 'o', state: 'review', heldUntil: null, endsOnReply: false, retryAt: null, waitsFor: null, attempt: 0, problem: null, look: { askedBy: 'GG', lookedBy: null, isChanged: false } } } satisfies OutboxRow;
const state = { ...initialState, settings: { ...initialState.settings, agentInitials: 'RB', officeZone: 'UTC' }, access: { ...initialState.access, mayLook: true } };

const all = { notices: null, outbox: [], overdue: [], desktop: 'all' as const };
const late = [{ conversationId: 'c', customerName: 'Ann', dueAt: Date.UTC(2026, 10, 17, 14, 30) }];

test.each([
  ['a mention, with its words', state, { ...all, notices: [notice] }, ['MK mentioned you at Ann: @Ruth can you?']],
  ['one that was there already', { ...state, notices: [notice] }, { ...all, notices: [notice] }, []],
  ['a second look that is asked for', state, { ...all, outbox: [row] }, ['GG asks for a second look: Ann']],
  ['one asked for before', { ...state, outbox: { o: row } }, { ...all, outbox: [row] }, []],
  ['one for somebody who may not give it', { ...state, access: { ...state.access, mayLook: false } }, { ...all, outbox: [row] }, []],
  ['the guest’s own', { ...state, settings: { ...state.settings, agentInitials: 'GG' } }, { ...all, outbox: [row] }, []],
  ['what became overdue', state, { ...all, overdue: late }, ['Ann is overdue: The answer was due at 14:30.']],
  ['in quiet hours only what became overdue, where that is wanted', state, { notices: [notice], outbox: [row], overdue: late, desktop: 'overdue' as const }, ['Ann is overdue: The answer was due at 14:30.']],
  ['nothing where nothing may be told', state, { notices: [notice], outbox: [row], overdue: late, desktop: 'nothing' as const }, []],
])('on the desktop: %s', (_, before, set, words) => {
  expect(desktopNotices(before, set).map(({ title, body }) => `${title}: ${body}`)).toEqual(words);
});
