import type { ComposerMode, SuggestionHit } from '../../../src-preload/contract/index.ts';
import { tables, type AnsweredBefore, type ReadDb, type Similar } from '../../store/index.ts';
import { namesOf } from '../canned/expand.ts';
import { expandHere } from '../canned/operations.ts';
import { languageOf } from '../canned/variables.ts';
import { newestTurns } from '../turns.ts';
import { waitingTurns } from '../waiting.ts';
import { generalise } from './generalise.ts';
import { rankSuggestions } from './rank.ts';

/** Letters of the waiting messages that are looked at: the newest say what is wanted. */
const MOST_LETTERS = 4_000;
const SHOWN = 3;
export const SUGGEST_FROM_MS = 365 * 86_400_000;

export interface Asked { text: string; inPublic: boolean; firstId: number; firstAt: number }

/** What waits for an answer here; null when nothing does. */
export function askedHere(db: ReadDb, conversationId: string): Asked | null {
  const waiting = waitingTurns(newestTurns(db, conversationId)).filter((turn) => turn.kind !== 'call');
  const first = waiting.at(-1);
  if (first === undefined) return null;
  const text = waiting.map((turn) => `${turn.subject ?? ''}\n${turn.text}`).join('\n').slice(0, MOST_LETTERS);
  return { text, inPublic: waiting[0]?.kind === 'post', firstId: first.id, firstAt: first.at };
}

/** Puts what was found into words for this customer and this channel. */
export function suggestionsFor(db: ReadDb, place: { conversationId: string; mode: ComposerMode }, asked: Asked, similar: Similar, now: number): SuggestionHit[] {
  const language = languageOf(db, place.conversationId);
  const core = tables.conversationCore(db, place.conversationId);
  const customer = core && tables.customerRow(db, core.customerId);
  const firstName = namesOf(customer?.name ?? '', customer?.is_named === 1).first;
  const rank = (of: string | null): number => (of === null || of === language ? 0 : 1);
  const general = new Map<number, string>();
  const generalOf = (pair: AnsweredBefore): string => {
    const known = general.get(pair.answerId) ?? generalise(pair.answer, pair, { firstName });
    general.set(pair.answerId, known);
    return known;
  };
  const responses = tables.cannedResponses(db).filter((row) => language === null || row.language === null || row.language === language);
  const hits = rankSuggestions({
    similar, askedInPublic: asked.inPublic, limit: SHOWN, general: generalOf,
    canned: responses.map((row) => ({ id: row.id, title: row.title, folder: row.folder, shortcut: row.shortcut, uses: row.uses, rank: rank(row.language), text: row.texts.any })),
    faqs: tables.faqs(db).filter((row) => language === null || row.language === null || row.language === language).map((row) => ({ ...row, rank: rank(row.language) })),
  });
  return hits.map((hit) => {
    const response = hit.type === 'canned' ? responses.find((row) => row.id === hit.cannedId) : undefined;
    return response === undefined ? hit : { ...hit, text: expandHere(db, place, response, now).text } as SuggestionHit;
  });
}
