import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settings as settingsSchema, setupArea, setupPart, type SetupArea } from '../../src-preload/contract/index.ts';
import { addAgent, hashPin, markDone, saveCanned, saveFaq, saveRule, setPin, updateSettings, useCanned } from '../desk/index.ts';
import { openContentStore, tables } from '../store/index.ts';
import { mailEvent, openTestDesk, tempDir, type TestDesk } from '../test-desk.ts';
import { AREAS, areaNames, readDocument, writeDocument, type Setup, type WholeSetup } from './document.ts';
import { keptSetup, previewSetup, readSetupFile, setupText, takeSetup, undoImport } from './index.ts';
import { canonical, mergeSetup } from './merge.ts';
import { toPortable } from './portable.ts';
import { readState } from './state.ts';

const open = () => {
  const desk = openTestDesk();
  const files = openContentStore(join(desk.dir, 'files'));
  const by = () => ({ at: desk.clock.now(), agent: 'RB' });
  const text = (): string => setupText(desk.store.read, files, null, { at: 5, with: '1.0' });
  const write = (content: string): string => {
    const path = join(tempDir(), 'setup.json');
    writeFileSync(path, content);
    return path;
  };
  return {
    desk, files, by, text, write,
    have: (): WholeSetup => toPortable(desk.store.read, readState(desk.store.read, null)),
    take: (content: string, over: Partial<Parameters<typeof takeSetup>[1]> = {}) => takeSetup({ store: desk.store, files, ids: desk.ids }, { path: write(content), mode: 'replace', areas: areaNames, agentId: null, saidBy: null, fingerprint: null, ...over }, by()),
  };
};
/** Responses and help pages have no order of their own. */
const plain = ({ responses, helpPages, ...setup }: WholeSetup): string => canonical({ ...setup, responses: responses.map(canonical).toSorted(), helpPages: helpPages.map(canonical).toSorted() });

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const distinct = <T>(one: fc.Arbitrary<T>, key: (t: T) => string): fc.Arbitrary<T[]> => fc.uniqueArray(one, { maxLength: 4, selector: key });
const language = fc.constantFrom(null, 'en', 'hi');
const seconds = fc.option(fc.integer({ min: 1, max: 500 }));
const texts = fc.record({ any: fc.string({ minLength: 1 }).map((text) => `a${text}`), reply: fc.option(word), dm: fc.option(word), mail: fc.option(word) });
const CONTENT = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const shaOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const attachment = fc.record({ name: word, type: fc.constant('text/plain'), alt: fc.option(word), file: fc.constantFrom(...CONTENT.map(shaOf)) });
const id = word.map((text) => `id ${text}`);
const most = fc.record({ perCase: fc.option(fc.nat(1_000)), perDay: fc.option(fc.nat(1_000)) });

