import { expect, test } from 'vitest';
import type { Notice, OutboxRow } from '../../src-preload/contract/index.ts';
import { desktopNotices } from './notices.ts';
import { initialState } from './store.ts';

const notice: Notice = { id: 7, by: 'MK', code: 'mentioned', conversationId: 'c', customerName: 'Ann', word: '@Ruth can you?', at: 1, messageId: 9 };
const row = { id: 'o', conversationId: 'c', messageId: 4, mode: 'mail', customerName: 'Ann', excerpt: '', delivery: { outboxId: 'o', state: 'review', heldUntil: null, endsOnReply: false, retryAt: null, waitsFor: null, attempt: 0, problem: null, look: { askedBy: 'GG', lookedBy: null, isChanged: false } } } satisfies OutboxRow;
const state = { ...initialState, settings: { ...initialState.settings, agentInitials: 'RB', desktopNotices: true }, access: { ...initialState.access, mayLook: true } };

test.each([
  ['a mention, with its words', state, { notices: [notice], outbox: [] }, ['MK mentioned you at Ann: @Ruth can you?']],
  ['one that was there already', { ...state, notices: [notice] }, { notices: [notice], outbox: [] }, []],
  ['a second look that is asked for', state, { notices: null, outbox: [row] }, ['GG asks for a second look: Ann']],
  ['one asked for before', { ...state, outbox: { o: row } }, { notices: null, outbox: [row] }, []],
  ['one for somebody who may not give it', { ...state, access: { ...state.access, mayLook: false } }, { notices: null, outbox: [row] }, []],
  ['the guest’s own', { ...state, settings: { ...state.settings, agentInitials: 'GG' } }, { notices: null, outbox: [row] }, []],
  ['anything where it is switched off', { ...state, settings: { ...state.settings, desktopNotices: false } }, { notices: [notice], outbox: [row] }, []],
])('on the desktop: %s', (_, before, set, words) => {
  expect(desktopNotices(before, set).map(({ title, body }) => `${title}: ${body}`)).toEqual(words);
});
