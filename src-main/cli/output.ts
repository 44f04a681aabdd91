import { messageOf, ParleyError } from '../kernel/index.ts';

export interface Output {
  /** A result: one line for a person, or the object as JSON. */
  result(value: unknown, line: string): void;
  /** How far long work is; drawn over itself on a terminal, every few seconds in a file. */
  progress(line: string): void;
}

export function createOutput(isJson: boolean, now: () => number): Output {
  let lastAt = 0;
  let isOpen = false;
  const endLine = (): void => {
    if (isOpen) process.stderr.write('\n');
    isOpen = false;
  };
  return {
    result(value, line) {
      endLine();
      process.stdout.write(`${isJson ? JSON.stringify(value) : line}\n`);
    },
    progress(line) {
      const every = process.stderr.isTTY ? 100 : 1_000;
      if (now() - lastAt < every) return;
      lastAt = now();
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\u001b[K${line}`);
        isOpen = true;
      } else process.stderr.write(`${line}\n`);
    },
  };
}

/** Exit codes: 1 for what a person can mend, 2 for a command that is not there yet, 3 for a bug, 130 when stopped by Ctrl-C. */
export function exitCodeFor(error: unknown): { code: number; line: string } {
  if (error instanceof ParleyError) return { code: error.code === 'not_yet' ? 2 : error.code === 'cancelled' ? 130 : 1, line: error.message };
  return { code: 3, line: `Something went wrong in Parley: ${messageOf(error)}. Nothing was lost.` };
}
