import type { CannedHit, CannedResponse, CannedTexts, ComposerMode, Settings } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb } from '../../store/index.ts';
import { blanksOf, expandCanned } from './expand.ts';
import { findCanned } from './find.ts';
import { languageOf, sampleVariables, variablesOf } from './variables.ts';

interface CannedInput { shortcut: string; title: string; folder: string; language: string | null; texts: CannedTexts; attachmentIds: string[] }

/** The words for a channel: its own where it has some. */
export const textFor = (texts: CannedTexts, mode: ComposerMode): string => (mode === 'reply' || mode === 'dm' || mode === 'mail' ? texts[mode] : null) ?? texts.any;

const sizes = (response: CannedInput): void => {
  if (Object.values(response.texts).every((text) => text === null || text.trim() === '')) throw new ParleyError('bad_input', `“${response.shortcut}” has no text.`);
};

/** Makes or changes a response. Two with the same shortcut and language would hide each other: that is a conflict. */
export const saveCanned: Operation<{ id: string; isNew: boolean; response: CannedInput }, void> = {
  name: 'canned.save',
  apply(tx, { id, isNew, response }) {
    sizes(response);
    const twin = tables.cannedIdOf(tx.db, response.shortcut, response.language);
    if (twin !== undefined && twin !== id) throw new ParleyError('conflict', `/${response.shortcut} is there already${response.language === null ? '' : ' in this language'}.`);
    if (!isNew && !tables.cannedById(tx.db, id)) throw new ParleyError('not_found', 'This response was deleted meanwhile.');
    tables.putCanned(tx.db, { id, ...response }, tx.at, tx.agent);
  },
};

export const deleteCanned: Operation<{ cannedId: string }, void> = {
  name: 'canned.delete',
  apply(tx, { cannedId }) {
    if (!tables.deleteCanned(tx.db, cannedId)) throw new ParleyError('not_found', 'This response is not here any more.');
  },
};

/** Takes a list in: the same shortcut and language is changed, everything else added; nothing is deleted. */
export const importCanned: Operation<{ rows: (CannedInput & { newId: string })[] }, { added: number; changed: number }> = {
  name: 'canned.import',
  apply(tx, { rows }) {
    let added = 0;
    for (const { newId, ...row } of rows) {
      const known = tables.cannedIdOf(tx.db, row.shortcut, row.language);
      const before = known === undefined ? undefined : tables.cannedById(tx.db, known);
      tables.putCanned(tx.db, { id: known ?? newId, ...row, attachmentIds: before?.attachments.map((a) => a.id) ?? row.attachmentIds }, tx.at, tx.agent);
      if (known === undefined) added += 1;
    }
    return { added, changed: rows.length - added };
  },
};

/** Counts a use and stages copies of the response's files for the draft; the copies are sent, the originals stay. */
export const useCanned: Operation<{ cannedId: string; fileIds: string[] }, string[]> = {
  name: 'canned.use',
  apply(tx, { cannedId, fileIds }) {
    const canned = tables.cannedById(tx.db, cannedId);
    if (!canned) throw new ParleyError('not_found', 'This response is not here any more.');
    tables.countCannedUse(tx.db, cannedId, tx.at);
    return tables.filesById(tx.db, canned.attachments.map((a) => a.id)).map((file, i) => {
      const id = fileIds[i];
      if (id === undefined) throw new Error('too few ids for the files of a response');
      tables.insertAttachment(tx.db, id, null, file, tx.at);
      return id;
    });
  },
};

interface Place { conversationId: string; mode: ComposerMode }

export function searchCanned(db: ReadDb, place: Place, typed: string, limit: number, now: number): CannedHit[] {
  const language = languageOf(db, place.conversationId);
  const rows = tables.cannedResponses(db).map((response) => ({ ...response, text: textFor(response.texts, place.mode) }));
  const variables = new Map<string | null, ReturnType<typeof variablesOf>>();
  const suggested = tables.ruleMarks(db, place.conversationId, 0).find((mark) => mark.did.cannedId !== null)?.did.cannedId ?? null;
  const found = findCanned(rows, typed, language, limit);
  const first = typed === '' ? rows.find((row) => row.id === suggested) : undefined;
  return (first === undefined ? found : [first, ...found.filter((row) => row !== first)].slice(0, limit)).map((row) => {
    const known = variables.get(row.language) ?? variablesOf(db, place.conversationId, place.mode, row.language, now);
    variables.set(row.language, known);
    const { text, blanks } = expandCanned(row.text, known);
    return { id: row.id, shortcut: row.shortcut, title: row.title, folder: row.folder, language: row.language, text, blanks, attachmentCount: row.attachments.length, isSuggested: row.id === suggested };
  });
}

export const expandHere = (db: ReadDb, { conversationId, mode }: Place, response: CannedResponse, now: number): { text: string; blanks: string[] } =>
  expandCanned(textFor(response.texts, mode), variablesOf(db, conversationId, mode, response.language, now));

export function previewCanned(db: ReadDb, text: string, language: string | null, conversationId: string | null, settings: Settings, now: number): { text: string; blanks: string[]; unknown: string[] } {
  const expanded = expandCanned(text, conversationId === null ? sampleVariables(settings.agentName, settings.agentInitials) : variablesOf(db, conversationId, 'mail', language, now));
  return { ...expanded, blanks: blanksOf(expanded.text) };
}
