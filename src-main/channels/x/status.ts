import type { ConnectionStatus } from '../port.ts';
import type { XProblem } from './errors.ts';

/** A problem of reading as the account row shows it. Pure. `retryAt` is when we try again. */
export function statusOf(problem: XProblem, retryAt: number): ConnectionStatus {
  const base = { status: problem.sentence, retryAt, progress: null };
  switch (problem.code) {
    case 'over_limit': return { ...base, state: 'paused' };
    case 'sign_in_needed': return { ...base, state: 'sign_in_needed' };
    case 'client_not_enrolled': case 'missing_scope': case 'not_found': case 'refused': return { ...base, state: 'failed' };
    default: return { ...base, state: 'waiting' };
  }
}

/** Connected, with what is amiss beside it; as whom is the account's own name. Pure. */
export const liveStatus = (notes: readonly string[]): ConnectionStatus => ({ state: 'live', status: notes.join(' '), retryAt: null, progress: null });

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export const holeNote = (hole: { from: number; to: number }): string =>
  `Mentions between ${day(hole.from)} and ${day(hole.to)} UTC are missing: X shows the newest 800, and its search reaches back seven days; look for them on x.com.`;
