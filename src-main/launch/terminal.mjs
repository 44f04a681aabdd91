// What the launcher says and how it runs other programs. Plain JavaScript without dependencies: it runs on the machine's own Node, before anything is installed.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** A failure we foresee: its message is one line for a person. */
export class Stop extends Error {}

export const say = (line) => process.stdout.write(`${line}\n`);

const STILL_EVERY_MS = 10_000;

/** Runs one step that may take long: says what and how long it has been, so that nobody takes it for hung. */
export async function step(title, run) {
  const startedAt = Date.now();
  say(`• ${title}`);
  const timer = setInterval(() => say(`  … ${Math.round((Date.now() - startedAt) / 1_000)} s`), STILL_EVERY_MS);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a program without a shell, its words into a log file, and answers `{ code, output }`; `output` is the last of what it said.
 * A program that is not there answers code 127; one that takes longer than `timeoutMs` is killed and answers 124.
 */
export function run(command, args, { cwd, env = process.env, logPath, timeoutMs } = {}) {
  return new Promise((resolve) => {
    let output = '';
    if (logPath) mkdirSync(dirname(logPath), { recursive: true });
    const take = (data) => {
      output = (output + data).slice(-20_000);
      if (logPath) appendFileSync(logPath, data);
    };
    if (logPath) appendFileSync(logPath, `\n$ ${command} ${args.join(' ')}\n`);
    // A group of its own, so that a time-out ends what it started, too.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true });
    const kill = () => {
      try {
        if (process.platform === 'win32') child.kill();
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    let hasTimedOut = false;
    const timer = timeoutMs && setTimeout(() => ((hasTimedOut = true), kill()), timeoutMs);
    process.once('exit', kill);
    const interrupted = () => {
      kill();
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (code) => {
      clearTimeout(timer);
      process.off('exit', kill);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve({ code: hasTimedOut ? 124 : code, output });
    };
    child.once('error', (error) => end(error.code === 'ENOENT' ? 127 : 126));
    child.once('close', (code) => end(code ?? 1));
  });
}

/** One sentence for why npm or apt failed, from what it said. */
export function whyFailed(output, fallback) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|Temporary failure resolving|Could not resolve|Failed to fetch/.test(output)) return 'the network or the package registry cannot be reached';
  if (/ENOSPC|No space left/.test(output)) return 'the disk is full';
  if (/EACCES|EPERM|EROFS|Permission denied|are you root/.test(output)) return 'this user may not write there';
  if (/\bE40[13]\b/.test(output)) return 'the package registry wants other credentials';
  return fallback;
}

/** Runs `main`, turns a Stop into one line and exit code 1; anything else is a bug and is shown whole. */
export async function launch(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const foreseen = error instanceof Stop ? error.message : foreseenErrno(error);
    process.stderr.write(foreseen === null ? `${error?.stack ?? error}\n` : `parley: ${foreseen}\n`);
    process.exitCode = 1;
  }
}

function foreseenErrno(error) {
  if (error?.code === 'ENOSPC') return 'The disk is full.';
  if (['EACCES', 'EPERM', 'EROFS'].includes(error?.code)) return `This user may not write ${error.path ?? 'there'}.`;
  return null;
}
