import { addAgent, agentsOf, checkPin, hashPin, mayRule, seeNotice, setPin, setRole, useSeat } from '../../desk/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { agentOf, by, did, type HandlerContext } from './context.ts';

export const agentHandlers = (c: HandlerContext): Pick<Handlers, 'agent.list' | 'agent.add' | 'agent.use' | 'agent.role' | 'agent.pin' | 'notice.seen' | 'window.open'> => ({
  'agent.list': () => ({ agents: agentsOf(c.workspace().store.read).map((agent) => ({ ...agent, isHere: agent.agentId === agentOf(c) })) }),
  'agent.add': ({ name, initials }) => {
    const done = did(c, addAgent, { id: c.workspace().ids.next(), seat: c.seat, name: name.trim(), initials });
    c.resetWindow();
    return done;
  },
  'agent.use': async ({ agentId, pin }) => {
    const { store } = c.workspace();
    if (agentId !== agentOf(c) && tables.accessOf(store.read, agentId).pin !== null) {
      if (pin === undefined) throw new ParleyError('auth_needed', 'This agent has a PIN.');
      await checkPin(store, { agentId, pin }, by(c));
    }
    const done = did(c, useSeat, { seat: c.seat, agentId });
    c.resetWindow();
    return done;
  },
  'agent.role': (input) => did(c, setRole, { ...input, byId: agentOf(c) }),
  'agent.pin': async ({ agentId, pin, old }) => {
    const { store } = c.workspace();
    const isForgotten = pin === null && agentId !== agentOf(c) && tables.accessOf(store.read, agentOf(c)).role === 'senior';
    if (tables.accessOf(store.read, agentId).pin !== null && !isForgotten) {
      if (old === null) throw new ParleyError('auth_needed', 'The present PIN is needed.');
      await checkPin(store, { agentId, pin: old }, by(c));
    } else if (pin !== null && agentId !== agentOf(c) && !mayRule(store.read, agentOf(c))) throw new ParleyError('refused', 'A PIN is set by its own agent.');
    return did(c, setPin, { agentId, hash: pin === null ? null : await hashPin(pin) });
  },
  'notice.seen': (input) => did(c, seeNotice, input),
  'window.open': async () => {
    await c.openWindow();
    return {};
  },
});
