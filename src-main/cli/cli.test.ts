import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { writeMbox } from '../../bench/make-mbox.ts';
import { startDemoWorld } from '../demo/world.ts';
import { hashPin, setPin } from '../desk/index.ts';
import { seededRandom, systemClock } from '../kernel/index.ts';
import { openStore, tables } from '../store/index.ts';
import { tempDir } from '../test-desk.ts';

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../demo/sample/', import.meta.url));

const start = (args: string[], stdin = ''): ChildProcess => {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, PARLEY_KEY_SOURCE: 'file' } });
  child.stdin?.end(stdin);
  return child;
};

async function parley(args: string[], stdin = ''): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args, stdin);
  const [out, err] = await Promise.all([child.stdout ? text(child.stdout) : '', child.stderr ? text(child.stderr) : '', once(child, 'close')]);
  return { code: child.exitCode, out, err };
}

test('an import of 10,000 mails shows progress, can be killed at any moment and run again: nothing lost, nothing twice', async () => {
  const dir = tempDir();
  const workspace = join(dir, 'ws');
  const mbox = join(dir, 'history.mbox');
  writeMbox(mbox, 10_000, 1_500);
  let progress = '';
  for (const killAt of [1, 2, 3]) {
    const child = start(['--workspace', workspace, 'import', mbox]);
    let lines = 0;
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      progress += chunk;
      lines += chunk.split('\n').length - 1;
      if (lines >= killAt) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const check = await parley(['--workspace', workspace, '--json', 'check']);
    expect(JSON.parse(check.out)).toMatchObject({ ok: true, problems: [] });
  }
  expect(progress).toMatch(/\d+ % {2}\d+ new, 0 already here, \d+\/s/);
  const last = JSON.parse((await parley(['--workspace', workspace, '--json', 'import', mbox])).out) as { stored: number; known: number };
  expect(last.stored).toBeLessThan(10_000);
  const again = JSON.parse((await parley(['--workspace', workspace, '--json', 'import', mbox])).out) as { stored: number; known: number };
  expect(again).toMatchObject({ stored: 0, known: 10_000 });
  expect(JSON.parse((await parley(['--workspace', workspace, '--json', 'check'])).out)).toMatchObject({ ok: true, messages: 10_000 });
}, 180_000);

test('an import stopped by Ctrl-C says so, ends with 130 and goes on later', async () => {
  const dir = tempDir();
  const mbox = join(dir, 'history.mbox');
  writeMbox(mbox, 4_000, 500);
  const child = start(['--workspace', join(dir, 'ws'), 'import', mbox]);
  const err = child.stderr ? text(child.stderr) : '';
  child.stderr?.once('data', () => child.kill('SIGINT'));
  await once(child, 'close');
  expect([child.exitCode, await err]).toEqual([130, expect.stringContaining('What came in so far is kept; run the same command again to go on.')]);
  expect((await parley(['--workspace', join(dir, 'ws'), 'import', mbox])).code).toBe(0);
  expect(JSON.parse((await parley(['--workspace', join(dir, 'ws'), '--json', 'check'])).out)).toMatchObject({ ok: true, messages: 4_000 });
}, 60_000);

