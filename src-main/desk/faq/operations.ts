import type { Faq } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation } from '../../store/index.ts';

type FaqInput = Pick<Faq, 'title' | 'url' | 'words' | 'language'>;

export const saveFaq: Operation<{ id: string; isNew: boolean; page: FaqInput }, void> = {
  name: 'faq.save',
  apply(tx, { id, isNew, page }) {
    const twin = tables.faqIdOf(tx.db, page.url, page.language);
    if (twin !== undefined && twin !== id) throw new ParleyError('conflict', 'This address is in the list already.');
    if (!isNew && !tables.faqById(tx.db, id)) throw new ParleyError('not_found', 'This help page was deleted meanwhile.');
    tables.putFaq(tx.db, { id, ...page }, tx.at, tx.agent);
  },
};

export const deleteFaq: Operation<{ faqId: string }, void> = {
  name: 'faq.delete',
  apply(tx, { faqId }) {
    if (!tables.deleteFaq(tx.db, faqId)) throw new ParleyError('not_found', 'This help page is not here any more.');
  },
};

/** Takes a list in: the same address and language is changed, everything else added; nothing is deleted. */
export const importFaq: Operation<{ rows: (FaqInput & { newId: string })[] }, { added: number; changed: number }> = {
  name: 'faq.import',
  apply(tx, { rows }) {
    let added = 0;
    for (const { newId, ...page } of rows) {
      const known = tables.faqIdOf(tx.db, page.url, page.language);
      tables.putFaq(tx.db, { id: known ?? newId, ...page }, tx.at, tx.agent);
      if (known === undefined) added += 1;
    }
    return { added, changed: rows.length - added };
  },
};

export const useFaq: Operation<{ faqId: string }, void> = {
  name: 'faq.use',
  apply(tx, { faqId }) {
    if (!tables.faqById(tx.db, faqId)) throw new ParleyError('not_found', 'This help page is not here any more.');
    tables.countFaqUse(tx.db, faqId, tx.at);
  },
};
