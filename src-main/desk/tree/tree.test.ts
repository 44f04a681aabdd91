import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../store/tables/settings.ts';
import { tables } from '../../store/index.ts';
import { openTestDesk, postEvent } from '../../test-desk.ts';
import { capabilitiesOf, evaluatePost, goPrivate, updateSettings } from '../index.ts';
import { MOST_QUESTIONS, treeProblem, unreached, walkTree } from './walk.ts';

const tree = defaultSettings.decisionTree;
const Y = true;
const N = false;

describe('the tree as it comes', () => {
  test.each<[boolean[], string]>([
    [[Y, Y], 'share'], [[Y, N, Y], 'thank'], [[Y, N, N], 'no_answer'], [[N, Y], 'monitor'], [[N, N, Y], 'fix'], [[N, N, N, Y], 'restore'], [[N, N, N, N, Y], 'monitor'], [[N, N, N, N, N], 'no_answer'],
  ])('%j leads to %s', (answers, outcome) => expect(walkTree(tree, answers)).toMatchObject({ outcome, question: null, path: { length: answers.length } }));
  test('every way ends in at most five answers, and each of the six ends is reached', () => {
    const ends = new Set<string>();
    for (let bits = 0; bits < 2 ** MOST_QUESTIONS; bits += 1) {
      const { outcome } = walkTree(tree, Array.from({ length: MOST_QUESTIONS }, (_, i) => (bits >> i) % 2 === 1));
      expect(outcome).not.toBeNull();
      ends.add(outcome ?? '');
    }
    expect([...ends].toSorted()).toEqual(['fix', 'monitor', 'no_answer', 'restore', 'share', 'thank']);
    expect(treeProblem(tree)).toBeNull();
  });
  test('half a walk has a question open', () => expect(walkTree(tree, [N])).toMatchObject({ outcome: null, question: tree.nodes.find((n) => n.id === 'provokes')?.question }));
});

const end = { type: 'outcome' as const, outcome: 'thank' as const };
const ask = (id: string, to: string | null) => ({ id, question: id, yes: end, no: to === null ? end : { type: 'question' as const, node: to } });
test.each([
  ['no question', { nodes: [] }, 'needs a question'], ['a missing one', { nodes: [ask('a', 'b')] }, 'An answer to “a” leads to a question that is not there.'], ['a circle', { nodes: [ask('a', 'b'), ask('b', 'a')] }, '“b” leads back to “a”: it would never end.'],
  ['a question that asks itself', { nodes: [ask('a', 'a')] }, '“a” leads back to itself'], ['a question without words', { nodes: [{ ...ask('a', null), question: ' ' }] }, 'Question 1 has no words yet'],
  ['six in a row', { nodes: ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i, all) => ask(id, all[i + 1] ?? null)) }, 'would be question 6'], ['the same id twice', { nodes: [ask('a', null), ask('a', null)] }, 'same id'],
])('a tree with %s is not saved', (_, bad, sentence) => {
  const desk = openTestDesk();
  expect(() => desk.run(updateSettings, { patch: { decisionTree: bad } })).toThrow(sentence);
  expect(tables.settingsOf(desk.store.read).decisionTree).toEqual(tree);
});

test.each<[string, Parameters<typeof unreached>[0], number[]]>([
  ['all are asked', tree, []], ['one that no answer leads to', { nodes: [ask('a', null), ask('b', null)] }, [1]], ['two that lead only to each other', { nodes: [ask('a', null), ask('b', 'c'), ask('c', 'b')] }, [1, 2]], ['none', { nodes: [] }, []],
])('questions nobody comes to: %s', (_, given, places) => expect(unreached(given)).toEqual(places));

describe('on the desk', () => {
  const open = () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'this is wrong')]);
    const { id, customerId } = desk.conversation('1');
    const lines = (): string[] => tables.entriesBefore(desk.store.read, id, null, 50).entries.flatMap((e) => (e.detail.type === 'system' ? [`${e.detail.code}: ${e.text}${e.detail.reason ?? ''}`] : []));
    const asksWhy = (): (string | boolean)[] => capabilitiesOf({
      accounts: tables.accounts(desk.store.read), identities: tables.identitiesOf(desk.store.read, customerId), newest: tables.entriesBefore(desk.store.read, id, null, 50).entries.toReversed(), prices: {},
    }).filter((c) => c.asksWhy).map((c) => c.mode);
    return { desk, id, lines, asksWhy };
  };
  test('the path stays in the timeline; a walk that is not finished is refused', () => {
    const { desk, id, lines } = open();
    expect(() => desk.run(evaluatePost, { conversationId: id, answers: [N, N] })).toThrow('a question is open');
    expect(desk.run(evaluatePost, { conversationId: id, answers: [N, N, Y] })).toBe('fix');
    expect(lines()).toEqual([`evaluated: ${tree.nodes[0]?.question} No → ${tree.nodes.find((n) => n.id === 'provokes')?.question} No → ${tree.nodes.find((n) => n.id === 'wrong')?.question} Yes → fix the factsfix`]);
  });
  test('going private from a post asks why, once for each post, and the meter counts it', () => {
    const { desk, id, asksWhy } = open();
    expect(asksWhy()).toEqual(['dm']);
    desk.clock.advance(1_000);
    desk.run(goPrivate, { conversationId: id, reason: 'confidential' });
    expect(asksWhy()).toEqual([]);
    desk.clock.advance(1_000);
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'and another')]);
    expect(asksWhy()).toEqual(['dm']);
    const answer = postEvent('1', '@acmecare', desk.clock.now(), 'Here', { direction: 'outbound' });
    if (answer.detail.type === 'post') answer.detail.inReplyTo = '1';
    desk.take(desk.accounts.x, [answer]);
    expect(tables.privacyMeter(desk.store.read, 0)).toEqual({ publicAnswers: 1, reasons: [{ reason: 'confidential', count: 1 }] });
    expect(tables.privacyMeter(desk.store.read, desk.clock.now() + 1_000)).toEqual({ publicAnswers: 0, reasons: [] });
  });
});
