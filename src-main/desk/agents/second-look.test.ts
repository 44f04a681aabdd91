import { expect, test } from 'vitest';
import type { AgentRole } from '../../../src-preload/contract/index.ts';
import type { AgentSeen } from './may-change.ts';
import { needsLook, whyNotLook } from './second-look.ts';

const agent = (role: AgentRole, pinSince: number | null = null, initials = 'MK'): AgentSeen => ({ agentId: 'a', name: 'Mike', initials, role, hasPin: pinSince !== null, pinSince: pinSince ?? 0 });

test.each<[AgentRole, boolean, boolean]>([['guest', true, true], ['guest', false, false], ['agent', true, false], ['senior', true, false]])('a %s with the setting %s needs a second look: %s', (role, isOn, needs) => {
  expect(needsLook(agent(role), isOn)).toBe(needs);
});
test('who is not known needs none: nobody is made a guest by a lost row', () => expect(needsLook(undefined, true)).toBe(false));

const ASKED = 1_000;
test.each<[string, AgentSeen | undefined, boolean, RegExp | null]>([
  ['an agent on a desk where nobody has a PIN', agent('agent'), false, null],
  ['a senior there', agent('senior'), false, null],
  ['a guest', agent('guest'), false, /guest cannot/],
  ['a guest with a PIN', agent('guest', 1), true, /guest cannot/],
  ['whoever asked', agent('agent', 1, 'GG'), true, /Somebody else/],
  ['whoever asked, no guest any more', agent('senior', 1, 'GG'), false, /Somebody else/],
  ['nobody known', undefined, false, /Somebody else/],
  ['an agent without a PIN once a senior has one', agent('agent'), true, /with a PIN/],
  ['a senior without a PIN once another has one', agent('senior'), true, /with a PIN/],
  ['an agent with a PIN from before', agent('agent', ASKED - 1), true, null],
  ['an agent whose PIN came after the question', agent('agent', ASKED), true, /after this was asked for/],
  ['a PIN that is new where none is needed', agent('agent', ASKED + 1), false, null],
])('%s', (_, looker, ruled, problem) => {
  const why = whyNotLook('GG', ASKED, looker, ruled);
  if (problem === null) expect(why).toBeNull();
  else expect(why).toMatch(problem);
});
