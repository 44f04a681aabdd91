import { expect, test } from 'vitest';
import type { AgentRole } from '../../../src-preload/contract/index.ts';
import { tables } from '../../store/index.ts';
import { openTestDesk, type TestDesk } from '../../test-desk.ts';
import { addAgent, agentsOf, checkPin, hashPin, setPin, setRole } from '../index.ts';
import { mayChange, type TeamChange } from './may-change.ts';
import type { AgentSeen } from './may-change.ts';
import { blockAfter, pinMatches } from './pin.ts';

const by = (desk: TestDesk) => ({ at: desk.clock.now(), agent: 'RB' });
const withMike = async () => {
  const desk = openTestDesk();
  const id = desk.ids.next();
  desk.run(addAgent, { id, seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.run(setPin, { agentId: id, hash: await hashPin('4711') });
  return { desk, id };
};

test.each([[1, 0], [4, 0], [5, 60_000], [6, 120_000], [11, 3_600_000], [40, 3_600_000]])('%i wrong PINs block for %i ms', (tries, ms) => expect(blockAfter(tries)).toBe(ms));

test('a PIN is kept as scrypt with its own salt: the same digits look different, only the right ones match', async () => {
  const [a, b] = [await hashPin('4711'), await hashPin('4711')];
  expect(a).not.toBe(b);
  expect(a).not.toContain('4711');
  expect([await pinMatches(a, '4711'), await pinMatches(a, '4712'), await pinMatches('junk', '4711')]).toEqual([true, false, false]);
});

test('whoever set the desk up is senior, who joins is an agent; neither the digits nor their hash are in the log', async () => {
  const { desk, id } = await withMike();
  expect(agentsOf(desk.store.read).map(({ role, hasPin }) => [role, hasPin])).toEqual([['senior', false], ['agent', true]]);
  expect(desk.store.read.all<{ args: string }>(`SELECT args FROM operation WHERE name = 'agent.pin'`)).toEqual([{ args: JSON.stringify({ agentId: id }) }]);
});

test('five wrong PINs, even at once, make the right one wait; after the wait it works and the count begins anew', async () => {
  const { desk, id } = await withMike();
  const tried = await Promise.allSettled(Array.from({ length: 8 }, () => checkPin(desk.store, { agentId: id, pin: '0000' }, by(desk))));
  expect(tried.filter((r) => r.status === 'rejected' && String(r.reason).includes('not right'))).toHaveLength(5);
  await expect(checkPin(desk.store, { agentId: id, pin: '4711' }, by(desk))).rejects.toThrow('Try again in 1 min.');
  desk.clock.advance(60_001);
  expect((await checkPin(desk.store, { agentId: id, pin: '4711' }, by(desk))).initials).toBe('MK');
  expect(tables.accessOf(desk.store.read, id)).toMatchObject({ tries: 0, blockedUntil: 0 });
});

const seen = (agentId: string | null, role: AgentRole, hasPin: boolean): AgentSeen => ({ agentId, name: '', initials: '', role, hasPin, pinSince: 0 });
const free = [seen(null, 'senior', false), seen('mike', 'agent', true), seen('new', 'agent', false)];
const ruled = [seen(null, 'senior', true), seen('mike', 'agent', true), seen('new', 'agent', false), seen('bare', 'senior', false)];
const pinOf = (agentId: string | null, isGone = false): TeamChange => ({ what: 'pin', agentId, isGone });
const add: TeamChange = { what: 'add' };
const role: TeamChange = { what: 'role' };
test.each<['free' | 'ruled', TeamChange, string | null | undefined, boolean]>([
  ['free', add, undefined, true], ['free', role, undefined, true], ['free', pinOf('new'), undefined, true], ['free', pinOf('mike', true), undefined, true],
  // A PIN that is there is never overwritten by somebody else.
  ['free', pinOf('mike'), undefined, false], ['free', pinOf('mike'), 'mike', true],
  ['ruled', add, undefined, false], ['ruled', add, 'mike', false], ['ruled', add, 'bare', false], ['ruled', add, 'gone', false], ['ruled', add, null, true],
  ['ruled', role, undefined, false], ['ruled', role, 'mike', false], ['ruled', role, null, true],
  ['ruled', pinOf('new'), undefined, false], ['ruled', pinOf('new'), 'mike', false], ['ruled', pinOf('new'), null, true], ['ruled', pinOf('bare'), undefined, false],
  ['ruled', pinOf('mike'), 'mike', true], ['ruled', pinOf('mike'), null, false], ['ruled', pinOf('mike', true), null, true], ['ruled', pinOf(null, true), undefined, false], ['ruled', pinOf(null, true), 'mike', false],
])('on a %s desk %j with the PIN of %s may be done: %s', (desk, change, saidBy, may) => {
  expect(mayChange(change, desk === 'free' ? free : ruled, saidBy === undefined ? null : { agentId: saidBy })).toBe(may);
});

test('once a senior agent has a PIN nobody adds a colleague, gives a first PIN or changes a role without it', async () => {
  const { desk, id } = await withMike();
  const newcomer = { id: desk.ids.next(), seat: 3, name: 'Made Up', initials: 'MU' };
  desk.run(setRole, { agentId: id, role: 'guest' });
  desk.run(setPin, { agentId: null, hash: await hashPin('1234') });
  for (const saidBy of [null, { agentId: id }]) {
    expect(() => desk.run(addAgent, { ...newcomer, saidBy })).toThrow('A senior agent has to say yes');
    expect(() => desk.run(setRole, { agentId: id, role: 'senior', saidBy })).toThrow('A senior agent has to say yes');
  }
  const saidBy = { agentId: null };
  desk.run(addAgent, { ...newcomer, saidBy });
  expect(() => desk.run(setPin, { agentId: newcomer.id, hash: 'x' })).toThrow('A senior agent has to say yes');
  desk.run(setPin, { agentId: newcomer.id, hash: 'x', saidBy });
  desk.run(setRole, { agentId: id, role: 'agent', saidBy });
  expect(agentsOf(desk.store.read).map((a) => [a.role, a.hasPin])).toEqual([['senior', true], ['agent', true], ['agent', true]]);
});

test('a PIN that is changed has been there all along; one that was taken off begins anew', async () => {
  const { desk, id } = await withMike();
  const since = () => tables.accessOf(desk.store.read, id).pinSince;
  const first = desk.clock.now();
  desk.clock.advance(1_000);
  desk.run(setPin, { agentId: id, hash: 'y', saidBy: { agentId: id } });
  expect(since()).toBe(first);
  desk.run(setPin, { agentId: id, hash: null });
  desk.run(setPin, { agentId: id, hash: 'z' });
  expect(since()).toBe(first + 1_000);
});
