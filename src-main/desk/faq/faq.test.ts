import { expect, test } from 'vitest';
import { tables } from '../../store/index.ts';
import { openTestDesk } from '../../test-desk.ts';
import { deleteFaq, faqFromCsv, faqToCsv, findFaq, importFaq, saveFaq, useFaq } from './index.ts';

const page = (title: string, url: string, language: string | null = 'en', words = '') => ({ title, url, words, language });

test('a list of help pages goes out as CSV and comes back the same; bad lines are told, good ones taken', () => {
  const desk = openTestDesk();
  const pages = [page('Return a device', 'https://acme.example/returns', 'en', 'send back, money'), page('=Formula', 'https://acme.example/f', null), page('रिटर्न', 'https://acme.example/returns', 'hi')];
  expect(desk.run(importFaq, { rows: pages.map((one) => ({ ...one, newId: desk.ids.next() })) })).toEqual({ added: 3, changed: 0 });
  const csv = faqToCsv(tables.faqs(desk.store.read));
  expect(csv).toContain("'=Formula");
  const back = faqFromCsv(csv);
  expect(back.problems).toEqual([]);
  expect(back.rows.toSorted((a, b) => a.title.localeCompare(b.title))).toEqual(pages.toSorted((a, b) => a.title.localeCompare(b.title)));
  expect(desk.run(importFaq, { rows: back.rows.map((one) => ({ ...one, newId: desk.ids.next() })) })).toEqual({ added: 0, changed: 3 });
  expect(faqFromCsv('title,url\nA,https://a.example/x\nB,javascript:alert(1)\n,https://c.example\nA again,https://a.example/x')).toEqual({
    rows: [page('A', 'https://a.example/x', null)], problems: ['Line 3: “javascript:alert(1)” is no http or https address.', 'Line 4: https://c.example has no title.', 'Line 5: https://a.example/x is in the file twice.'],
  });
  expect(() => faqFromCsv('name\nA')).toThrow('needs the columns title and url');
});

test('a help page is found by title, words and address, in the customer’s language first; its use is counted', () => {
  const desk = openTestDesk();
  const ids = [desk.ids.next(), desk.ids.next(), desk.ids.next()];
  [page('Return a device', 'https://acme.example/returns', 'en', 'send back'), page('Devolver', 'https://acme.example/pt/returns', 'pt', 'return'), page('Outages now', 'https://status.acme.example/')].forEach((one, i) => desk.run(saveFaq, { id: ids[i] ?? '', isNew: true, page: one }));
  const found = (typed: string, language: string | null): string[] => findFaq(tables.faqs(desk.store.read), typed, language, 9).map((one) => one.title);
  expect(found('ret', 'en')).toEqual(['Return a device', 'Devolver']);
  expect(found('send', 'en')).toEqual(['Return a device']);
  expect(found('returns', 'pt')).toEqual(['Devolver', 'Return a device']);
  expect(found('status', null)).toEqual(['Outages now']);
  desk.run(useFaq, { faqId: ids[2] ?? '' });
  expect(tables.faqById(desk.store.read, ids[2] ?? '')).toMatchObject({ uses: 1, lastUsedAt: desk.clock.now() });
  expect(() => desk.run(saveFaq, { id: desk.ids.next(), isNew: true, page: page('Twin', 'https://status.acme.example/') })).toThrow('in the list already');
  desk.run(deleteFaq, { faqId: ids[2] ?? '' });
  expect(() => desk.run(useFaq, { faqId: ids[2] ?? '' })).toThrow('not here any more');
});