test('bad input is one clear line naming file and place, and an exit code', async () => {
  const dir = tempDir();
  const cut = join(dir, 'cut.zip');
  copyFileSync(join(SAMPLE, 'x-archive.zip'), cut);
  truncateSync(cut, Math.floor(readFileSync(cut).length / 2));
  writeFileSync(join(dir, 'calls.csv'), 'when,who\n1,2\n');
  writeFileSync(join(dir, 'map.json'), '{"columns":{"start":"when"}}');
  mkdirSync(join(dir, 'folder.mbox'));
  const cases: [string[], number, RegExp][] = [
    [['import', join(dir, 'folder.mbox')], 1, /folder\.mbox is a folder, and no maildir.*Nothing was imported\./],
    [['import', cut], 1, /cut\.zip.*(?:cut off|truncated|end of|damaged|incomplete|not complete)/i],
    [['import', join(dir, 'calls.csv')], 1, /calls\.csv, line 1: Columns not known: when, who; map them in the console or with --map\. Nothing was imported\./],
    [['import', join(dir, 'calls.csv'), '--map', join(dir, 'map.json')], 1, /map\.json is no map of columns: .*Nothing was imported\./],
    [['import', join(dir, 'nothing.mbox')], 1, /nothing\.mbox does not exist/],
    [['search', 'is:nonsense'], 1, /is: knows/],
    [['account', 'add'], 1, /Standard input holds no JSON/],
    [['sync', '--once'], 1, /No account is connected/],
    [['setup', 'import', 'setup.json', '--areas', 'wrods'], 1, /"wrods" is no area of a setup\. There are office, sending/],
    [['work'], 2, /not there yet/],
    [['export', 'Ann', join(dir, 'out')], 1, /Nobody here has exactly "Ann"/],
    [['erase', 'nobody@example.org', '--yes'], 1, /Nobody here has exactly/],
    [['search', 'x', '--limit', '-4'], 1, /no number from 1 to 1000/],
  ];
  for (const [args, code, line] of cases) {
    const result = await parley(['--workspace', join(dir, 'ws'), ...args]);
    expect([args[0], result.code], result.err).toEqual([args[0], code]);
    expect(result.err.trim()).toMatch(line);
    expect(result.err.trim().split('\n'), args.join(' ')).toHaveLength(1);
    expect(result.err).not.toMatch(/\bat .*:\d+:\d+/);
  }
}, 60_000);

test('a list of calls with columns of its own comes in with a map, which is remembered', async () => {
  const dir = tempDir();
  const workspace = join(dir, 'ws');
  const list = join(dir, 'anrufe.csv');
  writeFileSync(list, 'Datum;Rufnummer;Art\n04.01.2026 09:15;+49 170 1234567;eingehend\n');
  writeFileSync(join(dir, 'map.json'), JSON.stringify({ columns: { started_at: 'Datum', remote_number: 'Rufnummer', direction: 'Art' }, zone: 'Europe/Berlin' }));
  expect((await parley(['--workspace', workspace, 'import', list])).err).toContain('Columns not known');
  expect((await parley(['--workspace', workspace, 'import', list, '--map', join(dir, 'map.json')])).out).toContain('1 new');
  expect((await parley(['--workspace', workspace, 'import', list])).out).toContain('0 new, 1 already here');
}, 60_000);

test('a setup goes from one desk to another: looked at first, taken in by areas, taken back', async () => {
  const dir = tempDir();
  const [from, to, file] = [join(dir, 'from'), join(dir, 'to'), join(dir, 'setup.json')];
  expect((await parley(['--workspace', from, 'setup', 'export', file])).out).toContain(`The setup is in ${file}`);
  const made = JSON.parse(readFileSync(file, 'utf8')) as { setup: { urgentWords: string[] } };
  writeFileSync(file, JSON.stringify({ ...made, setup: { urgentWords: ['marooned'], competitors: ['@rival'], officeZone: 'Asia/Kolkata' } }));
  expect((await parley(['--workspace', to, 'setup', 'import', file, '--dry-run'])).out).toMatch(/Nothing was changed yet.*\n {2}office: 1 changed\n {2}words: 2 new/);
  const settings = (): ReturnType<typeof tables.settingsOf> => {
    const store = openStore(join(to, 'parley.db'));
    const now = tables.settingsOf(store.read);
    store.close();
    return now;
  };
  expect(settings().competitors).toEqual([]);
  expect((await parley(['--workspace', to, 'setup', 'import', file, '--areas', 'words', '--replace'])).out).toMatch(/2 new, \d+ removed/);
  expect(settings()).toMatchObject({ urgentWords: ['marooned'], competitors: ['@rival'] });
  expect(settings().officeZone).not.toBe('Asia/Kolkata');
  expect((await parley(['--workspace', to, 'setup', 'undo'])).out).toContain('is back');
  expect(settings().urgentWords).toEqual(made.setup.urgentWords);
}, 60_000);

test('search, backup and check work on the command line, JSON for scripts', async () => {
  const workspace = join(tempDir(), 'ws');
  expect((await parley(['--workspace', workspace, 'import', join(SAMPLE, 'customers.csv')])).code).toBe(0);
  expect((await parley(['--workspace', workspace, 'import', join(SAMPLE, 'calls.csv')])).out).toMatch(/calls-csv.*37 new/);
  const found = JSON.parse((await parley(['--workspace', workspace, '--json', 'search', 'kind:call', 'promised'])).out) as { hits: unknown[] };
  expect(found.hits.length).toBeGreaterThan(0);
  const copy = join(workspace, 'copy.db');
  expect((await parley(['--workspace', workspace, 'backup', copy])).code).toBe(0);
  expect((await parley(['--workspace', workspace, 'backup', copy])).err).toContain('never overwrites');
});

