import { Worker } from 'node:worker_threads';
import { errnoOf, type Clock, type Log } from '../../kernel/index.ts';
import { mailLimits } from './limits.ts';
import { readMail, unreadableMail, type ReadMail, type ReadMailOptions } from './parse-mail.ts';
import type { ParseAnswer, ParseRequest } from './parse-worker.ts';

/** Takes mails apart beside the main thread. `read` never rejects; answers come in the order of the questions. */
export interface MailParser {
  read(raw: Uint8Array, options: ReadMailOptions): Promise<ReadMail>;
  /** Ends the thread; questions still open are answered in this thread. */
  close(): void;
}

interface Job {
  id: number;
  raw: Uint8Array;
  options: ReadMailOptions;
  resolve(mail: ReadMail): void;
}

/** From sources Node runs the .ts file; in the build the worker is an entry of its own beside the bundle. */
const workerUrl = (): URL => {
  const name = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js';
  return new URL(name, import.meta.url);
};

/** A worker that dies this often before it has answered anything cannot run here (its file is missing, say). */
const STARTS_BEFORE_GIVING_UP = 2;

export function createMailParser(clock: Clock, log: Log, limits = { parseMs: mailLimits.parseMs, memoryMb: 512 }, url: URL = workerUrl()): MailParser {
  let worker: Worker | null = null;
  let lastId = 0;
  let failedStarts = 0;
  let isClosed = false;
  let waiting: Job[] = [];
  let cancelTimer = (): void => {};

  const watchHead = (): void => {
    cancelTimer();
    cancelTimer = (): void => {};
    if (waiting[0] !== undefined) cancelTimer = clock.after(limits.parseMs, () => giveUpHead('This mail takes too long to be read; it is kept whole as message.eml.'));
  };
  const ask = (job: Job): void => {
    // A copy travels: the original must survive a worker that dies, and may be a view into a larger buffer.
    const raw = Uint8Array.from(job.raw);
    worker?.postMessage({ id: job.id, raw, options: job.options } satisfies ParseRequest, [raw.buffer]);
  };
  const inline = (jobs: Job[]): void => jobs.forEach((job) => void readMail(job.raw, job.options).then(job.resolve));
  const drop = (): void => {
    const old = worker;
    worker = null;
    old?.removeAllListeners();
    old?.on('error', () => {});
    void old?.terminate();
  };
  const giveUpHead = (why: string): void => {
    drop();
    const head = waiting.shift();
    log.warn('email.parse_gave_up', { why, bytes: head?.raw.length ?? 0 });
    if (head) void unreadableMail(head.raw, head.options, why).then(head.resolve);
    if (waiting.length > 0) start();
  };
  const start = (): void => {
    let hasAnswered = false;
    const started = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb } });
    worker = started;
    started.unref();
    started.on('message', ({ id, mail }: ParseAnswer) => {
      hasAnswered = true;
      failedStarts = 0;
      const job = waiting[0];
      if (job?.id !== id) return;
      waiting.shift();
      watchHead();
      job.resolve(mail);
    });
    const died = (error: unknown): void => {
      if (worker !== started) return;
      // Running out of memory on its very first mail is the mail's doing; without this it would be tried in the main thread at last.
      if (hasAnswered || waiting.length === 0 || errnoOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') return giveUpHead('This mail needs too much memory to be read; it is kept whole as message.eml.');
      failedStarts += 1;
      log.warn('email.parse_worker_failed', { error, failedStarts });
      drop();
      if (failedStarts < STARTS_BEFORE_GIVING_UP) return start();
      cancelTimer();
      inline(waiting.splice(0));
    };
    started.on('error', died);
    started.on('exit', () => died(new Error('the parser thread ended')));
    waiting.forEach(ask);
    watchHead();
  };

  return {
    read(raw, options) {
      return new Promise((resolve) => {
        lastId += 1;
        const job: Job = { id: lastId, raw, options, resolve };
        if (isClosed || failedStarts >= STARTS_BEFORE_GIVING_UP) return inline([job]);
        waiting.push(job);
        if (worker === null) return start();
        ask(job);
        if (waiting.length === 1) watchHead();
      });
    },
    close() {
      isClosed = true;
      cancelTimer();
      drop();
      inline(waiting.splice(0));
      waiting = [];
    },
  };
}
