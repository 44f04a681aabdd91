import { parentPort } from 'node:worker_threads';
import { readMail, type ReadMail, type ReadMailOptions } from './parse-mail.ts';

export interface ParseRequest {
  id: number;
  raw: Uint8Array;
  options: ReadMailOptions;
}
export interface ParseAnswer {
  id: number;
  mail: ReadMail;
}

/** Buffers that belong to one file alone; pooled ones are shared and must be copied. */
function ownBuffers(mail: ReadMail): ArrayBuffer[] {
  const buffers = mail.files.flatMap(({ bytes }) => (bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength ? [bytes.buffer] : []));
  return [...new Set(buffers)];
}

let queue = Promise.resolve();
parentPort?.on('message', ({ id, raw, options }: ParseRequest) => {
  // One after the other: the main side blames the oldest request when this thread hangs or dies.
  queue = queue.then(async () => {
    const mail = await readMail(raw, options);
    parentPort?.postMessage({ id, mail } satisfies ParseAnswer, ownBuffers(mail));
  });
});