test('a PIN nobody remembers is taken off by whoever owns the file, and the logs say so', async () => {
  const workspace = join(tempDir(), 'ws');
  const store = openStore(join(workspace, 'parley.db'));
  store.run(setPin, { agentId: null, hash: await hashPin('4711') }, { at: 1, agent: 'AG' });
  store.close();
  expect((await parley(['--workspace', workspace, 'agent', 'list'])).out).toContain('(PIN)');
  expect((await parley(['--workspace', workspace, 'agent', 'pin-off', 'ZZ'])).err).toContain('Nobody here has the initials ZZ');
  const [{ initials }] = JSON.parse((await parley(['--workspace', workspace, '--json', 'agent', 'list'])).out) as [{ initials: string }];
  expect((await parley(['--workspace', workspace, 'agent', 'pin-off', initials])).out).toContain('has no PIN any more');
  expect((await parley(['--workspace', workspace, 'agent', 'pin-off', initials])).err).toContain('has no PIN.');
  const after = openStore(join(workspace, 'parley.db'));
  expect(after.read.get<{ agent: string }>(`SELECT agent FROM operation WHERE name = 'agent.pinCleared'`)?.agent).toMatch(/^command line \(/);
  after.close();
  expect(readFileSync(join(workspace, 'logs', 'command-line.jsonl'), 'utf8')).toContain(`"agent":"${initials}"`);
});

test('accounts are added, tried, read once and removed on the command line; secrets come from standard input only', async () => {
  const world = await startDemoWorld({ clock: systemClock, random: seededRandom(5) });
  onTestFinished(() => world.close());
  const { imap, smtp } = world;
  const workspace = join(tempDir(), 'ws');
  const account = {
    channel: 'email', name: 'Care', address: imap.user, displayName: 'Care', imap: { host: imap.host, port: imap.port, security: 'none' },
    smtp: { host: smtp.host, port: smtp.port, security: 'none' }, user: imap.user, password: imap.pass, keepSentCopy: true,
  };
  imap.peer.deliver(imap.user, `Message-ID: <q1@example.org>\r\nDate: ${new Date().toUTCString()}\r\nFrom: ann@example.org\r\nTo: ${imap.user}\r\nSubject: x\r\n\r\nHello?\r\n`);
  const wrong = await parley(['--workspace', workspace, 'account', 'test'], JSON.stringify({ ...account, password: 'wrong' }));
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringMatching(/FAILED {2}/)]);
  expect((await parley(['--workspace', workspace, 'account', 'test'], JSON.stringify(account))).code).toBe(0);
  expect((await parley(['--workspace', workspace, 'account', 'add'], JSON.stringify(account))).code).toBe(0);
  expect((await parley(['--workspace', workspace, 'account', 'add'], JSON.stringify(account))).err).toContain('is connected already');
  const synced = await parley(['--workspace', workspace, '--json', 'sync', '--once']);
  expect([synced.code, synced.err]).toEqual([0, '']);
  expect(JSON.parse((await parley(['--workspace', workspace, '--json', 'search', 'hello'])).out)).toMatchObject({ hits: [{ customerName: 'ann@example.org' }] });
  const [listed] = (JSON.parse((await parley(['--workspace', workspace, '--json', 'account', 'list'])).out) as { id: string; channel: string }[]).filter((a) => a.channel === 'email');
  expect((await parley(['--workspace', workspace, 'account', 'remove', listed?.id ?? ''])).code).toBe(0);
  expect((await parley(['--workspace', workspace, 'account', 'remove', listed?.id ?? ''])).err).toContain('not connected');
  await world.pause();
  await parley(['--workspace', workspace, 'account', 'add'], JSON.stringify(account));
  const offline = await parley(['--workspace', workspace, 'sync', '--once']);
  expect([offline.code, offline.err.trim().split('\n')]).toEqual([1, [expect.stringContaining('could not be read')]]);
}, 60_000);
