import { askedHere, deleteFaq, faqFromCsv, faqToCsv, findFaq, importFaq, languageOf, saveFaq, suggestionsFor, SUGGEST_FROM_MS, useFaq } from '../../desk/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, did, type HandlerContext } from './context.ts';
import { readList } from './desk-setup.ts';
import { saveExport } from './downloads.ts';

type Names = 'faq.list' | 'faq.find' | 'faq.use' | 'faq.save' | 'faq.delete' | 'faq.importCsv' | 'faq.exportCsv' | 'suggest.find';

export const suggestHandlers = (c: HandlerContext): Pick<Handlers, Names> => {
  const db = () => c.workspace().store.read;
  return {
    'faq.list': () => ({ pages: tables.faqs(db()) }),
    'faq.find': ({ conversationId, text, limit }) => ({ pages: findFaq(tables.faqs(db()), text, languageOf(db(), conversationId), limit) }),
    'faq.use': (input) => did(c, useFaq, input),
    'faq.save': ({ faqId, page }) => {
      const id = faqId ?? c.workspace().ids.next();
      return { ...did(c, saveFaq, { id, isNew: faqId === null, page: { ...page, title: page.title.trim(), words: page.words.trim() } }), faqId: id };
    },
    'faq.delete': (input) => did(c, deleteFaq, input),
    'faq.importCsv': async ({ path }) => {
      const { rows, problems } = faqFromCsv(await readList(path));
      const { seq, value } = act(c, importFaq, { rows: rows.map((row) => ({ ...row, newId: c.workspace().ids.next() })) });
      return { seq, ...value, problems };
    },
    'faq.exportCsv': async () => ({ path: await saveExport(c, 'help-pages.csv', faqToCsv(tables.faqs(db()))) }),
    'suggest.find': async (place) => {
      const started = performance.now();
      const asked = askedHere(db(), place.conversationId);
      if (asked === null) return { hits: [], tookMs: performance.now() - started };
      const similar = await c.workspace().reader.similar({ text: asked.text, since: c.clock.now() - SUGGEST_FROM_MS, notAfter: asked.firstAt });
      return { hits: suggestionsFor(db(), place, asked, similar, c.clock.now()), tookMs: performance.now() - started };
    },
  };
};
