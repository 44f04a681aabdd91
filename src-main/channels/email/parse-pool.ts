import { Worker } from 'node:worker_threads';
import { errnoOf, workerUrl, type Clock, type Log } from '../../kernel/index.ts';
import { mailLimits } from './limits.ts';
import { readMail, unreadableMail, type ReadMail, type ReadMailOptions } from './parse-mail.ts';
import type { ParseAnswer, ParseRequest, ParseWorkerData } from './parse-worker.ts';
import { createRawChunks, type SharedBytes } from './raw-chunks.ts';

/** Takes mails apart beside the main thread. `read` never rejects. */
export interface MailParser {
  read(raw: Uint8Array, options: ReadMailOptions): Promise<ReadMail>;
  /** Starts the thread before there is a mail, which would wait for it. */
  warm(): void;
  /** Ends the thread; questions still open are answered in this thread. */
  close(): void;
}

interface Job {
  id: number;
  raw: SharedBytes;
  options: ReadMailOptions;
  resolve(mail: ReadMail): void;
}

/** New objects of the thread; left to itself it takes 96 MB where there is much memory. */
const YOUNG_MB = 12;
/** A worker that dies this often before it has answered anything cannot run here (its file is missing, say). */
const STARTS_BEFORE_GIVING_UP = 2;

export function createMailParser(clock: Clock, log: Log, limits = { parseMs: mailLimits.parseMs, memoryMb: 512 }, url: URL = workerUrl(import.meta.url, 'parse-worker')): MailParser {
  let worker: Worker | null = null;
  const chunks = createRawChunks();
  let current: Int32Array = new Int32Array(1);
  let lastId = 0;
  let failedStarts = 0;
  let isClosed = false;
  /** Open questions in the order they were asked, and those among them the thread was not told of yet. */
  const waiting = new Map<number, Job>();
  let untold: Job[] = [];
  let cancelTimer = (): void => {};

  const watchHead = (): void => {
    cancelTimer();
    cancelTimer = waiting.size === 0 ? () => {} : clock.after(limits.parseMs, () => giveUpCurrent('This mail takes too long to be read; it is kept whole as message.eml.'));
  };
  const tell = (): void => {
    if (worker === null || untold.length === 0) return;
    worker.postMessage(untold.map(({ id, raw, options }): ParseRequest => ({ id, raw: raw.bytes, options })));
    untold = [];
  };
  /** Takes a mail out of the memory it shares with the thread. */
  const takeBack = ({ raw }: Job): Uint8Array => {
    const bytes = new Uint8Array(raw.bytes);
    raw.release();
    return bytes;
  };
  const inline = (jobs: Iterable<Job>): void => {
    for (const job of jobs) void readMail(takeBack(job), job.options).then(job.resolve);
  };
  const drop = (): void => {
    const old = worker;
    worker = null;
    old?.removeAllListeners();
    old?.on('error', () => {});
    void old?.terminate();
  };
  const takeAll = (): Job[] => {
    const jobs = [...waiting.values()];
    waiting.clear();
    untold = [];
    return jobs;
  };
  const giveUpCurrent = (why: string): void => {
    drop();
    const underWay = Atomics.load(current, 0);
    const bad = waiting.get(underWay) ?? waiting.values().next().value;
    log.warn('email.parse_gave_up', { why, bytes: bad?.raw.bytes.length ?? 0 });
    if (bad) {
      waiting.delete(bad.id);
      void unreadableMail(takeBack(bad), bad.options, why).then(bad.resolve);
    }
    if (waiting.size > 0) start();
    else watchHead();
  };
  const start = (): void => {
    let hasAnswered = false;
    current = new Int32Array(new SharedArrayBuffer(4));
    const started = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB }, workerData: { current } satisfies ParseWorkerData });
    worker = started;
    started.unref();
    started.on('message', (answers: ParseAnswer[]) => {
      hasAnswered = true;
      failedStarts = 0;
      for (const { id, mail } of answers) {
        const job = waiting.get(id);
        waiting.delete(id);
        job?.raw.release();
        job?.resolve(mail);
      }
      watchHead();
    });
    const died = (error: unknown): void => {
      if (worker !== started) return;
      // Running out of memory on its very first mail is the mail's doing; without this it would be tried in the main thread at last.
      if (hasAnswered || errnoOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') return giveUpCurrent('This mail needs too much memory to be read; it is kept whole as message.eml.');
      failedStarts += 1;
      log.warn('email.parse_worker_failed', { error, failedStarts });
      drop();
      if (failedStarts < STARTS_BEFORE_GIVING_UP) return waiting.size > 0 ? start() : undefined;
      cancelTimer();
      inline(takeAll());
    };
    started.on('error', died);
    started.on('exit', () => died(new Error('the parser thread ended')));
    untold = [...waiting.values()];
    tell();
    watchHead();
  };

  return {
    read(raw, options) {
      return new Promise((resolve) => {
        lastId = (lastId + 1) & 0x7fff_ffff;
        const job: Job = { id: lastId, raw: chunks.put(raw), options, resolve };
        if (isClosed || failedStarts >= STARTS_BEFORE_GIVING_UP) return inline([job]);
        waiting.set(job.id, job);
        if (worker === null) return start();
        // What arrives in one turn of the loop goes as one message.
        if (untold.push(job) === 1) setImmediate(tell);
        if (waiting.size === 1) watchHead();
      });
    },
    warm() {
      if (worker === null && !isClosed && failedStarts < STARTS_BEFORE_GIVING_UP) start();
    },
    close() {
      isClosed = true;
      cancelTimer();
      drop();
      inline(takeAll());
    },
  };
}