/** Any setup a supervisor could make: its parts name each other, accounts of the desk, and nothing that is not there. */
const anySetup: fc.Arbitrary<WholeSetup> = fc.record({
  officeZone: fc.constantFrom('Europe/Lisbon', 'Asia/Kolkata'), defaultRegion: fc.constantFrom('GB', 'IN'), undoSeconds: fc.record({ mail: fc.nat(120), reply: fc.nat(120), dm: fc.nat(120) }),
  privateLines: fc.record({ dm: word, mail: word, call: word }), noQuoteMailboxes: fc.constantFrom<string[][]>([], ['care@acme.example']),
  responses: distinct(fc.record({ shortcut: fc.stringMatching(/^[a-z]{1,5}$/), title: word, folder: fc.string(), language, texts, attachments: fc.array(attachment, { maxLength: 2 }) }), (r) => `${r.shortcut} ${r.language}`),
  helpPages: distinct(fc.record({ title: word, url: fc.nat(9).map((n) => `https://acme.example/${n}`), words: fc.string(), language }), (f) => `${f.url} ${f.language}`),
  calendars: distinct(fc.record({ id, name: word, zone: fc.constantFrom('', 'Asia/Kolkata'), week: fc.constant(Array.from({ length: 7 }, () => [{ from: 540, to: 720 }])), holidays: fc.constant<WholeSetup['calendars'][number]['holidays']>([{ date: '2026-12-25', name: 'Christmas' }]) }), (c) => c.name)
    .map((all) => all.map((c, i) => ({ ...c, id: `calendar ${i}` }))),
  limits: distinct(fc.record({ id, name: word, currency: fc.constantFrom(null, 'GBP'), roles: fc.record({ guest: most, agent: most, senior: most }) }), (l) => l.name).map((all) => all.map((l, i) => ({ ...l, id: `limit ${i}` }))),
  decisionTree: word.map((question) => ({ nodes: [{ id: 'a', question, yes: { type: 'outcome' as const, outcome: 'thank' as const }, no: { type: 'outcome' as const, outcome: 'monitor' as const } }] })),
  urgentWords: fc.uniqueArray(word, { maxLength: 4 }), watchWords: fc.uniqueArray(word, { maxLength: 4 }), listenWords: fc.uniqueArray(word, { maxLength: 4 }), competitors: fc.uniqueArray(word, { maxLength: 4 }), spellWords: fc.uniqueArray(word, { maxLength: 4 }),
  readLimits: fc.record({ reply: seconds, dm: seconds, mail: seconds }), enforceClaims: fc.boolean(), claimMinutes: fc.integer({ min: 1, max: 1_440 }), secondLook: fc.boolean(), dispositions: fc.uniqueArray(word, { maxLength: 4 }),
  customFields: distinct(fc.record({ id, name: word, type: fc.constantFrom('text' as const, 'choice' as const), choices: fc.array(word, { maxLength: 3 }) }), (f) => f.name).map((all) => all.map((f, i) => ({ ...f, id: `field ${i}` }))),
  callLists: fc.constantFrom<WholeSetup['callLists'][]>([], [{ columns: 'datum,nummer', map: { columns: { started_at: 'Datum' }, dateOrder: 'dmy' as const, zone: 'Europe/Berlin', unit: 'seconds' as const, direction: 'ends' as const } }]),
  agents: fc.constantFrom<WholeSetup['agents'][]>([], [{ initials: 'MK', name: 'Mike Kemp', role: 'senior' }]),
  shortcutsOn: fc.boolean(), shortcuts: fc.constantFrom<Record<string, string>[]>({}, { 'desk.done': 'x', 'desk.claim': '' }), spendingLimits: fc.constantFrom<WholeSetup['spendingLimits'][]>([], [{ account: '@acmecare', dayUsd: 2.5, monthUsd: null }]),
}).chain((setup) => {
  const oneOf = <T>(all: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...all);
  return fc.record({
    policies: distinct(fc.record({
      id, name: word, channels: fc.constantFrom<('x' | 'email')[][]>([], ['x'], ['x', 'email']), segment: fc.constantFrom('any' as const, 'vip' as const), tag: fc.constant(''), onlyUrgent: fc.boolean(), calendarId: oneOf(setup.calendars.map((c) => c.id)),
      firstMinutes: fc.integer({ min: 1, max: 999 }), nextMinutes: fc.integer({ min: 1, max: 999 }), warnMinutes: fc.nat(99),
    }), (p) => p.name).map((all) => all.map((p, i) => ({ ...p, id: `policy ${i}` }))),
    playbook: distinct(fc.record({ id, title: word, words: fc.array(word, { maxLength: 3 }), languages: fc.constantFrom<string[][]>([], ['en']), channels: fc.constantFrom<'x'[][]>([], ['x']), steps: fc.array(word, { maxLength: 3 }), texts, limitId: oneOf(setup.limits.map((l) => l.id)) }), (s) => s.title)
      .map((all) => all.map((s, i) => ({ ...s, id: `scenario ${i}` }))),
    rules: distinct(fc.record({
      id: fc.uuid({ version: 7 }), name: word, isOn: fc.boolean(),
      conditions: fc.record({
        words: fc.array(word, { maxLength: 2 }), handles: fc.array(word, { maxLength: 2 }), languages: fc.constantFrom<string[][]>([], ['hi']), tags: fc.array(word, { maxLength: 2 }), segment: fc.constantFrom('any' as const, 'vip' as const), channels: fc.constantFrom<'x'[][]>([], ['x']),
        hours: fc.constantFrom('any' as const, 'outside' as const), accounts: fc.constantFrom<WholeSetup['rules'][number]['conditions']['accounts'][]>([], [{ channel: 'x' as const, address: '@acmecare' }], [{ channel: 'email' as const, address: 'care@acme.example' }, { channel: 'x' as const, address: '@acmecare' }]),
      }),
      actions: fc.record({ priority: fc.constantFrom(null, 'raise' as const), tags: fc.array(word, { maxLength: 2 }), owner: fc.option(word), response: oneOf(setup.responses.map(({ shortcut, language: l }) => ({ shortcut, language: l }))) }),
    }), (r) => r.name),
  }).map((rest) => ({ ...setup, ...rest }));
});
const fileOf = (setup: Setup): string => writeDocument({ madeAt: 1, madeWith: '1.0', setup, files: Object.fromEntries(CONTENT.map((bytes) => [shaOf(bytes), bytes.toString('base64')])) });

