import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { CallMap } from '../../src-preload/contract/index.ts';
import { importFile, lookAtCalls } from '../intake/index.ts';
import { openContentStore } from '../store/index.ts';
import { openTestDesk, tempDir, type TestDesk } from '../test-desk.ts';
import { columnNames, guessMap, missingOf, questionsOf, signatureOf } from './call-map.ts';
import { readCallTime, readDirection, readLength, readOutcome } from './call-values.ts';
import { previewCalls } from './calls-csv.ts';

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString().slice(0, 19));

test.each([
  ['2026-01-04T10:00:00Z', 'dmy', 'Europe/Berlin', '2026-01-04T10:00:00'],
  ['2026-07-04 10:00:00', 'dmy', 'Europe/Berlin', '2026-07-04T08:00:00'],
  ['2026-07-04 10:00:00+05:30', 'dmy', 'Europe/Berlin', '2026-07-04T04:30:00'],
  ['04.01.2026 09:15', 'dmy', 'Europe/Berlin', '2026-01-04T08:15:00'],
  ['04/01/26, 9:15 pm', 'dmy', 'UTC', '2026-01-04T21:15:00'],
  ['04/01/2026 9:15:30 PM', 'mdy', 'UTC', '2026-04-01T21:15:30'],
  ['4 de janeiro de 2026 10:00', 'dmy', 'UTC', '2026-01-04T10:00:00'],
  ['4. März 2026 10:00', 'dmy', 'UTC', '2026-03-04T10:00:00'],
  ['Jan 4, 2026 12:05 AM', 'dmy', 'UTC', '2026-01-04T00:05:00'],
  ['1767520800', 'dmy', 'Europe/Berlin', '2026-01-04T10:00:00'],
  ['1767520800000', 'dmy', 'Europe/Berlin', '2026-01-04T10:00:00'],
  ['2026-03-29 02:30', 'dmy', 'Europe/Berlin', '2026-03-29T01:30:00'],
  ['31.02.2026 10:00', 'dmy', 'UTC', null], ['13/13/2026', 'dmy', 'UTC', null], ['25:00', 'dmy', 'UTC', null], ['+44 7700 900123', 'dmy', 'UTC', null], ['tomorrow', 'dmy', 'UTC', null], ['', 'dmy', 'UTC', null],
] as const)('the time %s (%s, %s) is %s', (text, order, zone, expected) => {
  expect(iso(readCallTime(text, order, zone)?.at)).toBe(expected);
});

test.each([
  ['75', 'seconds', 75], ['2', 'minutes', 120], ['1,5', 'minutes', 90], ['02:03', 'seconds', 123], ['1:02:03', 'minutes', 3_723], ['2m 3s', 'seconds', 123], ['2 min', 'seconds', 120], ['', 'seconds', null], ['long', 'seconds', null], ['-5', 'seconds', null],
] as const)('the length "%s" in %s is %s seconds', (text, unit, expected) => {
  expect(readLength(text, unit)).toBe(expected === null ? null : expected * 1_000);
});

test.each([
  ['Inbound', 'inbound'], ['IN', 'inbound'], ['eingehend', 'inbound'], ['Entrante', 'inbound'], ['Reçu', 'inbound'], ['MISSED', 'inbound'], ['masuk', 'inbound'], ['इनकमिंग', 'inbound'],
  ['outgoing', 'outbound'], ['o', 'outbound'], ['ausgehend', 'outbound'], ['saída', 'outbound'], ['Sortant', 'outbound'], ['keluar', 'outbound'], ['internal', null], ['sideways', null], ['other', null], ['online', null], ['info', null], ['', null],
] as const)('the direction "%s" is %s', (text, expected) => {
  expect(readDirection(text)).toBe(expected);
});

test.each([
  ['ANSWERED', 'inbound', 'answered'], ['NO ANSWER', 'inbound', 'missed'], ['No Answer', 'outbound', 'no_answer'], ['verpasst', 'inbound', 'missed'], ['não atendida', 'inbound', 'missed'], ['Atendida', 'inbound', 'answered'],
  ['Messagerie', 'inbound', 'voicemail'], ['besetzt', 'outbound', 'busy'], ['perdida', 'outbound', 'no_answer'], ['quux', 'inbound', null], ['', 'inbound', null],
] as const)('the result "%s" of an %s call is %s', (text, direction, expected) => {
  expect(readOutcome(text, direction)).toBe(expected);
});

