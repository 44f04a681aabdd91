import { describe, expect, test } from 'vitest';
import { similarQuestions } from '../../store/search/similar.ts';
import { tables } from '../../store/index.ts';
import { mailEvent, mailParty, openTestDesk, postEvent, type TestDesk } from '../../test-desk.ts';
import { importCanned } from '../canned/index.ts';
import { importFaq } from '../faq/index.ts';
import { generalise } from './generalise.ts';
import { askedHere, SUGGEST_FROM_MS, suggestionsFor } from './index.ts';

describe('an answer as it could go to anybody', () => {
  const maria = { customerName: 'Maria Keller' };
  test.each<[string, string, string | null, string]>([
    ['greeting and name', 'Hello Maria, restart the router. Best, Ruth', 'Ann', 'Hello Ann, restart the router. Best, Ruth'],
    ['nobody known here', 'Dear Ms Keller,\nit is fixed.', null, 'Dear [[name]],\nit is fixed.'],
    ['signature and initials', 'It is fixed. ^RB', 'Ann', 'It is fixed.'],
    ['a mail signature', 'It is fixed.\n\n-- \nRuth Bauer\n+44 20 7946 0000', 'Ann', 'It is fixed.'],
    ['whom a post is to', '@mariakeller @other Please restart it', 'Ann', 'Please restart it'],
    ['amounts', 'We refund €20 and 15.50 EUR, 10 % and R$ 30,00', null, 'We refund [[amount]] and [[amount]], [[amount]] and [[amount]]'],
    ['numbers', 'Order AC-2210 and case 88123, call 0800 123 4567', null, 'Order [[number]] and case [[number]], call [[number]]'],
    ['small numbers stay', 'Wait 2 minutes, then press 3 keys', null, 'Wait 2 minutes, then press 3 keys'],
    ['dates, days, times', 'On 12 March, Friday at 10:30 or by 2026-04-01', null, 'On [[date]], [[day]] at [[time]] or by [[date]]'],
    ['addresses', 'I wrote to maria@example.org', null, 'I wrote to [[e-mail]]'],
    ['links of everybody and of one', 'See https://acme.example/help/router and https://acme.example/t?id=9', null, 'See https://acme.example/help/router and [[link]]'],
    ['the name in the middle', 'Thanks, Maria. Mr Keller is told, Kellermann not', 'Ann', 'Thanks, Ann. Mr [[name]] is told, Kellermann not'],
    ['Hindi', 'नमस्ते मारिया, शुक्रवार तक ₹५०० वापस मिलेंगे', 'सुनीता', 'नमस्ते सुनीता, [[day]] तक [[amount]] वापस मिलेंगे'],
    ['blanks that are there', 'We refund [[amount]]', null, 'We refund [[amount]]'],
    ['quoted words', 'Done.\n> my card is 4111', null, 'Done.'],
  ])('%s', (_, answer, firstName, text) => expect(generalise(answer, maria, { firstName })).toBe(text));
});

/** Somebody asked, somebody answered an hour later. */
function told(desk: TestDesk, from: string, question: string, answer: string): void {
  const own = (externalId: string) => ({ ...mailEvent(from, desk.clock.now() + 3_600_000, { text: answer, externalId, direction: 'outbound', author: 'Care' }), ownKey: null });
  desk.take(desk.accounts.email, [mailEvent(from, desk.clock.now(), { text: question, party: mailParty(from, 'Maria Keller') })]);
  desk.take(desk.accounts.email, [own(`<a${from}>`)]);
  desk.clock.advance(7_200_000);
}
function suggested(desk: TestDesk, value: string, mode: 'mail' | 'reply' = 'mail') {
  const conversationId = desk.conversation(value).id;
  const asked = askedHere(desk.store.read, conversationId);
  if (asked === null) return null;
  const similar = similarQuestions(desk.store.read, { text: asked.text, since: desk.clock.now() - SUGGEST_FROM_MS, notAfter: asked.firstAt });
  return suggestionsFor(desk.store.read, { conversationId, mode }, asked, similar, desk.clock.now());
}
const ask = (desk: TestDesk, from: string, text: string): void => void desk.take(desk.accounts.email, [mailEvent(from, desk.clock.now(), { subject: null, text })]);
const noise = (desk: TestDesk): void => {
  for (const [i, text] of ['where is the invoice of march', 'my contract ends soon', 'the parcel came broken', 'please call me about the order', 'is the shop open today', 'thank you for the help'].entries()) told(desk, `n${i}@example.org`, text, `Answer number ${i} about something else entirely.`);
};

