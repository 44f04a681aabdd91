import { addAgent, agentsOf, checkPin, hashPin, mentionsSeen, seeNotice, setPin, setRole, useSeat } from '../../desk/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { agentOf, by, did, type HandlerContext } from './context.ts';

/** Whose PIN was given and is right. */
export const said = async (c: HandlerContext, given: { agentId: string | null; pin: string } | null): Promise<{ agentId: string | null } | null> =>
  given === null ? null : { agentId: (await checkPin(c.workspace().store, given, by(c))).agentId };

export const agentHandlers = (c: HandlerContext): Pick<Handlers, 'agent.list' | 'agent.add' | 'agent.use' | 'agent.role' | 'agent.pin' | 'agent.prove' | 'notice.seen' | 'mention.seen' | 'window.open'> => ({
  'agent.list': () => ({ agents: agentsOf(c.workspace().store.read).map(({ pinSince: _, ...agent }) => ({ ...agent, isHere: agent.agentId === agentOf(c) })) }),
  'agent.add': async ({ name, initials, senior }) => {
    const saidBy = await said(c, senior);
    const done = did(c, addAgent, { saidBy, id: c.workspace().ids.next(), seat: c.seat, name: name.trim(), initials });
    c.resetWindow();
    return done;
  },
  'agent.use': async ({ agentId, pin }) => {
    const { store } = c.workspace();
    if ((agentId !== agentOf(c) || c.isShut()) && tables.accessOf(store.read, agentId).pin !== null) {
      if (pin === undefined) throw new ParleyError('auth_needed', 'This agent has a PIN.');
      await checkPin(store, { agentId, pin }, by(c));
      c.proof.agentId = agentId;
    }
    const done = did(c, useSeat, { seat: c.seat, agentId });
    c.letIn();
    c.resetWindow();
    return done;
  },
  'agent.role': async ({ senior, ...input }) => did(c, setRole, { ...input, saidBy: await said(c, senior) }),
  'agent.pin': async ({ agentId, pin, old, senior }) => {
    const done = did(c, setPin, { agentId, saidBy: await said(c, old === null ? senior : { agentId, pin: old }), hash: pin === null ? null : await hashPin(pin) });
    // Whoever has just set or changed their own has shown that it is them.
    if (agentId === agentOf(c) && pin !== null) c.proof.agentId = agentId;
    return done;
  },
  'agent.prove': async ({ pin }) => {
    const agentId = agentOf(c);
    await checkPin(c.workspace().store, { agentId, pin }, by(c));
    c.proof.agentId = agentId;
    return {};
  },
  'notice.seen': (input) => did(c, seeNotice, input),
  'mention.seen': (input) => did(c, mentionsSeen, input),
  'window.open': async () => {
    await c.openWindow();
    return {};
  },
});
