import type { ComposerMode, DraftProblem, Settings } from '../../../src-preload/contract/index.ts';
import { blanksOf } from '../canned/expand.ts';
import { findUrgentWord } from '../urgent-words.ts';
import { findPrivateData, type Finding } from './private-data.ts';

const SENTENCE: Record<Finding['guard'], (what: string) => string> = {
  card: (what) => `A card number (${what}) must not stand in public.`,
  iban: (what) => `An IBAN (${what}) must not stand in public.`,
  account: (what) => `A number that looks like an account’s (${what}) must not stand in public.`,
  asks: (what) => `“${what}” must not be asked for in public.`,
};

/** What stops a draft from being sent, worst first. Product lines D18, D26, U17. Notes and calls stay with the team and are not looked at. */
export function checkDraft(draft: { mode: ComposerMode; text: string }, settings: Pick<Settings, 'watchWords'>): DraftProblem[] {
  if (draft.mode === 'note' || draft.mode === 'call') return [];
  const problems: DraftProblem[] = blanksOf(draft.text).slice(0, 1).map((what) => ({ guard: 'blank', what, message: `“${what}” is still to be filled in.` }));
  if (draft.mode !== 'reply' && draft.mode !== 'post') return problems;
  problems.unshift(...findPrivateData(draft.text).map(({ guard, what }) => ({ guard, what, message: SENTENCE[guard](what) })));
  const watched = findUrgentWord(draft.text, settings.watchWords);
  if (watched !== null) problems.push({ guard: 'watch', what: watched, message: `“${watched}” is on the team’s watch list. Read it once more.` });
  return problems;
}