test('what was answered before to the like is suggested with how often, newest words first, and never with another customer’s own', () => {
  const desk = openTestDesk();
  noise(desk);
  told(desk, 'a@example.org', 'the router blinks orange since the storm', 'Hello Maria, hold the reset key of the router for ten seconds until it blinks white.');
  told(desk, 'b@example.org', 'router is blinking orange again', 'Please hold the reset key of the router for ten seconds until it blinks green. Your order AC-99120 is noted.');
  told(desk, 'c@example.org', 'orange light on the router blinks', 'Dear Maria, hold the reset key of the router for ten seconds until it blinks white.');
  ask(desk, 'new@example.org', 'Our router blinks orange, what now?');
  const hits = suggested(desk, 'new@example.org');
  expect(hits).toEqual([{ type: 'answer', messageId: expect.any(Number), times: 3, text: 'Dear [[name]], hold the reset key of the router for ten seconds until it blinks white.' }]);
});

test('nothing waiting, nothing suggested; nothing alike, nothing suggested', () => {
  const desk = openTestDesk();
  noise(desk);
  told(desk, 'a@example.org', 'the router blinks orange', 'Hold the reset key.');
  expect(suggested(desk, 'a@example.org')).toBeNull();
  ask(desk, 'new@example.org', 'Do you sell umbrellas?');
  expect(suggested(desk, 'new@example.org')).toEqual([]);
});

test('a canned response that was used for it stands for the answers made of it, and a help page is offered in public where it was asked in public', () => {
  const desk = openTestDesk();
  noise(desk);
  const text = 'Hello {first_name|there}, your router is late. The courier says [[day]]; I will look again on [[next day]].';
  desk.run(importCanned, { rows: [{ newId: desk.ids.next(), shortcut: 'late', title: 'Late router', folder: '', language: 'en', texts: { any: text, reply: null, dm: null, mail: null }, attachmentIds: [] }] });
  desk.run(importFaq, { rows: [{ newId: desk.ids.next(), title: 'Track a late router', url: 'https://acme.example/track', words: 'delivery courier where', language: 'en' }] });
  told(desk, 'a@example.org', 'where is my router, it is late', 'Hello Maria, your router is late. The courier says Tuesday; I will look again on Wednesday.');
  desk.take(desk.accounts.x, [postEvent('7', '@sam', desk.clock.now(), '@acmecare my router is late, where is it?')]);
  const hits = suggested(desk, '7', 'reply') ?? [];
  expect(hits.toSorted((a, b) => (a.type < b.type ? -1 : 1))).toEqual([
    expect.objectContaining({ type: 'canned', title: 'Late router', times: 1, text: expect.stringMatching(/^Hello there, your router is late/) }),
    expect.objectContaining({ type: 'faq', title: 'Track a late router', text: 'https://acme.example/track', inPublic: true }),
  ]);
});

test.each([
  ['Hindi', 'मेरा राउटर नारंगी चमक रहा है', 'राउटर का रीसेट बटन दस सेकंड दबाएं', 'घर का राउटर नारंगी चमक रहा है'],
  ['Bengali', 'আমার রাউটার কমলা জ্বলছে', 'রাউটারের রিসেট বোতাম দশ সেকেন্ড চেপে ধরুন', 'নতুন রাউটার কমলা জ্বলছে কেন'],
  ['Hindi in Latin letters', 'mera router narangi chamak raha hai', 'Router ka reset button das second dabaiye', 'ghar ka router narangi chamak raha'],
  ['accents', 'A luz do roteador está laranja', 'Prima o botão durante dez segundos', 'luz laranja no roteador, esta assim'],
])('%s is found as the search finds it', (_, question, answer, now) => {
  const desk = openTestDesk();
  noise(desk);
  told(desk, 'a@example.org', question, answer);
  ask(desk, 'new@example.org', now);
  expect(suggested(desk, 'new@example.org')).toMatchObject([{ type: 'answer', text: answer, times: 1 }]);
});

test('an answer of more than a year ago, one that never left and an erased one are not suggested', () => {
  const desk = openTestDesk();
  told(desk, 'a@example.org', 'the router blinks orange', 'Hold the reset key.');
  noise(desk);
  desk.clock.advance(SUGGEST_FROM_MS);
  ask(desk, 'new@example.org', 'router blinks orange');
  expect(suggested(desk, 'new@example.org')).toEqual([]);
  told(desk, 'b@example.org', 'the router blinks orange', 'Hold the reset key.');
  const row = desk.store.read.get<{ id: number }>(`SELECT id FROM message WHERE direction = 'outbound' ORDER BY id DESC LIMIT 1`);
  ask(desk, 'newer@example.org', 'router blinks orange');
  expect(suggested(desk, 'newer@example.org')).toHaveLength(1);
  desk.run({ name: 'test.gone', apply: (tx) => { const message = tables.messageById(tx.db, row?.id ?? 0); if (message) tables.tombstone(tx.db, message, tx.at); } }, null);
  expect(suggested(desk, 'newer@example.org')).toEqual([]);
});
