import type { ComposerMode } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Tx } from '../store/index.ts';
import { claimToSend } from './claims/index.ts';
import { competitorAmong, competitorSentence } from './guards/competitors.ts';
import { checkDraft } from './guards/check-draft.ts';

/**
 * The last word on whether a text leaves, in the transaction that would let it: nobody else's claim is answered in while claims are
 * enforced, no blank is left open, nothing private stands or is asked for in public, and watched words were read once more.
 */
export function assertMaySend(tx: Tx, a: { conversationId: string; mode: ComposerMode; text: string; readAgain: boolean }): void {
  claimToSend(tx, a.conversationId);
  assertMaySay(tx, a);
}

/** The same about the words alone: whoever looks at a guest's answer does not take the conversation. */
export function assertMaySay(tx: Tx, a: { conversationId: string; mode: ComposerMode; text: string; readAgain: boolean }): void {
  const settings = tables.settingsOf(tx.db);
  const core = a.mode === 'reply' ? tables.conversationCore(tx.db, a.conversationId) : undefined;
  const rival = core === undefined ? null : competitorAmong(tables.identitiesOf(tx.db, core.customerId), settings.competitors);
  if (rival !== null) throw new ParleyError('refused', competitorSentence(rival));
  const [problem] = checkDraft(a, settings).filter(({ guard }) => guard !== 'watch' || !a.readAgain);
  if (problem) throw new ParleyError('guarded', problem.message, { detail: { guard: problem.guard, what: problem.what } });
}
