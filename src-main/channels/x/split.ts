import { twitterText } from './library.ts';
import { limits } from './prices.ts';
import { weightOf } from './weigh.ts';

/** A stretch of the text as it was written, and what of it is posted. All stretches joined are the text. */
export interface PostPart { source: string; text: string; weight: number }

export interface SplitOptions {
  /** The first part answers somebody: these @names weigh nothing at its beginning. */
  leading: readonly string[];
  /** Each part ends with its number: "2/3". */
  isNumbered: boolean;
  /** This much at the end (initials) never begins a part. */
  keepTogether?: number;
}

/** A sentence or paragraph ends a part only if this much of it is filled; else words run on. */
const FILLED = 0.5;

/**
 * Cuts a text into posts X takes: after a paragraph or sentence where the part is well filled, else between words, and inside a word only
 * where nothing else fits; never inside a link, an @name or what people see as one letter. Pure.
 */
export function splitPost(text: string, options: SplitOptions): PostPart[] {
  const part = (source: string, shown: string, i: number): PostPart => ({ source, text: shown, weight: weightOf(shown, i === 0 ? options.leading : []) });
  if (weightOf(text, options.leading) <= limits.postWeight) return [part(text, text.trim(), 0)];
  if (!options.isNumbered) return cut(text, options, () => '').map((source, i) => part(source, source.trim(), i));
  // The numbers take room, and their room depends on how many parts there are.
  for (let digits = 1; ; digits += 1) {
    const widest = '9'.repeat(digits);
    const sources = cut(text, options, () => ` ${widest}/${widest}`);
    if (String(sources.length).length > digits) continue;
    return sources.map((source, i) => part(source, `${source.trim()} ${i + 1}/${sources.length}`, i));
  }
}

function cut(text: string, { leading, keepTogether = 0 }: SplitOptions, number: () => string): string[] {
  const end = text.trimEnd().length;
  const borders = bordersOf(text, keepTogether === 0 ? end : end - keepTogether - 1);
  const sources: string[] = [];
  let from = 0;
  while (from < text.length) {
    const start = from;
    const weigh = (to: number): number => weightOf(text.slice(start, to).trim() + number(), start === 0 ? leading : []);
    const to = weigh(text.length) <= limits.postWeight ? text.length : nextCut(text, start, borders, (end) => weigh(end) <= limits.postWeight);
    sources.push(text.slice(start, to));
    from = to;
  }
  return sources;
}

function nextCut(text: string, from: number, borders: Borders, fits: (to: number) => boolean): number {
  const word = farthest(borders.words, from, fits);
  const reach = word ?? from;
  for (const better of [borders.paragraphs, borders.sentences]) {
    const found = farthest(better, from, fits);
    if (found !== null && found - from >= (reach - from) * FILLED) return found;
  }
  if (word !== null) return word;
  // One word fills more than a post.
  const letter = farthest(borders.letters, from, fits) ?? farthest(everyLetter(text), from, fits);
  return letter ?? from + ([...text.slice(from)][0]?.length ?? 1);
}

/** The farthest border behind `from` that fits. What fits up to a border fits up to every nearer one. */
function farthest(borders: readonly number[], from: number, fits: (to: number) => boolean): number | null {
  let low = borders.findIndex((at) => at > from);
  if (low === -1) return null;
  let high = borders.length - 1;
  let best: number | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = borders[middle] ?? from;
    if (fits(at)) {
      best = at;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

interface Borders { paragraphs: number[]; sentences: number[]; words: number[]; letters: number[] }

const segmenters = { sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }), word: new Intl.Segmenter(undefined, { granularity: 'word' }), grapheme: new Intl.Segmenter(undefined, { granularity: 'grapheme' }) };

const startsOf = (kind: keyof typeof segmenters, text: string): number[] => [...segmenters[kind].segment(text)].map((one) => one.index);

/** Where a part may begin, before `end`. */
function bordersOf(text: string, end: number): Borders {
  const closed = twitterText().extractEntitiesWithIndices(text).filter((entity) => !('hashtag' in entity)).map((entity) => entity.indices);
  const letters = new Set(startsOf('grapheme', text));
  const isOpen = (at: number): boolean => at > 0 && at < end && letters.has(at) && !closed.some(([from, to]) => at > from && at < to);
  const only = (borders: readonly number[]): number[] => borders.filter(isOpen);
  // A part begins with a word, not with the blank or the full stop before it.
  const words = startsOf('word', text).filter((at) => isBetweenWords(text, at));
  return { paragraphs: only([...text.matchAll(/\n\s*(?=\S)/gu)].map((found) => found.index + found[0].length)), sentences: only(startsOf('sentence', text)), words: only(words), letters: only([...letters]) };
}

/** Where words are written apart, they are cut at blanks; scripts without blanks are cut where a word begins. */
function isBetweenWords(text: string, at: number): boolean {
  const [before, after] = [text.slice(0, at).at(-1) ?? '', text.slice(at)];
  if (/\s/u.test(before)) return /^\S/u.test(after);
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(after);
}

const everyLetter = (text: string): number[] => startsOf('grapheme', text).filter((at) => at > 0);
