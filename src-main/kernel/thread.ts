import { setFlagsFromString } from 'node:v8';
import { parentPort, Worker } from 'node:worker_threads';
import { ParleyError } from './errors.ts';

type Asked<Question> = { id: number; question: Question };
type Reply = { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string };

/** A thread that answers questions. */
export interface Thread<Question> {
  /** Starts the thread if it does not run yet. */
  ask<Value>(question: Question): Promise<Value>;
  /** Starts it before the first question, which would wait for it. */
  warm(): void;
  /** Open questions are rejected as `cancelled`. */
  close(): Promise<void>;
}

export interface ThreadOptions {
  workerData?: unknown;
  /** What somebody is told whose question could not be answered. */
  failed(message: string): ParleyError;
  /** And when the thread died; the next question starts another. */
  stopped(cause: unknown): ParleyError;
}

/** From sources Node runs the .ts file; in the build a worker is an entry of its own beside the bundle. `from`: the asking module's `import.meta.url`. */
export const workerUrl = (from: string, name: string): URL => new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);

/**
 * Threads made from now on keep at most `youngMb` of new objects: the flag the console is started with, meant for the thread windows wait
 * for, overrules the limit given to a worker, and each thread more would cost 13 MB. Left alone under Electron, which may have closed V8's
 * flags by now: setting one would end the process.
 */
export function keepThreadsSmall(youngMb: number): void {
  // The young generation is two halves and as much again for what is on its way.
  if (process.versions['electron'] === undefined) setFlagsFromString(`--max-semi-space-size=${Math.ceil(youngMb / 3)}`);
}

/** A thread of its own for what must not delay a commit or a key press. It keeps no process alive. */
export function createThread<Question>(url: URL, { workerData, failed, stopped }: ThreadOptions): Thread<Question> {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  const failAll = (error: unknown): void => {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const running = (): Worker => {
    if (worker) return worker;
    const made = new Worker(url, { workerData });
    made.unref();
    made.on('message', (reply: Reply) => {
      const entry = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) entry?.resolve(reply.value as never);
      else entry?.reject(failed(reply.message));
    });
    made.on('error', (error) => failAll(stopped(error)));
    worker = made;
    return made;
  };
  return {
    ask: <Value>(question: Question) =>
      new Promise<Value>((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        running().postMessage({ id: lastId, question } satisfies Asked<Question>);
      }),
    warm: () => void running(),
    async close() {
      const open = worker;
      failAll(new ParleyError('cancelled', 'Parley is closing.'));
      await open?.terminate();
    },
  };
}

/** The other end, in the thread. */
export function answerQuestions<Question>(answer: (question: Question) => unknown): void {
  parentPort?.on('message', ({ id, question }: Asked<Question>) => {
    void (async () => answer(question))().then(
      (value) => parentPort?.postMessage({ id, ok: true, value } satisfies Reply),
      (error: unknown) => parentPort?.postMessage({ id, ok: false, message: error instanceof Error ? error.message : String(error) } satisfies Reply),
    );
  });
}
