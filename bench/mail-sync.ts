// First sync of a mailbox from a local Dovecot into a workspace, beside mbsync from the same server in the same run:
// `node bench/mail-sync.ts [--mails 5000,20000] [--customers 4000] [--rounds 3] [--plain] [--keeps mdbox,maildir]`. Needs a build (npm run
// build); every reader runs in a process of its own, in turn, the server in another. Ours also parses, threads, indexes for search and
// commits; mbsync writes files. The server keeps its mail in its own format (mdbox), or as Maildir, of which Dovecot lists all files twice
// for each reader: 1.4 s for 20,000 mails in which a reader can only wait.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ImapFlow } from 'imapflow';
import { MAILDIR, startDovecot, type Dovecot } from '../e2e/peers/dovecot.ts';
import { silentLog, systemClock, systemRandom } from '../src-main/kernel/index.ts';
import { tables } from '../src-main/store/index.ts';
import { openWorkspaceFiles } from '../src-main/workspace.ts';
import { makeMails, OURS } from './make-mails.ts';

const { values } = parseArgs({ options: { mails: { type: 'string', default: '5000,20000' }, customers: { type: 'string', default: '4000' }, rounds: { type: 'string', default: '3' }, plain: { type: 'boolean', default: false }, keeps: { type: 'string', default: 'mdbox,maildir' }, prof: { type: 'string' } } });
const rounds = Number(values.rounds);
/** As src-main/launch starts it. */
const CORE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=100', ...(values.prof === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.prof}`])];
const CLI = resolve(import.meta.dirname, '../out/main/cli.js');
if (!existsSync(CLI)) throw new Error('there is no build: run `npm run build` first');

interface Run { seconds: number; cpu: number; peaksMb: number[] }

