import type { Scenario } from '../../../src-preload/contract/index.ts';
import { lazy } from '../../kernel/index.ts';
import { findUrgentWord } from '../urgent-words.ts';

export interface MessageFacts { text: string; language: string | null; channel: 'x' | 'email' | 'phone' | 'note' }
export interface Fit { scenario: Scenario; words: string[] }

/** The scenarios that fit a message, the one with the most of its words first; language and channel only ever rule one out. */
export function fitScenarios(scenarios: readonly Scenario[], facts: MessageFacts): Fit[] {
  return scenarios
    .filter(({ languages, channels }) => (languages.length === 0 || (facts.language !== null && languages.includes(facts.language))) && (channels.length === 0 || channels.some((channel) => channel === facts.channel)))
    .map((scenario) => ({ scenario, words: scenario.words.filter((word) => findUrgentWord(facts.text, [word]) !== null) }))
    .filter(({ words }) => words.length > 0)
    .toSorted((a, b) => b.words.length - a.words.length || longest(b.words) - longest(a.words));
}
const longest = (words: readonly string[]): number => Math.max(...words.map((word) => word.length));

const sentences = lazy(() => new Intl.Segmenter(undefined, { granularity: 'sentence' }));

/** As many whole sentences as fit; the first one is kept even when it is too long: a cut sentence would say something else, and the counter tells. */
export function shortForm(text: string, most: number): string {
  const line = text.replace(/\s*\n+\s*/g, ' ').trim();
  if (line.length <= most) return line;
  let kept = '';
  for (const { segment } of sentences().segment(line)) {
    if (kept !== '' && (kept + segment).trimEnd().length > most) break;
    kept += segment;
  }
  return kept.trim();
}
