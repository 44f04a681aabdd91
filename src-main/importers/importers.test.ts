import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFile, type ImportReport } from '../intake/index.ts';
import { openContentStore, tables } from '../store/index.ts';
import { openTestDesk, tempDir, type TestDesk } from '../test-desk.ts';
import { splitMbox, stripFromLine, unquoteFrom } from './mbox.ts';

const run = (desk: TestDesk, path: string, options: { signal?: AbortSignal; onProgress?: () => void } = {}): Promise<ImportReport> =>
  importFile({ store: desk.store, files: openContentStore(join(desk.dir, 'files')), clock: desk.clock, ids: desk.ids, agent: 'RB' }, path, { signal: options.signal ?? new AbortController().signal, ...(options.onProgress ? { onProgress: options.onProgress } : {}) });

const write = (name: string, content: string | Buffer): string => {
  const path = join(tempDir(), name);
  writeFileSync(path, content);
  return path;
};

const mail = (n: number, from = `c${n % 7}@example.org`): string =>
  `From ${from} Mon Jan  5 08:00:00 2026\nMessage-ID: <${n}@example.org>\nDate: Mon, 05 Jan 2026 08:00:${String(n % 60).padStart(2, '0')} +0000\nFrom: ${from}\nTo: care@acme.example\nSubject: Question ${n}\n\n>From where I sit it is slow.\nLine ${n}\n\n`;

test('an mbox comes in whole, quoted From lines are lines again', async () => {
  const desk = openTestDesk();
  expect(await run(desk, write('a.mbox', Array.from({ length: 450 }, (_, i) => mail(i)).join('')))).toMatchObject({ format: 'mbox', stored: 450, known: 0, problems: 0 });
  expect(desk.store.read.get<{ text: string }>('SELECT text FROM message ORDER BY id LIMIT 1')?.text).toContain('From where I sit');
  expect(desk.store.read.get('SELECT count(*) AS n FROM customer')).toEqual({ n: 7 });
});

test('an interrupted import goes on where it stopped, and once more changes nothing', async () => {
  const desk = openTestDesk();
  const path = write('a.mbox', Array.from({ length: 900 }, (_, i) => mail(i)).join(''));
  const abort = new AbortController();
  await expect(run(desk, path, { signal: abort.signal, onProgress: () => abort.abort(new Error('stop')) })).rejects.toThrow('stop');
  const half = desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM message')?.n ?? 0;
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(900);
  expect(await run(desk, path)).toMatchObject({ stored: 900 - half, known: 0 });
  expect(await run(desk, path)).toMatchObject({ stored: 0, known: 900 });
});

test('separators that lie across two reads, CRLF, and no newline at the end are cut right', async () => {
  const body = 'x'.repeat(1 << 20);
  const path = write('big.mbox', `From a Mon Jan  5 08:00:00 2026\r\nSubject: 1\r\n\r\n${body}\r\n\r\nFrom b Mon Jan  5 08:00:00 2026\r\nSubject: 2\r\n\r\nFrom here on`);
  const parts: string[] = [];
  for await (const { raw } of splitMbox(path, 0)) parts.push(stripFromLine(raw).mail.toString('latin1').slice(0, 10));
  expect(parts).toEqual(['Subject: 1', 'Subject: 2']);
  expect(unquoteFrom(Buffer.from('>>From x\n>From y\n> From z')).toString()).toBe('>From x\nFrom y\n> From z');
});

const refused = async (path: string, ...parts: string[]): Promise<void> => {
  const desk = openTestDesk();
  const error = await run(desk, path).then(() => null, (e: unknown) => e);
  expect(error).toMatchObject({ code: 'bad_input' });
  for (const part of parts) expect((error as Error).message).toContain(part);
  expect((error as Error).message).not.toContain('\n');
  expect(desk.store.read.get('SELECT count(*) AS n FROM message')).toEqual({ n: 0 });
};

