import { expect, test } from 'vitest';
import type { Settings } from '../../src-preload/contract/index.ts';
import { addAgent, hashPin, setPin, setRole } from '../desk/index.ts';
import { tables } from '../store/index.ts';
import { openTestDesk } from '../test-desk.ts';
import { agentHandlers } from './handlers/agents.ts';
import { appHandlers } from './handlers/app.ts';
import type { HandlerContext } from './handlers/context.ts';

/** Two windows: a senior agent's in the first seat, an agent's in the second. */
async function setUp() {
  const desk = openTestDesk();
  const mikeId = desk.ids.next();
  desk.run(addAgent, { id: mikeId, seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.run(setRole, { agentId: null, role: 'senior' });
  const window = (seat: number) => {
    const c = { workspace: () => ({ store: desk.store, ids: desk.ids }), clock: desk.clock, seat, proof: {}, isShut: () => false, letIn() {}, resetWindow() {} } as unknown as HandlerContext;
    const calls = { ...appHandlers(c), ...agentHandlers(c) };
    return { change: (patch: Partial<Settings>) => (): unknown => calls['settings.update']({ patch }), prove: (pin: string) => calls['agent.prove']({ pin }), sitDown: async (agentId: string | null, pin?: string) => calls['agent.use']({ agentId, ...(pin === undefined ? {} : { pin }) }) };
  };
  return { desk, mikeId, window };
}
const PIN = 'Show with your PIN that it is you.';
const LIMITS: Settings['limits'] = [];

test.each<[string, Partial<Settings>]>([['what agents may give', { limits: LIMITS }], ['the second look', { secondLook: false }], ['a rule among other things', { theme: 'dark', limits: LIMITS }]])('%s is changed once the window knows by a PIN who sits there', async (_, patch) => {
  const { desk, window } = await setUp();
  const first = window(1);
  // Before anybody has a PIN there is nothing to show.
  expect(first.change(patch)).not.toThrow();
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  const before = tables.settingsOf(desk.store.read);
  expect(first.change(patch)).toThrow(PIN);
  await expect(first.prove('1111')).rejects.toThrow('not right');
  expect(first.change(patch)).toThrow(PIN);
  expect(tables.settingsOf(desk.store.read)).toEqual(before);
  await first.prove('4711');
  expect(first.change(patch)).not.toThrow();
  // A second window on the same place has shown nothing yet.
  expect(window(1).change(patch)).toThrow(PIN);
});

test('settings that are no rules take no PIN', async () => {
  const { desk, window } = await setUp();
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  expect(window(1).change({ theme: 'dark', watchWords: ['zip'], enforceClaims: true })).not.toThrow();
});

test('whoever may not change a rule is told so and not asked for a PIN', async () => {
  const { desk, mikeId, window } = await setUp();
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  desk.run(setPin, { agentId: mikeId, hash: await hashPin('2222'), saidBy: { agentId: null } });
  const second = window(2);
  expect(second.change({ limits: LIMITS })).toThrow('Only a senior agent');
  await second.prove('2222');
  expect(second.change({ limits: LIMITS })).toThrow('Only a senior agent');
});

test('the proof is of whoever sits there: it does not go to whoever sits down next', async () => {
  const { desk, mikeId, window } = await setUp();
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  desk.run(setPin, { agentId: mikeId, hash: await hashPin('2222'), saidBy: { agentId: null } });
  desk.run(setRole, { agentId: mikeId, role: 'senior', saidBy: { agentId: null } });
  const first = window(1);
  await first.prove('4711');
  await first.sitDown(mikeId, '2222');
  await expect(first.prove('4711')).rejects.toThrow('not right');
  expect(first.change({ limits: LIMITS })).not.toThrow();
  await first.sitDown(null, '4711');
  expect(first.change({ limits: LIMITS })).not.toThrow();
});

test('guessing by it is slowed down as everywhere a PIN is asked for', async () => {
  const { desk, window } = await setUp();
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  const first = window(1);
  for (let i = 0; i < 5; i += 1) await expect(first.prove('1111')).rejects.toThrow('not right');
  await expect(first.prove('4711')).rejects.toThrow('Too many wrong PINs');
  desk.clock.advance(60_000);
  await first.prove('4711');
  expect(first.change({ limits: LIMITS })).not.toThrow();
});
