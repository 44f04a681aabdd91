import { describe, expect, test } from 'vitest';
import type { RuleActions, RuleConditions } from '../../../src-preload/contract/index.ts';
import { mailEvent, openTestDesk, postEvent, type TestDesk } from '../../test-desk.ts';
import { tables } from '../../store/index.ts';
import { applyRules, claim, correctRule, deleteRule, importCanned, markDone, orderRules, saveRule, searchCanned, tryRule } from '../index.ts';
import { evaluateRules, type RuleFacts } from './evaluate.ts';

const any: RuleConditions = { words: [], accountIds: [], handles: [], languages: [], tags: [], segment: 'any', channels: [], hours: 'any' };
const nothing: RuleActions = { priority: null, tags: [], owner: null, cannedId: null };
const facts: RuleFacts = { text: 'My router is broken', accountId: 'a', handles: ['@Ann', 'ann@example.org'], language: 'en', tags: ['business'], isVip: false, channel: 'x', isInsideHours: true };

describe('conditions', () => {
  test.each<[Partial<RuleConditions>, boolean]>([
    [{}, true], [{ words: ['broken'] }, true], [{ words: ['BROKEN', 'x'] }, true], [{ words: ['broke'] }, false], [{ words: ['router is'] }, true], [{ accountIds: ['a'] }, true], [{ accountIds: ['b'] }, false], [{ handles: ['ann'] }, true], [{ handles: ['@ANN'] }, true],
    [{ handles: ['ANN@example.org'] }, true], [{ handles: ['bob'] }, false], [{ languages: ['en', 'hi'] }, true], [{ languages: ['hi'] }, false], [{ tags: ['business'] }, true], [{ tags: ['vip'] }, false], [{ segment: 'vip' }, false], [{ segment: 'not_vip' }, true],
    [{ channels: ['x'] }, true], [{ channels: ['email', 'phone'] }, false], [{ hours: 'inside' }, true], [{ hours: 'outside' }, false], [{ words: ['broken'], channels: ['email'] }, false], [{ words: ['broken'], channels: ['x'], hours: 'inside', tags: ['business'] }, true],
  ])('%j', (over, expected) => expect(evaluateRules([{ id: 'r', name: 'r', conditions: { ...any, ...over }, actions: { ...nothing, priority: 'raise' } }], facts).length === 1).toBe(expected));
  test('a word of another script is whole, too', () => {
    const rule = (word: string) => [{ id: 'r', name: 'r', conditions: { ...any, words: [word] }, actions: { ...nothing, priority: 'raise' as const } }];
    expect([evaluateRules(rule('कि'), { ...facts, text: 'किताब' }).length, evaluateRules(rule('किताब'), { ...facts, text: 'मेरी किताब' }).length]).toEqual([0, 1]);
  });
});

test('the first rule that decides something decides it, tags add up, and a rule with nothing left to do does nothing', () => {
  const rule = (id: string, actions: Partial<RuleActions>) => ({ id, name: id, conditions: any, actions: { ...nothing, ...actions } });
  expect(evaluateRules([rule('1', { priority: 'raise', tags: ['a'] }), rule('2', { priority: 'lower', owner: 'MK', tags: ['a', 'b'] }), rule('3', { owner: 'JP' }), rule('4', { tags: ['business'] })], facts)).toEqual([
    { ruleId: '1', ruleName: '1', priority: 'raise', owner: null, cannedId: null, tags: ['a'] }, { ruleId: '2', ruleName: '2', priority: null, owner: 'MK', cannedId: null, tags: ['b'] },
  ]);
});

