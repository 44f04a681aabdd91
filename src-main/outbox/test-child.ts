import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import type { ChildStart } from './kill-child.ts';

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

export interface Line {
  t: string;
  outboxId?: string;
  states?: { id: string; mode: string; text: string; state: string }[];
  /** Accounts that know who they are. */
  known?: number;
  inbound?: { kind: string; n: number }[];
  posts?: { id: string; text: string; isDeleted: number; hidden: number | null }[];
  report?: { ok: boolean; problems: string[] };
}

export interface Child {
  /** Sends a line and waits for the answer of a kind. */
  ask(line: string | null, answer: string): Promise<Line>;
  write(line: string): void;
  /** Sends that lines of a kind spoke of, nobody having waited for them. */
  told(kind: string): ReadonlySet<string>;
  kill(): Promise<void>;
}

/** Half of a start is compiling: a child uses what the ones before it have compiled. */
const compiled = mkdtempSync(join(tmpdir(), 'parley-compiled-'));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

/** Starts the core in a process of its own, to be killed. */
export function startChild(start: ChildStart): Child {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(start)], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, PARLEY_KEY_SOURCE: 'file', NODE_COMPILE_CACHE: compiled } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const seen: Line[] = [];
  const waiters: { answer: string; resolve: (line: Line) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    const at = waiters.findIndex((w) => w.answer === line.t);
    if (at === -1) seen.push(line);
    else waiters.splice(at, 1)[0]?.resolve(line);
  });
  child.on('exit', (code) => waiters.splice(0).forEach((w) => w.reject(new Error(`the core ended (${code ?? 'killed'}) before it said ${w.answer}`))));
  return {
    write: (line) => void child.stdin.write(`${line}\n`),
    told: (kind) => new Set(seen.flatMap((line) => (line.t === kind ? (line.outboxId ?? []) : []))),
    ask: (line, answer) => new Promise((resolve, reject) => {
      const at = seen.findIndex((l) => l.t === answer);
      const early = at === -1 ? undefined : seen.splice(at, 1)[0];
      if (early) return resolve(early);
      waiters.push({ answer, resolve, reject });
      if (line !== null) child.stdin.write(`${line}\n`);
    }),
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
