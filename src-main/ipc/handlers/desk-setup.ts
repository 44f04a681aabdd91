import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { cannedFromCsv, cannedToCsv, checkDraft, correctRule, deleteCanned, deleteRule, evaluatePost, expandHere, goPrivate, importCanned, limitReading, markOutcome, outcomeReport, previewCanned, previewDue, saveCanned, saveRule, searchCanned, sizeProblem, orderRules, treeProblem, tryRule, unreached, useCanned } from '../../desk/index.ts';
import { errnoOf, ParleyError } from '../../kernel/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, did, settingsNow, type HandlerContext } from './context.ts';
import { saveExport } from './downloads.ts';

type Names =
  | 'desk.evaluate' | 'desk.checkTree' | 'desk.goPrivate' | 'desk.meter' | 'desk.mark' | 'desk.outcomes'
  | 'rule.list' | 'rule.save' | 'rule.delete' | 'rule.order' | 'rule.try' | 'rule.log' | 'rule.here' | 'rule.correct' | 'sla.preview'
  | 'customer.limit' | 'draft.check' | 'canned.list' | 'canned.find' | 'canned.insert' | 'canned.save' | 'canned.delete' | 'canned.preview' | 'canned.importCsv' | 'canned.exportCsv';

const DAY_MS = 86_400_000;
const LOG_SHOWN = 100;
const MAX_CSV_BYTES = 20 * 1024 * 1024;

export async function readList(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_CSV_BYTES) throw new ParleyError('bad_input', `${basename(path)} is too large for such a list. Nothing was imported.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'EISDIR') throw new ParleyError('bad_input', `${basename(path)} is no file that can be read.`);
    throw error;
  }
}

/** What a desk is set up with, and what is asked of it while an answer is written. */
export const deskSetupHandlers = (c: HandlerContext): Pick<Handlers, Names> => {
  const db = () => c.workspace().store.read;
  return {
    'desk.evaluate': (input) => {
      const { seq, value } = act(c, evaluatePost, input);
      return { seq, outcome: value };
    },
    'desk.checkTree': ({ tree }) => ({ problem: treeProblem(tree), unreached: unreached(tree) }),
    'desk.goPrivate': ({ conversationId, reason }) => did(c, goPrivate, { conversationId, reason }),
    'desk.mark': (input) => did(c, markOutcome, input),
    'desk.outcomes': ({ days }) => outcomeReport(tables.outcomeLines(db(), c.clock.now() - days * DAY_MS)),
    'desk.meter': ({ days }) => tables.privacyMeter(db(), c.clock.now() - days * DAY_MS),
    'rule.list': () => ({ rules: tables.rules(db()) }),
    'rule.save': ({ ruleId, ...rule }) => {
      const id = ruleId ?? c.workspace().ids.next();
      return { ...did(c, saveRule, { id, isNew: ruleId === null, ...rule }), ruleId: id };
    },
    'rule.delete': (input) => did(c, deleteRule, input),
    'rule.order': (input) => did(c, orderRules, input),
    'rule.try': (rule) => tryRule(db(), rule),
    'rule.log': ({ ruleId }) => ({ entries: tables.ruleLog(db(), ruleId, LOG_SHOWN) }),
    'rule.here': ({ conversationId }) => ({ entries: tables.ruleMarks(db(), conversationId, 0).slice(0, 10) }),
    'rule.correct': (input) => did(c, correctRule, input),
    'sla.preview': ({ sla }) => previewDue(sla, settingsNow(c).officeZone, c.clock.now()),
    'customer.limit': (input) => did(c, limitReading, input),
    'draft.check': ({ attachmentIds = [], accountId = null, ...draft }) => {
      const { mode } = draft;
      const files = mode === 'note' || mode === 'call' ? null : c.workspace().fileProblem(mode, tables.filesById(db(), attachmentIds));
      const size = mode === 'mail' && accountId !== null ? sizeProblem(draft.text, tables.filesById(db(), attachmentIds), tables.mailLimitOf(db(), accountId)) : null;
      return { problems: [...(size === null ? [] : [size]), ...(files === null ? [] : [{ guard: 'files' as const, what: '', message: files }]), ...checkDraft(draft, settingsNow(c))] };
    },
    'canned.list': () => ({ responses: tables.cannedResponses(db()) }),
    'canned.find': ({ text, limit, ...place }) => ({ hits: searchCanned(db(), place, text, limit, c.clock.now()) }),
    'canned.insert': ({ cannedId, ...place }) => {
      const response = tables.cannedById(db(), cannedId);
      if (!response) throw new ParleyError('not_found', 'This response is not here any more.');
      const { seq, value } = act(c, useCanned, { cannedId, fileIds: response.attachments.map(() => c.workspace().ids.next()) });
      return { seq, text: expandHere(db(), place, response, c.clock.now()).text, attachments: tables.attachmentsById(db(), value) };
    },
    'canned.save': ({ cannedId, response }) => {
      const id = cannedId ?? c.workspace().ids.next();
      return { ...did(c, saveCanned, { id, isNew: cannedId === null, response }), cannedId: id };
    },
    'canned.delete': (input) => did(c, deleteCanned, input),
    'canned.preview': ({ text, language, conversationId }) => previewCanned(db(), text, language, conversationId, settingsNow(c), c.clock.now()),
    'canned.importCsv': async ({ path }) => {
      const { rows, problems } = cannedFromCsv(await readList(path));
      const { seq, value } = act(c, importCanned, { rows: rows.map((row) => ({ ...row, newId: c.workspace().ids.next() })) });
      return { seq, ...value, problems };
    },
    'canned.exportCsv': async () => ({ path: await saveExport(c, 'canned-responses.csv', cannedToCsv(tables.cannedResponses(db()))) }),
  };
};
