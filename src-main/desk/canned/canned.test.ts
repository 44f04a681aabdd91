import { describe, expect, test } from 'vitest';
import { cannedSample } from '../../demo/content/canned.ts';
import { mailEvent, mailParty, openTestDesk } from '../../test-desk.ts';
import { tables } from '../../store/index.ts';
import { detectLanguage } from '../language.ts';
import { blanksOf, expandCanned, namesOf, type Variables } from './expand.ts';
import { findCanned } from './find.ts';
import { cannedFromCsv, cannedToCsv, deleteCanned, importCanned, saveCanned, searchCanned, useCanned } from './index.ts';

describe('variables', () => {
  const maria: Variables = { first_name: 'Maria', agent: 'Ruth Bauer', initials: 'RB', handle: null, last_call_date: '3 March' };
  test.each<[string, Variables, string, string[]]>([
    ['Hello {first_name}, {agent} here', maria, 'Hello Maria, Ruth Bauer here', []],
    ['Hello {first_name|there}', {}, 'Hello there', []],
    ['Hello {first_name|}!', {}, 'Hello !', []],
    ['Hello {first_name}', {}, 'Hello [[first name]]', ['first name']],
    ['Hello {first_name}', { first_name: '  ' }, 'Hello [[first name]]', ['first name']],
    ['{handle|you} on {last_call_date}', maria, 'you on 3 March', []],
    ['We refund [[amount]] by [[date]]. ^{initials}', maria, 'We refund [[amount]] by [[date]]. ^RB', ['amount', 'date']],
    ['{FIRST_NAME}', maria, 'Maria', []],
    ['{colour} stays', maria, '{colour} stays', []],
    ['{first_name} and {first_name}', maria, 'Maria and Maria', []],
    ['a value is not expanded: {first_name}', { first_name: '{agent}' }, 'a value is not expanded: {agent}', []],
    ['$& {first_name}', { first_name: '$1 $&' }, '$& $1 $&', []],
    ['नमस्ते {first_name|जी}, [[राशि]]', {}, 'नमस्ते जी, [[राशि]]', ['राशि']],
    ['{ first_name } {} {{x}} [not a blank] [[]]', maria, '{ first_name } {} {{x}} [not a blank] [[]]', []],
  ])('%j', (body, variables, text, blanks) => {
    expect(expandCanned(body, variables)).toMatchObject({ text, blanks });
  });
  test('a name nobody can fill is told', () => expect(expandCanned('{colour} {colour} {agent}', maria).unknown).toEqual(['colour']));
  test('blanks do not nest and end with their line', () => expect(blanksOf('[[a]] [[b [[c]] [[d\n]]')).toEqual(['a', 'c']));
  test.each([
    ['Maria Keller', true, 'Maria'], ['Keller, Maria', true, 'Maria'], ['Dr. Ann Lee', true, 'Ann'], ['सुनीता वर्मा', true, 'सुनीता'], ['@maria', true, null], ['maria@example.org', false, null], ['+44 7700 900123', true, null], ['Cher', true, 'Cher'],
  ])('%s (named: %s) is greeted as %s', (display, isNamed, first) => expect(namesOf(display, isNamed).first).toBe(first));
});

test.each([
  ['Where is my order? You said it was shipped', 'en'], ['मेरा इंटरनेट नहीं चल रहा', 'hi'], ['আমার টাকা ফেরত দিন', 'bn'], ['Ainda não recebi a minha fatura, quando chega?', 'pt'], ['Saya masih tidak boleh masuk, tolong', 'ms'], ['ok', null], ['12345 !!', null], ['internet', null],
])('%j is written in %s', (text, language) => expect(detectLanguage(text)).toBe(language));

describe('what is found after "/"', () => {
  const row = (shortcut: string, over: Partial<{ title: string; folder: string; language: string | null; text: string; uses: number }> = {}) => ({ shortcut, title: shortcut, folder: '', language: 'en' as string | null, text: '', uses: 0, ...over });
  const rows = [row('late', { title: 'Late delivery', text: 'the courier' }), row('late', { title: 'देर', language: 'hi' }), row('later', { uses: 9 }), row('refund', { title: 'Money back', folder: 'Billing' }), row('renew', { uses: 3 }), row('éclair', { title: 'Éclair' })];
  const found = (typed: string, language: string | null = 'en'): string[] => findCanned(rows, typed, language, 3).map((r) => `${r.shortcut}/${r.language ?? ''}`);
  test.each<[string, string | null, string]>([
    ['late', 'en', 'late/en'], ['late', 'hi', 'late/hi'], ['la', 'en', 'later/en'], ['la', 'hi', 'late/hi'], ['re', 'en', 'renew/en'], ['money', 'en', 'refund/en'], ['mon ba', 'en', 'refund/en'], ['mb', 'en', 'refund/en'],
    ['rfd', 'en', 'refund/en'], ['billing', 'en', 'refund/en'], ['courier', 'en', 'late/en'], ['ecl', 'en', 'éclair/en'], ['दे', 'hi', 'late/hi'], ['', 'hi', 'late/hi'], ['', 'en', 'later/en'],
  ])('%j for a customer who speaks %s', (typed, language, first) => expect(found(typed, language)[0]).toBe(first));
  test('nothing is found for what nothing has', () => expect(found('zzz')).toEqual([]));
  test('every response of the demo desk is first after two letters in its own language: with Enter three keystrokes', () => {
    const all = cannedSample.map((r) => ({ ...r, text: r.texts.any, uses: 0 }));
    for (const one of all) expect(findCanned(all, one.shortcut.slice(0, 2), one.language, 1)[0], `${one.shortcut} ${one.language}`).toBe(one);
  });
});

