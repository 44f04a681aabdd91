import type { SuggestionHit } from '../../../src-preload/contract/index.ts';
import { indexedWords, type AnsweredBefore, type Similar } from '../../store/index.ts';

export interface Rankable {
  /** What the customer asks, in the words of the index. */
  similar: Similar;
  canned: readonly { id: string; title: string; folder: string; shortcut: string; rank: number; text: string; uses: number }[];
  faqs: readonly { id: string; title: string; words: string; url: string; rank: number; uses: number }[];
  /** An earlier answer as it could go to this customer. */
  general(pair: AnsweredBefore): string;
  /** It was asked where everybody reads it. */
  askedInPublic: boolean;
  limit: number;
}

/** A question shares at least this part of what the words say; one that was answered only once must be nearly the same to be worth a look. */
const LIKE = 0.34;
const LIKE_ONCE = 0.5;
/** A page or response names only some of what is asked, and is short. */
const FITS = 0.25;
/** Two answers with this part of their words in common are one way to answer. */
const SAME = 0.6;
/** Words that stand in most messages say nothing at all. */
const SAYS_NOTHING = 0.9;
const MOST_WORDS_OF_ANSWER = 200;

/** What `words` have in common with what is asked: how many words, how much these say, and how much all of it says. */
function common(weights: Readonly<Record<string, number>>, words: ReadonlySet<string>): { hits: number; both: number; whole: number; least: number } {
  const found = { hits: 0, both: 0, whole: 0, least: 0 };
  for (const [word, weight] of Object.entries(weights)) {
    if (weight < SAYS_NOTHING) continue;
    found.whole += weight;
    found.least = Math.min(2, found.least + 1);
    if (!words.has(word)) continue;
    found.both += weight;
    found.hits += 1;
  }
  return found;
}

/** Which part of what is asked `words` speaks of; 0 when it is one word. */
function share(weights: Readonly<Record<string, number>>, words: ReadonlySet<string>): number {
  const { hits, both, whole, least } = common(weights, words);
  return whole === 0 || hits < least ? 0 : both / whole;
}

/** How well a short text fits what is asked, whose words count as much as an average word asked. */
function fitOf(weights: Readonly<Record<string, number>>, words: ReadonlySet<string>): number {
  const { hits, both, whole } = common(weights, words);
  if (hits < 2) return 0;
  const average = both / hits;
  return both / Math.sqrt(whole * (both + average * (words.size - hits)));
}

/** Responses and frequent answers are the same at every question; cutting them into words costs more than comparing. */
const cut = new Map<string, ReadonlySet<string>>();
const MOST_KEPT = 4_000;
function setOf(text: string): ReadonlySet<string> {
  const known = cut.get(text);
  if (known !== undefined) return known;
  if (cut.size >= MOST_KEPT) cut.clear();
  const made = new Set(indexedWords(text.replace(/\[\[[^[\]\n]{1,80}\]\]/gu, ' ')).slice(0, MOST_WORDS_OF_ANSWER));
  cut.set(text, made);
  return made;
}

/** How much of the smaller of two texts stands in the other, and of the larger. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const word of a) if (b.has(word)) both += 1;
  return both / Math.max(a.size, b.size);
}

interface Group { score: number; times: number; newest: AnsweredBefore; words: ReadonlySet<string>; cannedId: string | null }

/** What could be answered, best first: what answered the like before, then responses and help pages whose words fit. Product lines D14, D23. */
export function rankSuggestions({ similar, canned, faqs, general, askedInPublic, limit }: Rankable): SuggestionHit[] {
  const cannedWords = canned.map((row) => ({ row, words: setOf(row.text) }));
  const groups: Group[] = [];
  for (const pair of similar.pairs) {
    const fit = share(similar.weights, new Set(pair.questionWords));
    if (fit < LIKE) continue;
    const words = setOf(general(pair));
    if (words.size === 0) continue;
    const known = groups.find((group) => overlap(group.words, words) >= SAME);
    if (known === undefined) {
      const from = cannedWords.map(({ row, words: its }) => ({ row, same: overlap(its, words) })).toSorted((a, b) => b.same - a.same || a.row.rank - b.row.rank)[0];
      groups.push({ score: fit, times: 1, newest: pair, words, cannedId: from !== undefined && from.same >= SAME ? from.row.id : null });
      continue;
    }
    known.times += 1;
    known.score = Math.max(known.score, fit);
    if (pair.answerId > known.newest.answerId) known.newest = pair;
  }
  const scored: { score: number; hit: SuggestionHit }[] = [];
  const timesOf = new Map<string, { times: number; score: number }>();
  for (const group of groups) {
    // Once is an answer, often is how we answer.
    const score = group.score + Math.min(0.4, Math.log2(group.times) * 0.12);
    if (group.times === 1 && group.score < LIKE_ONCE && group.cannedId === null) continue;
    if (group.cannedId === null) scored.push({ score, hit: { type: 'answer', messageId: group.newest.answerId, text: general(group.newest), times: group.times } });
    else {
      const before = timesOf.get(group.cannedId);
      timesOf.set(group.cannedId, { times: group.times + (before?.times ?? 0), score: Math.max(score, before?.score ?? 0) });
    }
  }
  for (const { row } of cannedWords) {
    const used = timesOf.get(row.id);
    const fit = fitOf(similar.weights, setOf(`${row.text} ${row.title} ${row.folder} ${row.shortcut}`));
    if (used === undefined && fit < FITS) continue;
    scored.push({ score: Math.max(fit, (used?.score ?? 0) + (used === undefined ? 0 : 0.1)) - row.rank * 0.05, hit: { type: 'canned', cannedId: row.id, title: row.title, text: row.text, times: used?.times ?? 0 } });
  }
  for (const row of faqs) {
    const fit = fitOf(similar.weights, setOf(`${row.title} ${row.words}`));
    if (fit < FITS) continue;
    // What everybody may read is best said where everybody reads it.
    scored.push({ score: fit - row.rank * 0.05 + (askedInPublic ? 0.2 : 0), hit: { type: 'faq', faqId: row.id, title: row.title, text: row.url, inPublic: askedInPublic } });
  }
  return scored.toSorted((a, b) => b.score - a.score || keyOf(a.hit).localeCompare(keyOf(b.hit), 'en')).slice(0, limit).map(({ hit }) => hit);
}

const keyOf = (hit: SuggestionHit): string => (hit.type === 'canned' ? hit.cannedId : hit.type === 'faq' ? hit.faqId : String(hit.messageId));
