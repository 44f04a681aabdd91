import { assertNever, messageOf } from '../../kernel/index.ts';
import type { OutgoingItem, SendOutcome } from '../port.ts';
import type { XProblem } from './errors.ts';
import { deliver, type XRuntime } from './runtime.ts';
import { priceOf } from './send-prices.ts';
import { hasLink } from './weigh.ts';

/** Answers a post of our own: a later part of several. */
const isContinued = (thread: OutgoingItem['thread']): boolean => (thread?.part ?? 0) > 0;

const refused = (problem: string): SendOutcome => ({ type: 'refused', problem });

/** A problem as the outbox understands it. Pure. */
export function outcomeOf(problem: XProblem, item: Pick<OutgoingItem, 'attempt'>, now: number): SendOutcome {
  const { code, sentence, mayHaveHappened, retryAt } = problem;
  if (mayHaveHappened) return { type: 'unknown', problem: `${sentence} Whether it was sent is being checked.` };
  switch (code) {
    // Sends are asked about before they wait; only reading stops by itself.
    case 'over_limit': return { type: 'retry', waitsFor: 'retry', retryAt, problem: sentence };
    case 'rate_limited': return { type: 'retry', waitsFor: 'rate_limit', retryAt: retryAt ?? now + 60_000, problem: sentence };
    case 'network': case 'stopped': return { type: 'retry', waitsFor: 'network', retryAt, problem: sentence };
    case 'server_error': return { type: 'retry', waitsFor: 'retry', retryAt, problem: sentence };
    case 'sign_in_needed': return { type: 'auth_needed', problem: sentence };
    // On a later attempt this text is most likely our own earlier attempt, which did arrive.
    case 'duplicate': return item.attempt > 1 ? { type: 'unknown', problem: 'X says this text is there already; it is being checked whether it is ours.' } : refused(sentence);
    case 'credits_depleted': case 'not_summoned': case 'too_long': case 'client_not_enrolled': case 'missing_scope':
    case 'dm_not_allowed': case 'not_found': case 'refused': case 'malformed':
      return refused(sentence);
    default: return assertNever(code);
  }
}

/** A failed count must not turn a sent message into anything else. What could not be stored goes with the next batch. */
export async function bill(runtime: XRuntime, { mode, text, thread }: Pick<OutgoingItem, 'mode' | 'text' | 'thread'>): Promise<void> {
  const price = priceOf(mode, hasLink(text), isContinued(thread));
  if (price === null) return;
  runtime.ledger.write(price.action);
  try {
    await deliver(runtime, 'live', [], {});
  } catch (error) {
    runtime.context.log.error('x.spentNotStored', { error: messageOf(error) });
  }
}
