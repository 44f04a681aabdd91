import { expect, test } from 'vitest';
import type { Scenario } from '../../../src-preload/contract/index.ts';
import { defaultSettings } from '../../store/tables/settings.ts';
import { openTestDesk, postEvent } from '../../test-desk.ts';
import { playbookHere, updateSettings } from '../index.ts';
import { fitScenarios, shortForm } from './fit.ts';

const scenario = (id: string, words: string[], more: Partial<Scenario> = {}): Scenario => ({ id, title: id, words, languages: [], channels: [], steps: [], texts: { any: id, reply: null, dm: null, mail: null }, limitId: null, ...more });
const book = [
  scenario('late', ['late', 'देर', 'দেরি', 'atrasado']), scenario('lost', ['lost', 'late parcel']), scenario('mail only', ['late'], { channels: ['email'] }), scenario('hindi only', ['late', 'देर'], { languages: ['hi'] }),
];
test.each<[string, string | null, 'x' | 'email', string[]]>([
  ['My router is late', 'en', 'x', ['late']], ['a late parcel', 'en', 'x', ['lost', 'late']], ['so late!', 'en', 'email', ['late', 'mail only']], ['बहुत देर हो गई', 'hi', 'x', ['late', 'hindi only']], ['অনেক দেরি হলো', 'bn', 'x', ['late']],
  ['está atrasado', 'pt', 'x', ['late']], ['related', 'en', 'x', []], ['translate it', null, 'x', []],
])('“%s” opens %#', (text, language, channel, ids) => expect(fitScenarios(book, { text, language, channel }).map((fit) => fit.scenario.id)).toEqual(ids));

test.each([
  ['One. Two.', 20, 'One. Two.'], ['One is here. Two is there. Three.', 26, 'One is here. Two is there.'], ['One is long enough already. Two.', 5, 'One is long enough already.'], ['A line.\n\nAnother.', 40, 'A line. Another.'], ['यह पहला है। यह दूसरा है।', 12, 'यह पहला है।'],
])('%# is shortened by whole sentences', (text, most, short) => expect(shortForm(text, most)).toBe(short));

test('it opens at the scenario that fits, with the same words short on X and whole in a mail', () => {
  const desk = openTestDesk();
  const any = `Hello {first_name|there}, this is the first sentence. ${'And this is one more of them. '.repeat(12)}`;
  desk.run(updateSettings, { patch: { playbook: [scenario('other', ['zebra']), scenario('late', ['late'], { texts: { any, reply: null, dm: null, mail: null }, steps: ['Look'], limitId: 'goodwill' })] } });
  desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'so late')]);
  const { id } = desk.conversation('1');
  const [reply] = playbookHere(desk.store.read, id, 'reply', desk.clock.now()).scenarios;
  const [mail, rest] = playbookHere(desk.store.read, id, 'mail', desk.clock.now()).scenarios;
  expect(reply).toMatchObject({ title: 'late', words: ['late'], steps: ['Look'], limitName: 'Goodwill' });
  expect(reply?.text.length).toBeLessThanOrEqual(270);
  expect(reply?.text.startsWith('Hello there, this is the first sentence.')).toBe(true);
  expect(mail?.text.length).toBeGreaterThan(350);
  expect(rest).toMatchObject({ title: 'other', words: [] });
});

test('the playbook a desk begins with speaks of limits that are there and fits a post', () => {
  for (const { limitId, steps, texts } of defaultSettings.playbook) {
    expect(limitId === null || defaultSettings.limits.some((limit) => limit.id === limitId)).toBe(true);
    expect(steps.length).toBeGreaterThan(0);
    expect((texts.reply ?? texts.any).length).toBeLessThan(270);
  }
});
