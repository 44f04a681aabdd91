// First sync of a mailbox from a local Dovecot into a workspace, beside mbsync from the same server in the same run:
// `node bench/mail-sync.ts [--mails 20000] [--customers 4000] [--rounds 3] [--mixed]`. Needs a build (npm run build); every reader
// runs in a process of its own, the server in another. Ours also parses, threads, indexes for search and commits; mbsync writes files.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDovecot } from '../e2e/peers/dovecot.ts';
import { silentLog, systemClock, systemRandom } from '../src-main/kernel/index.ts';
import { tables } from '../src-main/store/index.ts';
import { openWorkspaceFiles } from '../src-main/workspace.ts';
import { makeMails, OURS } from './make-mails.ts';

const { values } = parseArgs({ options: { mails: { type: 'string', default: '20000' }, customers: { type: 'string', default: '4000' }, rounds: { type: 'string', default: '3' }, mixed: { type: 'boolean', default: false }, prof: { type: 'string' } } });
const mails = Number(values.mails);
const rounds = Number(values.rounds);
/** As src-main/launch starts it. */
const CORE_FLAGS = ['--max-semi-space-size=4'];
const CLI = resolve(import.meta.dirname, '../out/main/cli.js');
if (!existsSync(CLI)) throw new Error('there is no build: run `npm run build` first');

interface Run { seconds: number; cpu: number; peakMb: number }

/** Peak of resident memory as the kernel keeps it (VmHWM): read often, because it goes with the process. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor seconds of a process so far, its threads included; in ticks of a hundredth. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

function measure(command: string, args: readonly string[]): Promise<Run> {
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    let peakMb = 0;
    let cpu = 0;
    const watch = setInterval(() => {
      peakMb = Math.max(peakMb, peakOf(child.pid ?? 0));
      cpu = Math.max(cpu, cpuOf(child.pid ?? 0));
    }, 10);
    child.once('error', fail);
    child.once('close', (code) => {
      clearInterval(watch);
      if (code === 0) done({ seconds: (performance.now() - startedAt) / 1_000, cpu, peakMb });
      else fail(new Error(`${command} ended with ${code}: ${said.slice(-2_000)}`));
    });
  });
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const count = (command: string, args: readonly string[]): string => execFileSync(command, [...args], { encoding: 'utf8' });

const dovecot = await startDovecot();
const dir = mkdtempSync(join(tmpdir(), 'parley-bench-sync-'));
try {
  process.stdout.write(`putting ${mails} ${values.mixed ? 'mixed' : 'plain'} mails into Dovecot\n`);
  const raws: string[] = [];
  let bytes = 0;
  for (const { raw } of makeMails(mails, Number(values.customers), values.mixed)) {
    // As servers keep them; Dovecot would have to convert each on its way out.
    const wire = raw.replace(/\n/g, '\r\n');
    bytes += Buffer.byteLength(wire);
    raws.push(wire);
  }
  dovecot.deliver(raws);
  raws.length = 0;
  await dovecot.doveadm('index', 'INBOX');

  const parley = async (round: number): Promise<Run> => {
    const workspace = join(dir, `parley-${round}`);
    const files = openWorkspaceFiles({ dir: workspace, clock: systemClock, random: systemRandom, log: silentLog });
    const server = { host: '127.0.0.1', port: dovecot.port, security: 'none' };
    const accountId = files.ids.next();
    files.store.run({
      name: 'bench.account',
      apply: (tx) => tables.putAccount(tx.db, { id: accountId, channel: 'email', name: 'Care', address: OURS, isConnected: true, config: { address: OURS, displayName: 'Care', user: dovecot.user, imap: server, smtp: server, keepSentCopy: false, ca: null } }, tx.at),
    }, null, { at: Date.now(), agent: 'bench' });
    await files.secrets.save(accountId, { password: dovecot.password });
    files.close();
    const run = await measure(process.execPath, [...CORE_FLAGS, ...(values.prof === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.prof}`]), CLI, '--workspace', workspace, 'sync', '--once']);
    const check = JSON.parse(count(process.execPath, [CLI, '--workspace', workspace, '--json', 'check'])) as { messages: number };
    if (check.messages !== mails) throw new Error(`${check.messages} of ${mails} mails came in`);
    if (round === 0) process.stdout.write(`workspace: ${(statSync(join(workspace, 'parley.db')).size / 1_048_576).toFixed(0)} MB, mails on the wire: ${(bytes / 1_048_576).toFixed(0)} MB\n`);
    rmSync(workspace, { recursive: true, force: true });
    return run;
  };
  const mbsync = async (round: number, fsync: boolean): Promise<Run> => {
    const to = join(dir, `mbsync-${round}-${fsync}`);
    mkdirSync(to);
    const config = join(to, 'rc');
    writeFileSync(config, `FSync ${fsync ? 'yes' : 'no'}

IMAPAccount far
Host 127.0.0.1
Port ${dovecot.port}
User ${dovecot.user}
Pass ${dovecot.password}
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
  };
  let hasMbsync = true;
  try {
    count('mbsync', ['--version']);
  } catch {
    hasMbsync = false;
    process.stdout.write('mbsync is not installed (Debian: isync): measured alone, nothing is compared\n');
  }
  const readers: [name: string, run: (round: number) => Promise<Run>][] = [
    ['parley', parley],
    ...(hasMbsync ? [['mbsync, its default fsync', (round: number) => mbsync(round, true)], ['mbsync, no fsync', (round: number) => mbsync(round, false)]] satisfies [string, (round: number) => Promise<Run>][] : []),
  ];
  const results = new Map<string, Run[]>(readers.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) for (const [name, run] of readers) {
    const result = await run(round);
    results.get(name)?.push(result);
    process.stdout.write(`  round ${round + 1}  ${name.padEnd(26)} ${result.seconds.toFixed(2)} s  cpu ${result.cpu.toFixed(2)} s  ${result.peakMb.toFixed(0)} MB\n`);
  }
  process.stdout.write(`\n${'medians'.padEnd(28)}${'seconds'.padStart(9)}${'mails/s'.padStart(10)}${'cpu s'.padStart(8)}${'peak MB'.padStart(10)}${'ours / it'.padStart(11)}\n`);
  const ours = median((results.get('parley') ?? []).map((run) => run.seconds));
  for (const [name, runs] of results) {
    const seconds = median(runs.map((run) => run.seconds));
    process.stdout.write(`${name.padEnd(28)}${seconds.toFixed(2).padStart(9)}${Math.round(mails / seconds).toString().padStart(10)}${median(runs.map((run) => run.cpu)).toFixed(1).padStart(8)}${median(runs.map((run) => run.peakMb)).toFixed(0).padStart(10)}${(ours / seconds).toFixed(2).padStart(11)}\n`);
  }
} finally {
  await dovecot.close();
  rmSync(dir, { recursive: true, force: true });
}
