import type { Clock } from '../../kernel/index.ts';
import { tables, type Operation, type Store } from '../../store/index.ts';
import { decideClaim } from './lease.ts';
import { assign, claim, keepClaim, leaseMs, leaseOf, release } from './operations.ts';

export interface Claimed {
  /** Of the operation that holds it. */
  seq: number;
}

/**
 * Who may answer in which conversation. One desk asks its own database; several desks ask the place they share, which is why every answer
 * is a promise and why nobody else in the console writes an owner on behalf of a person.
 */
export interface ClaimAuthority {
  /** Throws `conflict` with `detail.owner` when somebody else has it and it is not taken over. `word` goes to whoever loses it. */
  claim(agent: string, conversationId: string, how: { takeOver: boolean; word: string | null }): Promise<Claimed>;
  release(agent: string, conversationId: string): Promise<Claimed>;
  /** Gives it to somebody for good; an empty owner gives it to everybody. */
  assign(agent: string, conversationId: string, to: { owner: string; word: string | null }): Promise<Claimed>;
  /** Said again and again while the conversation is on the agent's screen. */
  keep(agent: string, conversationId: string): Promise<Claimed>;
}

/** The authority of a desk that shares its conversations with nobody but its own windows. */
export function localClaims({ store, clock }: { store: Store; clock: Clock }): ClaimAuthority {
  const run = async <A>(operation: Operation<A, void>, args: A, agent: string): Promise<Claimed> => ({ seq: store.run(operation, args, { at: clock.now(), agent }).seq });
  return {
    claim: (agent, conversationId, how) => run(claim, { conversationId, ...how }, agent),
    release: (agent, conversationId) => run(release, { conversationId }, agent),
    assign: (agent, conversationId, to) => run(assign, { conversationId, ...to }, agent),
    async keep(agent, conversationId) {
      const core = tables.conversationCore(store.read, conversationId);
      // Asked every minute by every window: most times there is nothing to write.
      const isNothing = core === undefined || core.state === 'merged' || decideClaim(leaseOf(core), { type: 'keep' }, { agent, at: clock.now(), leaseMs: leaseMs(store.read) }).type === 'nothing';
      return isNothing ? { seq: store.seq() } : run(keepClaim, { conversationId }, agent);
    },
  };
}
