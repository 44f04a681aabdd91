import { expect, test } from 'vitest';
import { addAgent, hashPin, setPin } from '../desk/index.ts';
import { openTestDesk } from '../test-desk.ts';
import { createGate } from './gate.ts';

test('a window on the place of an agent with a PIN is told nothing but who there is, until somebody has sat down', async () => {
  const desk = openTestDesk();
  const gate = createGate<string>(() => desk.store.read);
  gate.meet('first', 1);
  expect([gate.isShut('first'), gate.refuses('first', 'app.snapshot')]).toEqual([false, null]);
  const mike = desk.ids.next();
  desk.run(addAgent, { id: mike, seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  // Whoever sits there already has just set it.
  expect(gate.isShut('first')).toBe(false);
  gate.meet('second', 2);
  gate.meet('third', 3);
  expect(['first', 'second', 'third'].map((window) => gate.isShut(window))).toEqual([false, false, true]);
  expect(['agent.list', 'agent.use', 'app.snapshot', 'reply.send', 'customer.export'].map((name) => gate.refuses('third', name as 'agent.list')?.code ?? null)).toEqual([null, null, 'auth_needed', 'auth_needed', 'auth_needed']);
  gate.letIn('third');
  expect(gate.refuses('third', 'app.snapshot')).toBeNull();
  // The window closes and opens again.
  gate.leave('third');
  gate.meet('third', 3);
  expect(gate.isShut('third')).toBe(true);
});
