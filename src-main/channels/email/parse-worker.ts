import { parentPort, workerData } from 'node:worker_threads';
import { readMail, type ReadMail, type ReadMailOptions } from './parse-mail.ts';

export interface ParseRequest {
  id: number;
  /** Shared with the asking thread, which keeps it until the answer is there. */
  raw: Uint8Array;
  options: ReadMailOptions;
}
export interface ParseAnswer {
  id: number;
  mail: ReadMail;
}
/** Shared with the asking thread: `current[0]` is the request under way, so that a hang or a death is blamed on the right mail. */
export interface ParseWorkerData {
  current: Int32Array;
}

/** Answers travel together: a message of its own for each mail costs the asking thread more than reading it. */
const ANSWERS_AT_ONCE = 64;
const ANSWER_AFTER_MS = 25;

/** The same with a buffer of its own for each file: a pooled one would travel whole, with whatever else lies in it. */
const apart = (mail: ReadMail): ReadMail =>
  mail.files.every(({ bytes }) => bytes.buffer.byteLength === bytes.byteLength) ? mail : { ...mail, files: mail.files.map((file) => ({ ...file, bytes: new Uint8Array(file.bytes) })) };

const { current } = workerData as ParseWorkerData;
let queue = Promise.resolve();
parentPort?.on('message', (requests: ParseRequest[]) => {
  queue = queue.then(async () => {
    let answers: ParseAnswer[] = [];
    let given = new Set<ArrayBuffer>();
    let since = performance.now();
    const flush = (): void => {
      if (answers.length > 0) parentPort?.postMessage(answers, [...given]);
      answers = [];
      given = new Set();
      since = performance.now();
    };
    for (const { id, raw, options } of requests) {
      Atomics.store(current, 0, id);
      // A copy: not everything reads shared memory.
      const mail = apart(await readMail(Buffer.from(raw), options));
      answers.push({ id, mail });
      for (const { bytes } of mail.files) given.add(bytes.buffer as ArrayBuffer);
      if (answers.length >= ANSWERS_AT_ONCE || performance.now() - since >= ANSWER_AFTER_MS) flush();
    }
    flush();
  });
});