const sheetOf = (csv: string) => {
  const [header = [], ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: 'greedy' }).data;
  return { header, rows };
};
const office = { zone: 'Europe/Berlin', region: 'DE' };
const FREEPBX = 'calldate,clid,src,dst,dcontext,disposition,billsec,duration,uniqueid\n2026-01-04 10:00:00,"""Ann"" <07700900123>",+447700900123,101,from-trunk,ANSWERED,180,190,17.1\n2026-01-04 11:00:00,101,101,+447700900124,out,NO ANSWER,0,20,17.2';
const GERMAN = 'Datum;Uhrzeit;Richtung;Rufnummer;Dauer;Ergebnis;Notiz\n04.01.2026;09:15;eingehend;0170 1234567;02:10;angenommen;Rückruf zugesagt\n04.01.2026;10:15;ausgehend;030 123456;;nicht angenommen;';
const NAMELESS = 'a,b,c,d,e\n2026-01-04 10:00,incoming,+44 7700 900123,2:30,answered\n2026-01-05 10:00,outgoing,+44 7700 900124,,busy';

describe('columns are guessed by name in many languages and by what stands in them', () => {
  test.each([
    ['Asterisk', FREEPBX, { started_at: 'calldate', from_number: 'src', to_number: 'dst', duration: 'billsec', result: 'disposition', call_id: 'uniqueid' }, { direction: 'ends' }],
    ['German', GERMAN, { started_at: 'Datum', started_time: 'Uhrzeit', direction: 'Richtung', remote_number: 'Rufnummer', duration: 'Dauer', result: 'Ergebnis', note: 'Notiz' }, { dateOrder: 'dmy' }],
    ['Spanish', 'Fecha,Tipo,Teléfono,Duración,Estado,Nombre\n13/01/2026 10:00,entrante,+34 612 345 678,75,contestada,Ana', { started_at: 'Fecha', direction: 'Tipo', remote_number: 'Teléfono', duration: 'Duración', result: 'Estado', customer_name: 'Nombre' }, { dateOrder: 'dmy', unit: 'seconds' }],
    ['names that say nothing', NAMELESS, { started_at: 'a', direction: 'b', remote_number: 'c', duration: 'd', result: 'e' }, {}],
    ['American', 'Start Time,Call Type,Phone Number,Duration (min)\n01/13/2026 1:00 PM,Incoming,(212) 555-0100,2', { started_at: 'Start Time', direction: 'Call Type', remote_number: 'Phone Number', duration: 'Duration (min)' }, { dateOrder: 'mdy', unit: 'minutes' }],
    ['a type that is no direction', 'date,type,number\n2026-01-13 10:00,premium,+34612345678', { started_at: 'date', remote_number: 'number' }, {}],
  ] as const)('%s', (_name, csv, columns, rest) => {
    const sheet = sheetOf(csv);
    const map = guessMap(sheet, office);
    expect(map.columns).toEqual(columns);
    expect(map).toMatchObject(rest);
    expect(missingOf(sheet.header, map)).toEqual([]);
  });

  test('a list of people is no list of calls', () => {
    const sheet = sheetOf('Name,Phone,Birthday\nAnn,+44 7700 900123,soon');
    expect(missingOf(sheet.header, guessMap(sheet, office))).toEqual(['started_at']);
  });
});

test.each([
  ['03/04/2026 10:00', { dateOrder: true, zone: true }], ['13/04/2026 10:00', { dateOrder: false, zone: true }], ['04/13/2026 10:00', { dateOrder: false, zone: true }],
  ['2026-04-03 10:00', { dateOrder: false, zone: true }], ['2026-04-03T10:00:00Z', { dateOrder: false, zone: false }],
] as const)('what the file itself does not say is asked: %s', (time, asks) => {
  const sheet = sheetOf(`Date,Number\n"${time}",+34612345678`);
  expect(questionsOf(sheet, guessMap(sheet, office))).toMatchObject(asks);
});

test('columns without a name or with the same one can still be told apart, and a file of left out lines is the same file', () => {
  expect(columnNames(['Number', '', 'Number'])).toEqual(['Number', 'Column 2', 'Number (2)']);
  expect(signatureOf(['Date', 'Number', 'parley_problem'])).toBe(signatureOf(['date ', 'number']));
  expect(signatureOf(['Number', 'Date'])).not.toBe(signatureOf(['Date', 'Number']));
});