test('a response is found and filled for this customer, in their language, and its use is counted', () => {
  const desk = openTestDesk();
  desk.run(importCanned, { rows: cannedSample.map((r) => ({ ...r, newId: desk.ids.next() })) });
  desk.take(desk.accounts.email, [mailEvent('sunita@example.org', desk.clock.now(), { party: mailParty('sunita@example.org', 'सुनीता वर्मा'), text: 'मेरा राउटर अभी तक नहीं आया' })]);
  const { id: conversationId, customerId } = desk.conversation('sunita@example.org');
  const place = { conversationId, mode: 'mail' as const };
  const [hindi] = searchCanned(desk.store.read, place, 'la', 5, desk.clock.now());
  expect(hindi).toMatchObject({ shortcut: 'late', language: 'hi', blanks: ['दिन'] });
  expect(hindi?.text).toContain('नमस्ते सुनीता');
  desk.run({ name: 'test.language', apply: (tx) => tables.updateCustomer(tx.db, customerId, { language: 'en' }) }, null);
  const [refund] = searchCanned(desk.store.read, place, 're', 5, desk.clock.now());
  expect(refund?.text).toContain('Kind regards\nAgent');
  expect(searchCanned(desk.store.read, { ...place, mode: 'dm' }, 're', 5, desk.clock.now())[0]?.text).not.toContain('Kind regards');
  desk.run(useCanned, { cannedId: refund?.id ?? '', fileIds: [] });
  expect(tables.cannedById(desk.store.read, refund?.id ?? '')).toMatchObject({ uses: 1, lastUsedAt: desk.clock.now() });
  expect(searchCanned(desk.store.read, place, '', 1, desk.clock.now())[0]?.id).toBe(refund?.id);
});

test('files of a response come as copies: sending one leaves the response whole', () => {
  const desk = openTestDesk();
  const [fileId, cannedId, copyId] = [desk.ids.next(), desk.ids.next(), desk.ids.next()];
  const file = { sha256: 'a'.repeat(64), name: 'terms.pdf', type: 'application/pdf', size: 3, contentId: null, alt: null };
  desk.run({ name: 'test.stage', apply: (tx) => tables.insertAttachment(tx.db, fileId, null, file, tx.at) }, null);
  desk.run(saveCanned, { id: cannedId, isNew: true, response: { shortcut: 'terms', title: 'Terms', folder: '', language: null, texts: { any: 'see file', reply: null, dm: null, mail: null }, attachmentIds: [fileId] } });
  expect(desk.run(useCanned, { cannedId, fileIds: [copyId] })).toEqual([copyId]);
  expect(tables.filesById(desk.store.read, [copyId])).toEqual([file]);
  expect(tables.cannedById(desk.store.read, cannedId)?.attachments.map((a) => a.id)).toEqual([fileId]);
});

test('one shortcut stands once per language', () => {
  const desk = openTestDesk();
  const response = { shortcut: 'late', title: 'Late', folder: '', language: 'en', texts: { any: 'x', reply: null, dm: null, mail: null }, attachmentIds: [] };
  const id = desk.ids.next();
  desk.run(saveCanned, { id, isNew: true, response });
  expect(() => desk.run(saveCanned, { id: desk.ids.next(), isNew: true, response })).toThrow('/late is there already in this language.');
  desk.run(saveCanned, { id: desk.ids.next(), isNew: true, response: { ...response, language: null } });
  desk.run(deleteCanned, { cannedId: id });
  expect(() => desk.run(saveCanned, { id, isNew: false, response })).toThrow('was deleted meanwhile');
});

describe('as a list', () => {
  test('out and in again gives the same, in every language, and changes nothing else', () => {
    const desk = openTestDesk();
    desk.run(importCanned, { rows: cannedSample.map((r) => ({ ...r, newId: desk.ids.next() })) });
    const before = tables.cannedResponses(desk.store.read);
    const { rows, problems } = cannedFromCsv(cannedToCsv(before));
    expect(problems).toEqual([]);
    expect(desk.run(importCanned, { rows: rows.map((r) => ({ ...r, newId: desk.ids.next() })) })).toEqual({ added: 0, changed: before.length });
    expect(tables.cannedResponses(desk.store.read)).toEqual(before);
  });
  test('a formula of a spreadsheet is not one, and comes back as it was', () => {
    const csv = cannedToCsv([{ id: '', shortcut: 'x', title: '=cmd()', folder: '', language: null, texts: { any: '-- dash', reply: "'quoted", dm: null, mail: null }, attachments: [], uses: 0, lastUsedAt: null, updatedAt: 0, updatedBy: '' }]);
    expect(csv).toContain("'=cmd()");
    expect(cannedFromCsv(csv).rows[0]).toMatchObject({ title: '=cmd()', texts: { any: '-- dash', reply: "'quoted" } });
  });
  test('bad lines are told by their number and good ones are taken', () => {
    const { rows, problems } = cannedFromCsv('Shortcut;Text\nlate;Hello\n/two words;x\nempty;\nlate;again\n'.replaceAll(';', ','));
    expect(rows.map((r) => r.shortcut)).toEqual(['late']);
    expect(problems).toEqual(['Line 3: “two words” is no shortcut (letters, digits, - and _).', 'Line 4: /empty has no text.', 'Line 5: /late is in the file twice.']);
    expect(() => cannedFromCsv('name,words\na,b')).toThrow('needs the columns shortcut and text; this file has name, words');
  });
});
