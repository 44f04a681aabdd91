import { addAgent, agentsOf, seeNotice, useSeat } from '../../desk/index.ts';
import type { Handlers } from '../router.ts';
import { agentOf, did, type HandlerContext } from './context.ts';

export const agentHandlers = (c: HandlerContext): Pick<Handlers, 'agent.list' | 'agent.add' | 'agent.use' | 'notice.seen' | 'window.open'> => ({
  'agent.list': () => ({ agents: agentsOf(c.workspace().store.read).map((agent) => ({ ...agent, isHere: agent.agentId === agentOf(c) })) }),
  'agent.add': ({ name, initials }) => {
    const done = did(c, addAgent, { id: c.workspace().ids.next(), seat: c.seat, name: name.trim(), initials });
    c.resetWindow();
    return done;
  },
  'agent.use': ({ agentId }) => {
    const done = did(c, useSeat, { seat: c.seat, agentId });
    c.resetWindow();
    return done;
  },
  'notice.seen': (input) => did(c, seeNotice, input),
  'window.open': async () => {
    await c.openWindow();
    return {};
  },
});
