import { text as readAll } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createOutput, exitCodeFor, type Output } from './cli/output.ts';
import type { SetupOptions } from './cli/setup.ts';
import { ParleyError, systemClock } from './kernel/index.ts';
import { mailThreads } from './mail-threads.ts';
import { defaultWorkspaceDir } from './shell/places.ts';
import { VERSION } from './version.ts';

// Loaded by whoever runs a command: all that the commands need takes longer to load than most of them take.
const commands = () => import('./cli/commands.ts');
const setups = () => import('./cli/setup.ts');
const channels = async () => (await import('./drivers.ts')).drivers;

interface Global { workspace?: string; json?: boolean }

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('parley').version(VERSION).description('Work on a Parley workspace without a window.')
    .option('--workspace <dir>', 'the workspace folder').option('--json', 'answer as JSON').exitOverride().showSuggestionAfterError(true);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new ParleyError('cancelled', 'Stopped.')));
  process.once('SIGTERM', () => stop.abort(new ParleyError('cancelled', 'Stopped.')));
  const run = (work: (dir: string, out: Output, ...args: never[]) => Promise<void>) => async (...args: unknown[]): Promise<void> => {
    const options = program.opts<Global>();
    const dir = resolve(options.workspace ?? process.env['PARLEY_WORKSPACE'] ?? defaultWorkspaceDir());
    await work(dir, createOutput(options.json === true, () => systemClock.now()), ...(args as never[]));
  };

  program.command('import <path>').description('take in an mbox, a maildir, a mail, an X archive (zip), or a CSV of calls or customers')
    .option('--own <address...>', 'our own addresses, when no account says them')
    .option('--map <file>', 'how the columns of a list of calls are read, as JSON; remembered')
    .action(run(async (dir, out, path: string, options: { own?: string[]; map?: string }) => (await commands()).runImport(dir, path, { own: options.own ?? [], map: options.map ?? null }, out, stop.signal)));
  program.command('search <text...>').description('find messages: words, "phrases", from: channel: kind: before: after: agent: is:').option('--limit <n>', 'how many', '20')
    .action(run(async (dir, out, words: string[], options: { limit: string }) => (await commands()).runSearch(dir, words.join(' '), { limit: whole(options.limit) }, out)));
  program.command('check').description('see whether the workspace is whole').action(run(async (dir, out) => (await commands()).runCheck(dir, out)));
  program.command('backup <file>').description('copy the database, also while a console has it open').action(run(async (dir, out, file: string) => (await commands()).runBackup(dir, file, out)));
  program.command('sync').description('read all accounts').requiredOption('--once', 'read once and end').action(run(async (dir, out) => {
    mailThreads.warm();
    await (await commands()).syncOnce(dir, await channels(), out);
  }));
  const account = program.command('account').description('mailboxes and X accounts');
  account.command('list').action(run(async (dir, out) => (await commands()).listAccounts(dir, out)));
  account.command('add').description('add the account given as JSON on standard input').action(run(async (dir, out) => {
    const { addAccount, readAccount } = await commands();
    await addAccount(dir, await channels(), readAccount(await readAll(process.stdin)), out);
  }));
  account.command('test').description('try the account given as JSON on standard input').action(run(async (dir, out) => {
    const { readAccount, testAccount } = await commands();
    await testAccount(dir, await channels(), readAccount(await readAll(process.stdin)), out);
  }));
  account.command('remove <id>').action(run(async (dir, out, id: string) => (await commands()).removeAccount(dir, await channels(), id, out)));
  const agent = program.command('agent').description('agents of this desk');
  agent.command('list').action(run(async (dir, out) => (await commands()).listAgents(dir, out)));
  agent.command('pin-off <initials>').description('take off a PIN that is forgotten; the log keeps that it was done').action(run(async (dir, out, initials: string) => (await commands()).takePinOff(dir, initials, out)));
  program.command('export <person> <folder>').description('everything about one person: JSON, a readable page and attachments, in a new folder')
    .action(run(async (dir, out, person: string, folder: string) => (await commands()).runExport(dir, person, folder, out)));
  program.command('erase <person>').description('delete one person everywhere; name them exactly (address, number, handle or id)').option('--yes', 'really do it')
    .action(run(async (dir, out, person: string, options: { yes?: boolean }) => (await commands()).runErase(dir, person, options, out)));
  const setup = program.command('setup').description('everything a supervisor sets, as one file');
  setup.command('export <file>').action(run(async (dir, out, file: string) => (await setups()).runSetupExport(dir, file, out)));
  setup.command('import <file>').description('take a setup in; the one from before is kept')
    .option('--replace', 'make each area what the file says, instead of adding to it').option('--areas <names>', 'only these, with commas between').option('--dry-run', 'only say what would change')
    .option('--senior <initials>', 'who says yes, with the PIN in PARLEY_PIN, where a senior agent has one')
    .action(run(async (dir, out, file: string, options: SetupOptions) => (await setups()).runSetupImport(dir, file, options, out)));
  setup.command('undo').description('put back the setup from before the last import').option('--senior <initials>', 'who says yes, with the PIN in PARLEY_PIN')
    .action(run(async (dir, out, options: SetupOptions) => (await setups()).runSetupUndo(dir, options, out)));
  for (const [name, what] of [['work', 'Working without a window']] as const) {
    program.command(`${name} [args...]`).description('not yet').action(run(async () => {
      throw new ParleyError('not_yet', `${what} is not there yet.`);
    }));
  }
  await program.parseAsync([...argv], { from: 'user' });
}

function whole(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 1_000) throw new ParleyError('bad_input', `"${text}" is no number from 1 to 1000.`);
  return n;
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof CommanderError) process.exit(error.exitCode);
    const { code, line } = exitCodeFor(error);
    process.stderr.write(`parley: ${line}\n`);
    process.exit(code);
  },
);