describe('a setup travels as one file', () => {
  test('whatever a supervisor made is there at another desk, word for word, and comes home unchanged', async () => {
    await fc.assert(fc.asyncProperty(anySetup, async (made) => {
      const [a, b] = [open(), open()];
      await a.take(fileOf(made));
      const { agents: _, ...rest } = a.have();
      // Agents are added to those who work there; all else is what the file says.
      expect(plain({ ...rest, agents: made.agents })).toBe(plain(made));
      await b.take(a.text());
      expect(canonical(b.have())).toBe(canonical(a.have()));
      for (const area of previewSetup(b.desk.store.read, await readSetupFile(b.write(a.text())), null, 'replace').areas) expect(area).toMatchObject({ fresh: 0, changed: 0, removed: 0, isReordered: false });
      for (const response of tables.cannedResponses(b.desk.store.read)) for (const file of tables.filesById(b.desk.store.read, response.attachments.map((one) => one.id))) expect(shaOf(Buffer.from(b.files.get(file.sha256)))).toBe(file.sha256);
    }), { numRuns: 12 });
  }, 60_000);

  test('after any import, merged or replaced, undoing brings back exactly what was there, and undoing that what was imported', async () => {
    await fc.assert(fc.asyncProperty(anySetup, anySetup, fc.constantFrom('merge' as const, 'replace' as const), fc.subarray(areaNames, { minLength: 1 }), async (first, second, mode, areas) => {
      const { desk, take } = open();
      await take(fileOf(first));
      const state = (): string => canonical(readState(desk.store.read, null));
      const before = state();
      await take(fileOf(second), { mode, areas });
      const after = state();
      desk.run(undoImport, { agentId: null, saidBy: null });
      expect(state()).toBe(before);
      desk.run(undoImport, { agentId: null, saidBy: null });
      // Who was taken off again by the undo comes back under a new id only if they are made anew; here they are the same.
      expect(state()).toBe(after);
    }), { numRuns: 12 });
  }, 60_000);

  test('what the preview says is what happens: a merged setup holds everything of both, and merging again changes nothing', async () => {
    await fc.assert(fc.asyncProperty(anySetup, anySetup, async (first, second) => {
      const { have, take } = open();
      await take(fileOf(first));
      const before = have();
      const promised = mergeSetup(before, second, 'merge');
      await take(fileOf(second), { mode: 'merge' });
      expect(plain(have())).toBe(plain(promised.next));
      for (const r of [...before.responses, ...second.responses]) expect(have().responses.some((other) => other.shortcut === r.shortcut && other.language === r.language)).toBe(true);
      for (const area of mergeSetup(have(), second, 'merge').areas) expect(area).toMatchObject({ fresh: 0, changed: 0, removed: 0 });
    }), { numRuns: 10 });
  }, 60_000);
});

const office = (setup: Setup): string => fileOf(setup);
test('what an agent counts stays: uses of a response, the ids rules and fields go by, and work that is open', async () => {
  const { desk, take, have } = open();
  desk.run(saveCanned, { id: '01930000-0000-7000-8000-000000000001', isNew: true, response: { shortcut: 'late', title: 'Late', folder: '', language: null, texts: { any: 'Sorry', reply: null, dm: null, mail: null }, attachmentIds: [] } });
  desk.run(useCanned, { cannedId: '01930000-0000-7000-8000-000000000001', fileIds: [] });
  desk.run(updateSettings, { patch: { customFields: [{ id: 'f1', name: 'Plan', type: 'text', choices: [] }] } });
  await take(office({ ...have(), responses: [{ shortcut: 'late', title: 'Late', folder: 'Parcels', language: null, texts: { any: 'So sorry', reply: null, dm: null, mail: null }, attachments: [] }], customFields: [{ id: 'other', name: 'Plan', type: 'choice', choices: ['S', 'M'] }] }));
  expect(tables.cannedResponses(desk.store.read)).toMatchObject([{ id: '01930000-0000-7000-8000-000000000001', folder: 'Parcels', uses: 1 }]);
  expect(tables.settingsOf(desk.store.read).customFields).toMatchObject([{ id: 'f1', type: 'choice' }]);
  desk.run(undoImport, { agentId: null, saidBy: null });
  expect(tables.cannedResponses(desk.store.read)).toMatchObject([{ id: '01930000-0000-7000-8000-000000000001', folder: '', uses: 1, texts: { any: 'Sorry' } }]);
});