describe('on the desk', () => {
  const withRule = (conditions: Partial<RuleConditions>, actions: Partial<RuleActions>, isOn = true): { desk: TestDesk; ruleId: string } => {
    const desk = openTestDesk();
    const ruleId = desk.ids.next();
    desk.run(saveRule, { id: ruleId, isNew: true, name: 'Routers', isOn, conditions: { ...any, ...conditions }, actions: { ...nothing, ...actions } });
    return { desk, ruleId };
  };
  const queue = (desk: TestDesk): string[] => tables.queuePage(desk.store.read, { view: 'open', sort: 'priority', accountId: null, me: 'RB', after: null, limit: 10 }).rows.map((r) => r.customerName);

  test('a message is sorted by its rule in the transaction that takes it in, and the row names the rule', () => {
    const { desk } = withRule({ words: ['router'] }, { priority: 'raise', tags: ['hardware'], owner: 'MK' });
    const seq = desk.store.seq();
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now() - 5_000, 'hello there'), postEvent('2', '@bob', desk.clock.now(), 'my router died')]);
    expect(desk.store.seq()).toBe(seq + 1);
    expect(queue(desk)).toEqual(['@bob', '@ann']);
    expect(desk.conversation('2')).toMatchObject({ owner: 'MK', reasons: [{ code: 'rule', detail: 'Routers' }] });
    expect(tables.customerView(desk.store.read, desk.conversation('2').customerId)?.tags).toEqual(['hardware']);
    expect(tables.rules(desk.store.read)).toMatchObject([{ uses: 1, corrections: 0 }]);
  });
  test('a lowered row stands behind all who wait, and names the rule', () => {
    const { desk } = withRule({ words: ['newsletter'] }, { priority: 'lower' });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now() - 9_000, 'your newsletter is fine'), postEvent('2', '@bob', desk.clock.now(), 'hello')]);
    expect(queue(desk)).toEqual(['@bob', '@ann']);
    expect(desk.conversation('1').reasons).toEqual([{ code: 'rule', detail: 'Routers' }].map((r) => ({ ...r })));
  });
  test('a rule that is off, history and automatic mail change nothing', () => {
    const off = withRule({}, { priority: 'raise' }, false).desk;
    off.take(off.accounts.x, [postEvent('1', '@ann', off.clock.now(), 'router')]);
    expect(off.conversation('1').reasons).toEqual([]);
    const { desk } = withRule({}, { priority: 'raise' });
    desk.take(desk.accounts.email, [mailEvent('old@example.org', desk.clock.now())], { origin: 'import' });
    desk.take(desk.accounts.email, [mailEvent('robot@example.org', desk.clock.now(), { detail: { type: 'mail', from: '', to: [], cc: [], messageId: null, automatic: 'auto_reply', unreadable: null } })]);
    expect(tables.rules(desk.store.read)[0]?.uses).toBe(0);
  });
  test('somebody’s claim stays theirs', () => {
    const { desk } = withRule({ words: ['router'] }, { owner: 'MK' });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'hello')]);
    desk.run(claim, { conversationId: desk.conversation('1').id, takeOver: false });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'router')]);
    expect(desk.conversation('1').owner).toBe('RB');
    expect(tables.rules(desk.store.read)[0]?.uses).toBe(0);
  });
  test('an agent corrects it: priority, tag and owner go back, and the log keeps that it was wrong', () => {
    const { desk, ruleId } = withRule({ words: ['router'] }, { priority: 'raise', tags: ['hardware'], owner: 'MK' });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'router')]);
    const [entry] = tables.ruleLog(desk.store.read, ruleId, 10);
    desk.run(correctRule, { logId: entry?.id ?? 0 });
    expect(desk.conversation('1')).toMatchObject({ owner: null, reasons: [] });
    expect(tables.customerView(desk.store.read, desk.conversation('1').customerId)?.tags).toEqual([]);
    expect(tables.ruleLog(desk.store.read, ruleId, 10)).toMatchObject([{ customerName: '@ann', correctedBy: 'RB', did: { priority: 'raise' } }]);
    expect(tables.rules(desk.store.read)).toMatchObject([{ uses: 1, corrections: 1 }]);
  });
  test('its lift ends with the answer, and deleting a rule keeps what it did', () => {
    const { desk, ruleId } = withRule({ words: ['router'] }, { priority: 'raise' });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'router')]);
    desk.run(deleteRule, { ruleId });
    expect(desk.conversation('1').reasons).toEqual([{ code: 'rule', detail: 'Routers' }]);
    desk.take(desk.accounts.x, [postEvent('1', '@acmecare', desk.clock.now() + 1, 'Here you are', { direction: 'outbound' })]);
    expect(desk.conversation('1').reasons).toEqual([]);
    desk.run(markDone, { conversationId: desk.conversation('1').id });
    desk.clock.advance(1_000);
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'thanks')]);
    expect(desk.conversation('1').reasons).toEqual([]);
  });
  test('it is tried on what came in before it is switched on, and trying changes nothing', () => {
    const { desk } = withRule({}, { priority: 'raise' }, false);
    desk.take(desk.accounts.x, Array.from({ length: 250 }, (_, i) => postEvent(String(i), `@a${i}`, desk.clock.now() + i, i % 10 === 0 ? 'router broken' : 'hello')));
    const seq = desk.store.seq();
    const { looked, hits } = tryRule(desk.store.read, { conditions: { ...any, words: ['router'] } });
    expect([looked, hits.length, hits[0]?.customerName, desk.store.seq()]).toEqual([200, 20, '@a240', seq]);
  });
  test('the order is the supervisor’s, a rule that does nothing is refused', () => {
    const { desk, ruleId } = withRule({}, { owner: 'MK' });
    const second = desk.ids.next();
    desk.run(saveRule, { id: second, isNew: true, name: 'Second', isOn: true, conditions: any, actions: { ...nothing, owner: 'JP' } });
    desk.run(orderRules, { ruleIds: [second, ruleId] });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'hi')]);
    expect(desk.conversation('1').owner).toBe('JP');
    expect(() => desk.run(saveRule, { id: second, isNew: false, name: 'Empty', isOn: true, conditions: any, actions: nothing })).toThrow('“Empty” does nothing yet.');
  });
  test('the response it suggests is the first after "/"', () => {
    const desk = openTestDesk();
    const [a, b] = [desk.ids.next(), desk.ids.next()];
    const row = (newId: string, shortcut: string) => ({ newId, shortcut, title: shortcut, folder: '', language: null, texts: { any: shortcut, reply: null, dm: null, mail: null }, attachmentIds: [] });
    desk.run(importCanned, { rows: [row(a, 'aaa'), row(b, 'bbb')] });
    desk.run(saveRule, { id: desk.ids.next(), isNew: true, name: 'B', isOn: true, conditions: any, actions: { ...nothing, cannedId: b } });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'hi')]);
    const found = searchCanned(desk.store.read, { conversationId: desk.conversation('1').id, mode: 'dm' }, '', 5, desk.clock.now());
    expect(found.map((h) => [h.shortcut, h.isSuggested])).toEqual([['bbb', true], ['aaa', false]]);
  });
  test('running over the same message twice is seen in the log only where it does something', () => {
    const { desk } = withRule({ words: ['router'] }, { tags: ['hardware'] });
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'router')]);
    const [entry] = tables.ruleMarks(desk.store.read, desk.conversation('1').id, 0);
    desk.run({ name: 'test.again', apply: (tx) => applyRules(tx, desk.conversation('1').lastMessageId) }, null);
    expect(tables.ruleMarks(desk.store.read, desk.conversation('1').id, 0)).toEqual([entry]);
  });
});
