import { afterAll, describe, expect, test } from 'vitest';
import { updateCustomer, updateSettings } from '../desk/index.ts';
import { mailEvent, openTestDesk } from '../test-desk.ts';
import { bestOf, candidates } from './choose.ts';
import { addSpellWord, checkSpelling, startSpeller } from './index.ts';
import { wordsIn } from './words.ts';

const KNOWN = new Set(['acme', "o'brien", 'priya']);
test.each<[string, string[]]>([
  ['Your reciept is here.', ['Your', 'reciept', 'is', 'here']], ['we’ll don\'t', ['we’ll', "don't"]], ['**bold** _x_ - item', ['bold', 'item']],
  ['see https://acme.example/fooo and www.foo.bar', ['see', 'and']], ['mail ann.smth@exmple.org now', ['mail', 'now']], ['ask @prya_k #zip ^RB', ['ask']],
  ['order AC-212x, 4711 and T7x', ['order', 'and']], ['in_voice and/or', ['in_voice'].slice(1)], ['Dear {first_nmae|there} [[ordr numbr]] ok', ['Dear', 'ok']],
  ['> thier words\nours', ['ours']], ['Acme’s Priya O’Brien', []], ['the PIN of a SIM, GEHEIMNIS', ['the', 'of', 'GEHEIMNIS']], ['ग्राहक customer', ['customer']], ['a I', []],
])('of %j these are judged: %j', (text, words) => {
  const found = wordsIn(text, KNOWN);
  expect(found.map(({ word }) => word)).toEqual(words);
  for (const { start, end, word } of found) expect(text.slice(start, end)).toBe(word);
});

test.each<[string | null, string | null, string[]]>([
  ['es', null, ['es']], ['es-MX', 'pt', ['es', 'pt']], ['hi', 'en', ['en']], ['hi', null, ['en']], ['ms', 'ms', []], [null, null, ['en']], [null, 'pt', ['pt']], [null, 'hi', ['en']], ['en', 'en', ['en']],
])('for a customer who speaks %s and words that look like %s it is tried in %j', (customer, detected, languages) => expect(candidates(customer, detected)).toEqual(languages));

test('the language with fewer mistakes is meant, the customer’s when both fit, and none when most is unknown', () => {
  const of = (language: string, ...wrong: string[]) => ({ language, wrong: new Set(wrong) });
  expect(bestOf([of('es', 'a', 'b'), of('pt', 'a')], 9)?.language).toBe('pt');
  expect(bestOf([of('es', 'a'), of('pt', 'b')], 9)?.language).toBe('es');
  expect([bestOf([of('en', 'a', 'b', 'c')], 5), bestOf([of('en', 'a', 'b')], 2)?.language, bestOf([], 5)]).toEqual([null, 'en', null]);
});

describe('with the dictionaries', () => {
  const speller = startSpeller();
  afterAll(() => speller.close());
  const setUp = (language: string | null = null) => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('prya.ramn@example.org', desk.clock.now(), { author: 'Prya Ramn', party: { kind: 'email', value: 'prya.ramn@example.org', display: 'prya.ramn@example.org', name: 'Prya Ramn' } })]);
    const { id: conversationId, customerId } = desk.conversation('prya.ramn@example.org');
    if (language !== null) desk.run(updateCustomer, { customerId, language });
    const wrong = async (text: string): Promise<[string | null, ...string[]]> => {
      const found = await checkSpelling(desk.store.read, speller, { conversationId, text });
      return [found.language, ...found.marks.map(({ start, end }) => text.slice(start, end))];
    };
    return { desk, wrong };
  };

  test.each<[string | null, string, [string | null, ...string[]]]>([
    [null, 'Your reciept leaves tomorow, the colour and the color are fine.', ['en', 'reciept', 'tomorow']],
    ['es', 'Le enviaremos la factrua mañana por la mañana.', ['es', 'factrua']],
    ['fr', 'Bonjour, nous vous envoyons la facutre aujourd’hui avec l’abonnement.', ['fr', 'facutre']],
    ['pt', 'Olá, a sua fatrua chega amanhã, obrigado pela paciência.', ['pt', 'fatrua']],
    // Written in English to somebody who speaks Spanish.
    ['es', 'Your reciept is on the way and you have what you asked for.', ['en', 'reciept']],
    ['ms', 'Terima kasih, bil anda sudah kami semak dan tiada bayaran tambahan.', [null]],
    [null, 'Dear Prya, Ramn’s order AB12x is at https://acme.exmple.', ['en']],
  ])('to a customer who speaks %s: %s', async (language, text, found) => expect(await setUp(language).wrong(text)).toEqual(found));

  test('a word the desk was taught is right from then on, in any case, and is taught once', async () => {
    const { desk, wrong } = setUp();
    expect(await wrong('The Zipbox blinks.')).toEqual(['en', 'Zipbox']);
    for (const word of ['Zipbox', 'zipbox']) desk.run(addSpellWord, { word });
    expect([await wrong('The zipbox blinks. Zipbox’s light.'), desk.store.read.get<{ value: string }>(`SELECT value FROM setting WHERE name = 'settings'`)?.value.match(/zipbox/gi)?.length]).toEqual([['en'], 1]);
    desk.run(updateSettings, { patch: { spellWords: [] } });
    expect(await wrong('The Zipbox blinks.')).toEqual(['en', 'Zipbox']);
  });

  test('suggestions are what was likely meant', async () => {
    expect((await speller.suggest('en', 'reciept'))[0]).toBe('receipt');
    expect(await speller.suggest('fr', 'facutre')).toContain('facture');
  });
});