test('the preview reads lines as they will come in', () => {
  const sheet = sheetOf(FREEPBX);
  const preview = previewCalls(sheet, guessMap(sheet, { zone: 'UTC', region: 'GB' }), false, { region: 'GB', now: Date.UTC(2026, 5, 1) });
  expect(preview).toMatchObject({ total: 2, bad: 0, missing: [], asks: { dateOrder: false, zone: true, direction: true } });
  expect(preview.rows.map((row) => row.call)).toEqual([
    { number: '+447700900123', name: null, direction: 'inbound', at: Date.UTC(2026, 0, 4, 10), durationMs: 180_000, outcome: 'answered' },
    { number: '+447700900124', name: null, direction: 'outbound', at: Date.UTC(2026, 0, 4, 11), durationMs: 0, outcome: 'no_answer' },
  ]);
});

const run = (desk: TestDesk, path: string, callMap: CallMap | null = null) =>
  importFile({ store: desk.store, files: openContentStore(join(desk.dir, 'files')), clock: desk.clock, ids: desk.ids, agent: 'RB' }, path, { callMap, signal: new AbortController().signal });

test('a map is remembered for files with the same columns; bad lines are kept beside, and come in once they are put right', async () => {
  const desk = openTestDesk();
  const dir = tempDir();
  const path = join(dir, 'anrufe.csv');
  // As an old telephone system writes it.
  writeFileSync(path, Buffer.from(`${GERMAN}\n04.01.2026;99:15;eingehend;0170 1234567;;angenommen;schlimm\n`, 'latin1'));
  await expect(run(desk, path)).rejects.toMatchObject({ code: 'bad_input', message: expect.stringMatching(/^\S+anrufe\.csv, line 1: Columns not known: Datum, Uhrzeit.*; map them in the console or with --map\. Nothing was imported\.$/) });
  const guessed = await lookAtCalls(desk.store.read, path, null, desk.clock.now());
  expect(guessed).toMatchObject({ isRemembered: false, total: 3, bad: 1 });
  const first = await run(desk, path, { ...(guessed?.map as CallMap), zone: 'Europe/Berlin' });
  expect(first).toMatchObject({ stored: 2, problems: 1, leftOut: join(dir, 'anrufe.left-out.csv'), firstProblems: [expect.stringContaining('line 4: "04.01.2026 99:15" is no time')] });
  expect(desk.store.read.get<{ text: string }>("SELECT text FROM message WHERE text LIKE '%zugesagt'")?.text).toBe('Rückruf zugesagt');
  const kept = readFileSync(first.leftOut ?? '', 'utf8');
  expect(Papa.parse<string[]>(kept, { skipEmptyLines: true }).data).toEqual([['Datum', 'Uhrzeit', 'Richtung', 'Rufnummer', 'Dauer', 'Ergebnis', 'Notiz', 'parley_problem'], ['04.01.2026', '99:15', 'eingehend', '0170 1234567', '', 'angenommen', 'schlimm', expect.stringContaining('is no time')]]);
  writeFileSync(first.leftOut ?? '', kept.replace('99:15', '19:15'));
  expect(await lookAtCalls(desk.store.read, first.leftOut ?? '', null, desk.clock.now())).toMatchObject({ isRemembered: true, bad: 0, map: { zone: 'Europe/Berlin' } });
  expect(await run(desk, first.leftOut ?? '')).toMatchObject({ stored: 1, problems: 0, leftOut: null });
  expect(await run(desk, path)).toMatchObject({ stored: 0, known: 2, leftOut: join(dir, 'anrufe.left-out (1).csv') });
  expect(existsSync(join(dirname(path), 'anrufe.left-out.csv'))).toBe(true);
});

test('a list with our own columns needs no map', async () => {
  const path = join(tempDir(), 'calls.csv');
  writeFileSync(path, 'started_at,direction,remote_number,result\n2026-01-04T10:00:00Z,inbound,+44 7700 900123,answered\n');
  const desk = openTestDesk();
  expect(await lookAtCalls(desk.store.read, path, null, desk.clock.now())).toBeNull();
  expect(await run(desk, path)).toMatchObject({ stored: 1 });
});
