import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { threadSource } from './thread-source.ts';

const script = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
const made: Worker[] = [];
const taken = (worker: Worker): Worker => {
  made.push(worker);
  return worker;
};
afterEach(async () => {
  await Promise.all(made.splice(0).map((worker) => worker.terminate()));
});

it('hands out the thread that was started ahead, once', async () => {
  const source = threadSource(script(`import { parentPort, threadId } from 'node:worker_threads'; parentPort.on('message', () => parentPort.postMessage(threadId));`), 64);
  source.warm();
  source.warm();
  const [first, second] = [taken(source.take()), taken(source.take())];
  first.postMessage('who');
  second.postMessage('who');
  const [[one], [two]] = await Promise.all([once(first, 'message'), once(second, 'message')]) as [[number], [number]];
  expect(two).toBe(one + 1);
});

it('whoever takes a thread that cannot run hears why, though it was started ahead', async () => {
  const source = threadSource(script(`throw new Error('cannot run here');`), 64);
  source.warm();
  await expect(once(taken(source.take()), 'exit')).rejects.toThrow('cannot run here');
});