const proc = (path: string): string => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
};
const family = (pid: number): number[] => [pid, ...proc(`${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).flatMap((child) => family(Number(child)))];
/** Peak of resident memory as the kernel keeps it (VmHWM): read now and then, because it goes with the process; every 20 ms took a twentieth of a processor from what is measured. */
const peakOf = (pid: number): number => Number(/VmHWM:\s+(\d+)/.exec(proc(`${pid}/status`))?.[1] ?? 0) / 1024;
/** Processor seconds of all children that have ended, theirs included, all threads; in ticks of a hundredth. */
function endedCpu(): number {
  const fields = proc('self/stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function measure(command: string, args: readonly string[]): Promise<Run> {
  return new Promise((done, fail) => {
    const cpuBefore = endedCpu();
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const peaks = new Map<number, number>();
    const watch = setInterval(() => {
      for (const pid of family(child.pid ?? 0)) peaks.set(pid, Math.max(peaks.get(pid) ?? 0, peakOf(pid)));
  }, 50);
    child.once('error', fail);
    child.once('close', (code) => {
      clearInterval(watch);
      const peaksMb = [...peaks.values()].filter((mb) => mb > 0).sort((a, b) => b - a);
      if (code === 0) done({ seconds: (performance.now() - startedAt) / 1_000, cpu: endedCpu() - cpuBefore, peaksMb });
      else fail(new Error(`${command} ended with ${code}: ${said.slice(-2_000)}`));
    });
  });
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const count = (command: string, args: readonly string[]): string => execFileSync(command, [...args], { encoding: 'utf8' });

interface Reader { name: string; run(mailbox: Dovecot, mails: number): Promise<Run> }

const dir = mkdtempSync(join(tmpdir(), 'parley-bench-sync-'));
let folders = 0;
const nextFolder = (): string => join(dir, String((folders += 1)));

const parley: Reader = {
  name: 'parley',
  async run(mailbox, mails) {
    const workspace = nextFolder();
    const files = openWorkspaceFiles({ dir: workspace, clock: systemClock, random: systemRandom, log: silentLog });
    const server = { host: mailbox.host, port: mailbox.port, security: 'none' };
    const accountId = files.ids.next();
    files.store.run({
      name: 'bench.account',
      apply: (tx) => tables.putAccount(tx.db, { id: accountId, channel: 'email', name: 'Care', address: OURS, isConnected: true, config: { address: OURS, displayName: 'Care', user: mailbox.user, imap: server, smtp: server, keepSentCopy: false, ca: null } }, tx.at),
    }, null, { at: Date.now(), agent: 'bench' });
    await files.secrets.save(accountId, { password: mailbox.password });
    files.close();
    const run = await measure(process.execPath, [...CORE_FLAGS, CLI, '--workspace', workspace, 'sync', '--once']);
    const check = JSON.parse(count(process.execPath, [CLI, '--workspace', workspace, '--json', 'check'])) as { ok: boolean; messages: number };
    if (!check.ok || check.messages !== mails) throw new Error(`${check.messages} of ${mails} mails came in whole`);
    say(`    workspace: ${(statSync(join(workspace, 'parley.db')).size / 1_048_576).toFixed(0)} MB and its files`);
    rmSync(workspace, { recursive: true, force: true });
    return run;
  },
};

const mbsync = (isSynced: boolean): Reader => ({
  name: isSynced ? 'mbsync, fsync (its default)' : 'mbsync, no fsync',
  async run(mailbox, mails) {
    const to = nextFolder();
    mkdirSync(to);
    const config = join(to, 'rc');
    writeFileSync(config, `FSync ${isSynced ? 'yes' : 'no'}

IMAPAccount far
Host ${mailbox.host}
Port ${mailbox.port}
User ${mailbox.user}
Pass ${mailbox.password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account far

MaildirStore near
Path ${to}/
Inbox ${to}/INBOX

Channel all
Far :far:
Near :near:
Patterns INBOX
Sync Pull
Create Near
SyncState *
`);
    const run = await measure('mbsync', ['-q', '-c', config, 'all']);
    const here = count('sh', ['-c', `find ${to}/INBOX/new ${to}/INBOX/cur -type f | wc -l`]).trim();
    if (Number(here) !== mails) throw new Error(`mbsync fetched ${here} of ${mails} mails`);
    rmSync(to, { recursive: true, force: true });
    return run;
  },
});

async function openOnce({ host, port, user, password }: Dovecot): Promise<void> {
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth: { user, pass: password }, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX');
  await client.logout();
}

async function fill(mailbox: Dovecot, keeps: string, mails: number): Promise<void> {
  const raws: string[] = [];
  let bytes = 0;
  for (const { raw } of makeMails(mails, Number(values.customers), !values.plain)) {
    // As servers keep them; Dovecot would have to convert each on its way out.
    const wire = raw.replace(/\n/g, '\r\n');
    bytes += Buffer.byteLength(wire);
    raws.push(wire);
  }
  mailbox.deliver(raws);
  if (keeps !== 'maildir') await mailbox.doveadm('import', MAILDIR, '', 'all');
  // As a mailbox in use: in Maildir, mails nobody has been told of yet are listed anew each time a folder is looked into without being changed.
  await openOnce(mailbox);
  await mailbox.doveadm('index', 'INBOX');
  // Dovecot's own notes on each mail are there for whoever reads second: nobody shall read first.
  await mailbox.doveadm('fetch', 'size.virtual', 'mailbox', 'INBOX', 'all');
  say(`${mails} ${values.plain ? 'plain' : 'mixed'} mails, ${(bytes / 1_048_576).toFixed(0)} MB on the wire, kept as ${keeps}`);
}

let hasMbsync = true;
try {
  count('mbsync', ['--version']);
} catch {
  hasMbsync = false;
  say('mbsync is not installed (Debian: isync): measured alone, nothing is compared');
}
const readers = [parley, ...(hasMbsync ? [mbsync(true), mbsync(false)] : [])];

const lines: string[] = [];

async function compare(mailbox: Dovecot, keeps: string, mails: number): Promise<void> {
  await fill(mailbox, keeps, mails);
  const results = new Map<string, Run[]>(readers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) for (const { name, run } of readers) {
    const result = await run(mailbox, mails);
    results.get(name)?.push(result);
    say(`  round ${round + 1}  ${name.padEnd(28)} ${result.seconds.toFixed(2)} s  cpu ${result.cpu.toFixed(2)} s  ${result.peaksMb.map((mb) => mb.toFixed(0)).join(' + ')} MB`);
  }
  const ours = median((results.get(parley.name) ?? []).map((run) => run.seconds));
  for (const [name, runs] of results) {
    const seconds = median(runs.map((run) => run.seconds));
    const peaks = runs.map((run) => run.peaksMb).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).at(-1) ?? [];
    lines.push([
      keeps.padEnd(8), String(mails).padStart(6), ` ${name.padEnd(28)}`, seconds.toFixed(2).padStart(8), Math.round(mails / seconds).toString().padStart(9), median(runs.map((run) => run.cpu)).toFixed(2).padStart(8),
      peaks.map((mb) => mb.toFixed(0)).join('+').padStart(10), name === parley.name ? '' : (ours / seconds).toFixed(2).padStart(11),
    ].join(''));
  }
}

try {
  for (const keeps of values.keeps.split(',')) {
    const dovecot = await startDovecot({ mailLocation: keeps === 'maildir' ? MAILDIR : `${keeps}:~/${keeps}` });
    try {
      for (const mails of values.mails.split(',').map(Number)) await compare(dovecot.addUser(), keeps, mails);
    } finally {
      await dovecot.close();
    }
  }
  say(`\nmedians of ${rounds}; the highest peak, by process\n${'kept as'.padEnd(8)}${'mails'.padStart(6)} ${'reader'.padEnd(28)}${'seconds'.padStart(8)}${'mails/s'.padStart(9)}${'cpu s'.padStart(8)}${'peak MB'.padStart(10)}${'ours / it'.padStart(11)}`);
  for (const line of lines) say(line);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
