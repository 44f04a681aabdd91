import type { EntryKind } from '../../../src-preload/contract/index.ts';
import type { ReadDb } from '../db.ts';
import { firstIdAt } from '../message-id.ts';
import { normaliseForSearch } from '../normalise.ts';

export interface SimilarRequest {
  /** What the customer asks now. */
  text: string;
  /** Nothing older counts (ms UTC). */
  since: number;
  /** The messages asked about themselves. */
  notAfter: number;
}

/** Something asked before, and what we answered to it. */
export interface AnsweredBefore {
  questionId: number;
  /** Its words as the index has them, cut here so that the thread that answers keys need not. */
  questionWords: string[];
  answerId: number;
  answer: string;
  answerKind: EntryKind;
  /** The customer it went to, whose name stands in it. */
  customerName: string;
}

export interface Similar {
  /** Words of the question by how much they say: a word half the messages have says little. */
  weights: Record<string, number>;
  pairs: AnsweredBefore[];
}

/** Words looked at, hits counted for one word, hits ranked in all, questions whose answer is read. */
const MOST_WORDS = 24;
const MOST_COUNTED = 1_000;
const MOST_RANKED = 2_000;
const MOST_QUESTIONS = 30;
/** On a new desk every word is in a large part of the few messages; it is weighed as if there were this many. */
const FEW = 50;
const UNHEARD = 1;
const ANSWERED_WITHIN_MS = 14 * 86_400_000;
const SEPARATOR = /[^\p{L}\p{M}\p{N}\p{Co}]+/u;
const NOISE = /\bhttps?:\/\/\S+|[@#][\p{L}\p{M}\p{N}_]+|\S+@\S+/giu;

/** The words of a text as the index has them; links, handles and addresses say nothing about what is asked. */
export const indexedWords = (text: string): string[] =>
  [...new Set(normaliseForSearch(text).replace(NOISE, ' ').toLowerCase().normalize('NFD').replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1').normalize('NFC').split(SEPARATOR))].filter((word) => [...word].length > 1 && !/^\d+$/.test(word));

/** Questions like this one, best first, with our answer to each; only messages that the index finds by the words that say most are ranked. */
export function similarQuestions(db: ReadDb, { text, since, notAfter }: SimilarRequest): Similar {
  const from = firstIdAt(since);
  const to = firstIdAt(notAfter);
  const words = indexedWords(text).slice(0, MOST_WORDS);
  if (words.length === 0) return { weights: {}, pairs: [] };
  const all = Math.max(FEW, messagesBetween(db, from, to));
  const counted = words.map((word) => {
    const { n: hits, oldest } = db.get<{ n: number; oldest: number | null }>('SELECT count(*) AS n, min(rowid) AS oldest FROM (SELECT rowid FROM message_typing WHERE message_typing MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?)', `"${word}"`, from, to, MOST_COUNTED) ?? { n: 0, oldest: null };
    // A word nobody has used yet cannot be compared: it must not outweigh those that can.
    return { word, hits, oldest: oldest ?? from, weight: hits === 0 ? UNHEARD : Math.log(1 + all / (hits + 1)) };
  });
  const weights = Object.fromEntries(counted.map(({ word, weight }) => [word, weight]));
  const telling: string[] = [];
  let ranked = 0;
  let rankedFrom = from;
  for (const { word, hits, oldest } of counted.filter((one) => one.hits > 0).toSorted((a, b) => a.hits - b.hits)) {
    if (telling.length > 0 && (ranked + hits > MOST_RANKED || hits === MOST_COUNTED)) break;
    // Where even the rarest word is everywhere, the newest of its hits are enough.
    if (hits === MOST_COUNTED) rankedFrom = oldest;
    telling.push(`"${word}"`);
    ranked += hits;
  }
  if (telling.length === 0) return { weights, pairs: [] };
  const found = db.all<{ id: number }>(
    `SELECT f.rowid AS id FROM (SELECT rowid, rank FROM message_index WHERE message_index MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rank LIMIT ?) f
     CROSS JOIN message m ON m.id = f.rowid WHERE m.direction = 'inbound' AND m.kind IN ('post', 'dm', 'mail') AND m.deleted_at IS NULL ORDER BY f.rank LIMIT ?`,
    telling.join(' OR '), rankedFrom, to, MOST_QUESTIONS * 4, MOST_QUESTIONS,
  );
  return { weights, pairs: found.flatMap(({ id }) => answerTo(db, id) ?? []) };
}

/** The first thing we wrote after a question and soon, if it truly left. */
function answerTo(db: ReadDb, questionId: number): AnsweredBefore | undefined {
  const row = db.get<{ question: string; at: number; answer_id: number; answer: string; kind: EntryKind; answered_at: number; name: string }>(
    `SELECT q.text AS question, q.at, a.id AS answer_id, coalesce(a.shown_text, a.text) AS answer, a.kind, a.at AS answered_at, c.name
     FROM message q JOIN message a ON a.conversation_id = q.conversation_id JOIN conversation v ON v.id = q.conversation_id JOIN customer c ON c.id = v.customer_id
     WHERE q.id = ? AND a.id > q.id AND a.direction = 'outbound' AND a.kind IN ('post', 'dm', 'mail') AND a.deleted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = a.id AND o.state <> 'sent')
     ORDER BY a.id LIMIT 1`, questionId,
  );
  if (row === undefined || row.answered_at - row.at > ANSWERED_WITHIN_MS || row.answer.trim() === '') return undefined;
  return { questionId, questionWords: indexedWords(row.question), answerId: row.answer_id, answer: row.answer, answerKind: row.kind, customerName: row.name };
}

const counts = new WeakMap<ReadDb, { n: number; asked: number }>();
const COUNT_AGAIN_AFTER = 200;

/** How many messages there are to compare with; a word's weight hardly moves with it, so it is counted anew only now and then. */
function messagesBetween(db: ReadDb, from: number, to: number): number {
  const known = counts.get(db);
  if (known !== undefined && known.asked < COUNT_AGAIN_AFTER) {
    known.asked += 1;
    return known.n;
  }
  const n = db.get<{ n: number }>('SELECT count(*) AS n FROM message WHERE id >= ? AND id < ?', from, to)?.n ?? 0;
  counts.set(db, { n, asked: 0 });
  return n;
}
