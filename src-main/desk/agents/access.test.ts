import { expect, test } from 'vitest';
import { tables } from '../../store/index.ts';
import { openTestDesk, type TestDesk } from '../../test-desk.ts';
import { addAgent, agentsOf, checkPin, hashPin, setPin, setRole } from '../index.ts';
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

test('roles are everybody’s until a senior agent has a PIN, then a senior agent’s alone', async () => {
  const { desk, id } = await withMike();
  desk.run(setRole, { agentId: id, role: 'guest', byId: id });
  desk.run(setPin, { agentId: null, hash: await hashPin('1234') });
  expect(() => desk.run(setRole, { agentId: id, role: 'senior', byId: id })).toThrow('Only a senior agent');
  desk.run(setRole, { agentId: id, role: 'agent', byId: null });
  expect(agentsOf(desk.store.read).map((a) => a.role)).toEqual(['senior', 'agent']);
});