test('a new zone or new urgent words rank the open rows anew, in the same step', async () => {
  const { desk, take } = open();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'I am marooned here' })]);
  expect(desk.conversation('ann@example.org').reasons).toEqual([]);
  await take(office({ urgentWords: ['marooned'] }), { mode: 'merge' });
  expect(desk.conversation('ann@example.org').reasons).toMatchObject([{ code: 'urgent', detail: 'marooned' }]);
  desk.run(undoImport, { agentId: null, saidBy: null });
  expect(desk.conversation('ann@example.org').reasons).toEqual([]);
  desk.run(markDone, { conversationId: desk.conversation('ann@example.org').id });
});

test('what this desk cannot have is said and done safely: an account that is not here, a response, a limit', async () => {
  const { desk, take, have, write } = open();
  const rule: WholeSetup['rules'][number] = {
    id: '01930000-0000-7000-8000-00000000000a', name: 'Main handle', isOn: true, conditions: { words: [], handles: [], languages: [], tags: [], segment: 'any', channels: [], hours: 'any', accounts: [{ channel: 'x', address: '@acme_main' }] },
    actions: { priority: 'raise', tags: [], owner: null, response: { shortcut: 'gone', language: null } },
  };
  const file = office({ rules: [rule], playbook: [{ id: 's', title: 'Refund', words: [], languages: [], channels: [], steps: [], texts: { any: 'x', reply: null, dm: null, mail: null }, limitId: 'nowhere' }], spendingLimits: [{ account: '@acme_main', dayUsd: 1, monthUsd: null }] });
  expect(previewSetup(desk.store.read, await readSetupFile(write(file)), null, 'merge').notes.map((note) => note.text)).toEqual([
    '“Main handle” names @acme_main, not connected here: it comes in switched off.', '“Main handle” suggests /gone, which is not here: it suggests nothing.',
    '@acme_main is not connected here: its spending limit is left out.', '“Refund” names a limit that is not here: it comes in without.',
  ]);
  await take(file, { mode: 'merge' });
  expect(have().rules).toMatchObject([{ isOn: false, actions: { response: null } }]);
  expect(have().playbook.at(-1)).toMatchObject({ limitId: null });
  expect(have().spendingLimits).toEqual([]);
});

const good = (): string => office({ urgentWords: ['now'] });
test.each<[string, string, string]>([
  ['half a file', good().slice(0, 40), 'setup.json holds no JSON, or only a part of it. Nothing was changed.'],
  ['another JSON', '{"a":1}', 'setup.json is no setup of a Parley desk. Nothing was changed.'],
  ['a file of a newer desk', good().replace('"version": 1', '"version": 7'), 'setup.json was made by a newer Parley (setup version 7; this one reads version 1). Update this desk first. Nothing was changed.'],
  ['a wrong kind of value', good().replace('"now"', '7'), 'setup.json cannot be taken in: urgentWords, entry 1: Invalid input: expected string, received number. Nothing was changed.'],
  ['a part nobody knows', good().replace('"urgentWords"', '"urgentSigns"'), 'setup.json cannot be taken in: Unrecognized key: "urgentSigns". Nothing was changed.'],
  ['a zone that is none', office({ officeZone: 'Mars/Base' }), 'setup.json cannot be taken in: officeZone: is no time zone. Nothing was changed.'],
  ['nothing', office({}), 'setup.json holds no part of a setup. Nothing was changed.'],
  ['a response twice', office({ responses: [1, 2].map(() => ({ shortcut: 'a', title: 'A', folder: '', language: 'hi', texts: { any: 'x', reply: null, dm: null, mail: null }, attachments: [] })) }), 'setup.json cannot be taken in: the response /a (hi) is in it twice. Nothing was changed.'],
  ['a tree in a circle', office({ decisionTree: { nodes: [{ id: 'a', question: 'Again?', yes: { type: 'question', node: 'a' }, no: { type: 'outcome', outcome: 'thank' } }] } }), 'setup.json cannot be taken in: “Again?” leads back to itself: it would never end. Nothing was changed.'],
  ['a lost attachment', office({ responses: [{ shortcut: 'a', title: 'A', folder: '', language: null, texts: { any: 'x', reply: null, dm: null, mail: null }, attachments: [{ name: 'form.pdf', type: 'application/pdf', alt: null, file: '0'.repeat(64) }] }] }), 'setup.json cannot be taken in: the content of the attachment form.pdf is not in it. Nothing was changed.'],
])('%s is refused in one sentence, and nothing is changed', async (_, content, sentence) => {
  const { desk, take } = open();
  const before = [canonical(readState(desk.store.read, null)), desk.store.seq()];
  await expect(take(content)).rejects.toThrow(sentence);
  expect([canonical(readState(desk.store.read, null)), desk.store.seq()]).toEqual(before);
});

