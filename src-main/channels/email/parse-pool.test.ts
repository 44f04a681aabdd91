import { afterEach, describe, expect, it } from 'vitest';
import { shapes } from '../../../bench/mail-shapes.ts';
import { manualClock, silentLog } from '../../kernel/index.ts';
import { readMail, type ReadMail } from './parse-mail.ts';
import { createMailParser, type MailParser } from './parse-pool.ts';

const parsers: MailParser[] = [];
afterEach(() => parsers.splice(0).forEach((parser) => parser.close()));
const keep = (parser: MailParser): MailParser => {
  parsers.push(parser);
  return parser;
};
const options = { own: ['care@acme.example'], receivedAt: 0 };
const mail = (id: number, body = 'Hello'): Uint8Array => Buffer.from(`From: a@b.example\r\nMessage-ID: <${id}@b.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${body}\r\n--b\r\nContent-Type: a/b; name=f${id}\r\n\r\nfile ${id}\r\n--b--`);

/** A worker for behaviour no mail can be trusted to provoke: `trap` sees each mail's text first. Like the real one it answers a whole message at its end. */
const worker = (trap: string): URL => new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';
parentPort.on('message', (requests) => parentPort.postMessage(requests.map(({ id, raw }) => {
  Atomics.store(workerData.current, 0, id);
  const text = Buffer.from(raw).toString();
  ${trap}
  return { id, mail: { externalId: 'read by worker', files: [] } };
})));`)}`);

describe('parsing beside the main thread', () => {
  it('gives the same as parsing here, with its files, in order', async () => {
    const parser = keep(createMailParser(manualClock(), silentLog));
    const mails = await Promise.all(Array.from({ length: 50 }, (_, i) => parser.read(mail(i), options)));
    expect(mails.map((one) => one.externalId)).toEqual(Array.from({ length: 50 }, (_, i) => `<${i}@b.example>`));
    expect(mails.map((one) => Buffer.from(one.files[0]?.bytes ?? []).toString().trim())).toEqual(Array.from({ length: 50 }, (_, i) => `file ${i}`));
  });

  it('reads mails of every shape as this thread does', async () => {
    const parser = keep(createMailParser(manualClock(), silentLog));
    const shown = ({ files, ...rest }: ReadMail): unknown => ({ ...rest, files: files.map(({ bytes, ...file }) => ({ ...file, bytes: Buffer.from(bytes).toString('latin1') })) });
    for (const raw of shapes()) expect(shown(await parser.read(raw, options))).toEqual(shown(await readMail(raw, options)));
  });

  it('keeps the bytes it was given', async () => {
    const raw = mail(1);
    const before = Buffer.from(raw).toString();
    await keep(createMailParser(manualClock(), silentLog)).read(raw, options);
    expect(Buffer.from(raw).toString()).toBe(before);
  });

  it('gives up the mail that takes too long, wherever it lies among others, keeps it whole, and reads the others', async () => {
    const clock = manualClock();
    const parser = keep(createMailParser(clock, silentLog, { parseMs: 1_000, memoryMb: 64 }, worker(`if (text.includes('HANG')) { new BroadcastChannel('parse-pool-test').postMessage(id); for (;;) {} }`)));
    const line = new BroadcastChannel('parse-pool-test');
    const hangs = new Promise<void>((resolve) => (line.onmessage = () => resolve()));
    // The first message to a new thread goes at once, the next two together.
    const answers = [parser.read(mail(1), options)];
    await answers[0];
    answers.push(parser.read(mail(2), options), parser.read(mail(3, 'HANG'), options), parser.read(mail(4), options));
    await hangs;
    line.close();
    clock.advance(1_001);
    const mails = await Promise.all(answers);
    expect(mails[2]).toMatchObject({ externalId: '<3@b.example>', detail: { unreadable: 'This mail takes too long to be read; it is kept whole as message.eml.' } });
    expect(mails.map((one) => one.externalId)).toEqual(['read by worker', 'read by worker', '<3@b.example>', 'read by worker']);
    expect(clock.pending()).toBe(0);
  });

  it('survives a mail that eats all memory', async () => {
    const greedy = worker(`if (text.includes('EAT')) { const all = []; for (;;) all.push(new Array(1e5).fill(id)); }`);
    const parser = keep(createMailParser(manualClock(), silentLog, { parseMs: 1_000, memoryMb: 16 }, greedy));
    const [first, second] = await Promise.all([parser.read(mail(1, 'EAT'), options), parser.read(mail(2), options)]);
    expect(first?.detail).toMatchObject({ unreadable: expect.stringContaining('memory') });
    expect(second?.externalId).toBe('read by worker');
  });

  it('is ready before the first mail when asked to be', async () => {
    const line = new BroadcastChannel('parse-pool-warm');
    const isUp = new Promise<void>((resolve) => (line.onmessage = () => resolve()));
    const parser = keep(createMailParser(manualClock(), silentLog, { parseMs: 1_000, memoryMb: 64 }, new URL(`${worker('').href}${encodeURIComponent(` new BroadcastChannel('parse-pool-warm').postMessage('up');`)}`)));
    parser.warm();
    await isUp;
    line.close();
    expect((await parser.read(mail(1), options)).externalId).toBe('read by worker');
  });

  it('parses in this thread when no worker can be had', async () => {
    const parser = keep(createMailParser(manualClock(), silentLog, { parseMs: 1_000, memoryMb: 64 }, new URL('file:///nowhere/parse-worker.js')));
    parser.warm();
    expect((await parser.read(mail(1), options)).externalId).toBe('<1@b.example>');
    expect((await parser.read(mail(2), options)).externalId).toBe('<2@b.example>');
  });

  it('answers what is still open when it is closed', async () => {
    const parser = createMailParser(manualClock(), silentLog);
    const answer = parser.read(mail(1), options);
    parser.close();
    expect((await answer).externalId).toBe('<1@b.example>');
  });
});