test('what is no mbox is refused with one sentence naming it', async () => {
  const folder = tempDir();
  await refused(folder, folder, 'is a folder', 'Nothing was imported');
  await refused(join(folder, 'no.mbox'), 'does not exist');
  await refused(write('empty.mbox', ''), 'is empty');
  await refused(write('a.bin', Buffer.from([1, 2, 3, 4, 0, 255])), 'is neither mbox');
});

test('a CSV with other columns is refused, naming the present ones, and the missing ones where they are ours', async () => {
  await refused(write('calls.csv', 'when,who,number\n1,2,3\n'), 'calls.csv', 'line 1', 'Columns not known: when, who, number', '--map');
  await refused(write('people.csv', 'name,mail\nAnn,a@b.c\n'), 'line 1', 'basis');
});

test('calls come in with their outcome; a line that makes no sense is named and left out', async () => {
  const desk = openTestDesk();
  const report = await run(desk, write('calls.csv', [
    'started_at,direction,remote_number,answered_at,ended_at,result,agent,note,disposition,call_id',
    '2026-01-04T10:00:00Z,inbound,+44 7700 900123,2026-01-04T10:00:05Z,2026-01-04T10:03:05Z,answered,Ruth,"promised 20 EUR, by Friday",promise,c1',
    '2026-01-04T11:00:00Z,inbound,07700 900123,,2026-01-04T11:00:20Z,no answer,,,,c2',
    '2026-01-04T12:00:00Z,outbound,(07700) 900-123,,,busy,Ruth,,,c3',
    'tomorrow,inbound,+44 7700 900123,,,answered,,,,c4',
    '2026-01-04T12:00:00Z,sideways,+44 7700 900123,,,answered,,,,c5',
    '2026-01-04T12:00:00Z,inbound,anonymous,,,answered,,,,c6',
  ].join('\n')));
  expect(report).toMatchObject({ stored: 3, problems: 3 });
  expect(report.firstProblems).toEqual([expect.stringContaining('line 5: "tomorrow" is no time'), expect.stringContaining('line 6: direction'), expect.stringContaining('line 7: "anonymous" is no number')]);
  expect(desk.store.read.all<{ detail: string }>('SELECT detail FROM message ORDER BY id').map((r) => JSON.parse(r.detail)).map((d: { outcome: string; durationMs: number }) => [d.outcome, d.durationMs])).toEqual([['answered', 180_000], ['missed', 0], ['busy', 0]]);
  expect(desk.store.read.get('SELECT count(*) AS n FROM customer')).toEqual({ n: 1 });
});

test('a maildir comes in by delivery order and goes on after an interruption', async () => {
  const desk = openTestDesk();
  const dir = tempDir();
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(dir, part));
  for (let i = 0; i < 5; i += 1) writeFileSync(join(dir, i % 2 === 0 ? 'cur' : 'new', `17675856${i}0.m${i}.host:2,S`), mail(i).split('\n').slice(1).join('\n'));
  expect(await run(desk, dir)).toMatchObject({ format: 'maildir', stored: 5 });
  expect(await run(desk, dir)).toMatchObject({ stored: 0, known: 5 });
});

test('history without an account gets one that is not connected, named after the address most mails share', async () => {
  const desk = openTestDesk();
  for (const id of [desk.accounts.email]) desk.run({ name: 't', apply: (tx) => tables.removeAccount(tx.db, id, tx.at) }, null);
  const report = await run(desk, write('a.mbox', [mail(1), mail(2), mail(3).replace('From: c3@example.org', 'From: Care@acme.example').replace('To: care@acme.example', 'To: c1@example.org')].join('')));
  expect(report.account).toBe('care@acme.example');
  expect(desk.conversation('c1@example.org')).toMatchObject({ waitingSince: null, state: 'done' });
  expect(tables.accounts(desk.store.read).find((a) => a.channel === 'email')).toMatchObject({ address: 'care@acme.example', isConnected: false });
});
