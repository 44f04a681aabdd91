import { expect, test } from 'vitest';
import { openTestDesk } from '../test-desk.ts';
import { createCallShortcut, keysProblem } from './index.ts';

test.each([
  ['CommandOrControl+Shift+F9', null], ['Control+Alt+L', null], ['F9', null], ['Shift+F9', null],
  ['Shift+L', /missing everywhere else/], ['L', /missing everywhere else/], ['Control+Control+L', /no keys/], ['Control', /no keys/], ['Control+é', /no keys/], ['', /no keys/],
] as const)('the keys "%s" can be asked for, or one sentence says why not', (keys, problem) => {
  if (problem === null) expect(keysProblem(keys)).toBeNull();
  else expect(keysProblem(keys)).toMatch(problem);
});

test('keys are kept once the system gives them; refused ones leave those before in place, and none is a choice', async () => {
  const desk = openTestDesk();
  const asked: (string | null)[] = [];
  const open = () => createCallShortcut(() => desk.store, async (keys) => (asked.push(keys), keys === 'Control+Alt+T' ? 'Another program has them.' : null));
  const shortcut = open();
  const by = { at: desk.clock.now(), agent: 'RB' };
  await shortcut.apply();
  expect(shortcut.state()).toEqual({ keys: 'CommandOrControl+Shift+F9', problem: null });
  expect(await shortcut.save('Control+Alt+L', by)).toMatchObject({ shortcut: { keys: 'Control+Alt+L', problem: null } });
  await expect(shortcut.save('Control+Alt+T', by)).rejects.toMatchObject({ code: 'refused', message: 'Another program has them.' });
  expect(asked).toEqual(['CommandOrControl+Shift+F9', 'Control+Alt+L', 'Control+Alt+T', 'Control+Alt+L']);
  await shortcut.save(null, by);
  const again = open();
  await again.apply();
  expect([again.state(), asked.at(-1)]).toEqual([{ keys: null, problem: null }, null]);
});