test('an attachment whose bytes are not what the file calls them is refused before anything is changed', async () => {
  const { desk, take } = open();
  const [one] = CONTENT;
  const damaged = fileOf({ responses: [{ shortcut: 'a', title: 'A', folder: '', language: null, texts: { any: 'x', reply: null, dm: null, mail: null }, attachments: [{ name: 'form.pdf', type: 'application/pdf', alt: null, file: one === undefined ? '' : shaOf(one) }] }] }).replace(Buffer.from('one').toString('base64'), Buffer.from('owe').toString('base64'));
  const before = desk.store.seq();
  await expect(take(damaged)).rejects.toThrow('The content of the attachment form.pdf is damaged. Nothing was changed.');
  expect(desk.store.seq()).toBe(before);
});

test('what is imported is what was looked at: a file that changed meanwhile is refused', async () => {
  const { take } = open();
  await expect(take(good(), { fingerprint: 'of another text' })).rejects.toThrow('has changed since it was looked at');
});

const withSenior = async (desk: TestDesk): Promise<string> => {
  const id = desk.ids.next();
  desk.run(addAgent, { id, seat: 2, name: 'Mike Kemp', initials: 'MK' });
  desk.run(setPin, { agentId: null, hash: await hashPin('4711') });
  return id;
};
test('once a senior agent has a PIN, importing and undoing take a senior agent’s yes', async () => {
  const { desk, take, have } = open();
  const mike = await withSenior(desk);
  await expect(take(good(), { agentId: mike })).rejects.toThrow('A senior agent has to say yes with their PIN.');
  await expect(take(good(), { agentId: mike, saidBy: { agentId: mike } })).rejects.toThrow('A senior agent has to say yes');
  await take(good(), { agentId: mike, saidBy: { agentId: null } });
  expect(have().urgentWords).toEqual(['now']);
  expect(() => desk.run(undoImport, { agentId: mike, saidBy: null })).toThrow('A senior agent has to say yes');
  expect(keptSetup(desk.store.read)).toMatchObject({ by: 'RB', isUndone: false, areas: ['words'] });
});

test('neither PINs nor accounts nor anything of customers is in the file; agents come in without a PIN', async () => {
  const { desk, text } = open();
  await withSenior(desk);
  desk.run(saveFaq, { id: desk.ids.next(), isNew: true, page: { title: 'Returns', url: 'https://acme.example/returns', words: '', language: null } });
  desk.run(saveRule, { id: desk.ids.next(), isNew: true, name: 'r', isOn: true, conditions: { words: [], accountIds: [desk.accounts.x], handles: [], languages: [], tags: [], segment: 'any', channels: [], hours: 'any' }, actions: { priority: 'raise', tags: [], owner: null, cannedId: null } });
  desk.take(desk.accounts.email, [mailEvent('secret.person@example.org', desk.clock.now())]);
  expect(text()).not.toMatch(/scrypt|secret\.person|Where is my parcel/);
  const other = open();
  await other.take(text(), { mode: 'merge' });
  expect(other.have().agents.map((agent) => agent.initials)).toEqual(expect.arrayContaining(['AG', 'MK']));
  expect(other.desk.store.read.all('SELECT pin FROM agent_access WHERE pin IS NOT NULL')).toEqual([]);
});

/** What a person has for themselves, or what belongs to accounts, is no setup of the desk. */
const PERSONAL = ['agentName', 'agentInitials', 'theme', 'density', 'queueView', 'queueSort', 'selectedConversation', 'paneWidths', 'showCustomerPane', 'showSuggestions', 'desktopNotices', 'quiet', 'spellCheck', 'signature', 'signatures', 'appendInitials'];
test('every setting of the team is in the file, every part has its area and every area its parts', () => {
  const { have } = open();
  const inFile = new Set([...Object.keys(have()), 'sla', 'noQuoteAccounts']);
  expect(Object.keys(settingsSchema.shape).filter((key) => !inFile.has(key) && !PERSONAL.includes(key))).toEqual([]);
  expect(Object.keys(have()).toSorted()).toEqual(setupPart.options.toSorted());
  expect(areaNames.flatMap((area: SetupArea) => AREAS[area]).toSorted()).toEqual(setupPart.options.toSorted());
  expect(areaNames).toEqual(setupArea.options);
  expect(readDocument(fileOf(have()), 'x').setup).toEqual(have());
});
