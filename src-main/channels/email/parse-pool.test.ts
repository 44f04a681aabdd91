import { afterEach, describe, expect, it } from 'vitest';
import { manualClock, silentLog } from '../../kernel/index.ts';
import { createMailParser, type MailParser } from './parse-pool.ts';

const parsers: MailParser[] = [];
afterEach(() => parsers.splice(0).forEach((parser) => parser.close()));
const keep = (parser: MailParser): MailParser => {
  parsers.push(parser);
  return parser;
};
const options = { own: ['care@acme.example'], receivedAt: 0 };
const mail = (id: number, body = 'Hello'): Uint8Array => Buffer.from(`From: a@b.example\r\nMessage-ID: <${id}@b.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${body}\r\n--b\r\nContent-Type: a/b; name=f${id}\r\n\r\nfile ${id}\r\n--b--`);

/** A worker of one line, for behaviour no mail can be trusted to provoke. */
const worker = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';${source}`)}`);

describe('parsing beside the main thread', () => {
  it('gives the same as parsing here, with its files, in order', async () => {
    const parser = keep(createMailParser(manualClock(), silentLog));
    const mails = await Promise.all(Array.from({ length: 50 }, (_, i) => parser.read(mail(i), options)));
    expect(mails.map((one) => one.externalId)).toEqual(Array.from({ length: 50 }, (_, i) => `<${i}@b.example>`));
    expect(mails.map((one) => Buffer.from(one.files[0]?.bytes ?? []).toString().trim())).toEqual(Array.from({ length: 50 }, (_, i) => `file ${i}`));
  });

  it('keeps the bytes it was given', async () => {
    const raw = mail(1);
    const before = Buffer.from(raw).toString();
    await keep(createMailParser(manualClock(), silentLog)).read(raw, options);
    expect(Buffer.from(raw).toString()).toBe(before);
  });

  it('gives up a mail that takes too long, keeps it whole, and reads the others', async () => {
    const clock = manualClock();
    // Hangs on the first mail it ever sees; the thread that replaces it has forgotten that.
    const hanging = worker(`parentPort.on('message', ({ id, raw }) => { if (Buffer.from(raw).includes('HANG')) for (;;) {} parentPort.postMessage({ id, mail: { externalId: 'read by worker', files: [] } }); });`);
    const parser = keep(createMailParser(clock, silentLog, { parseMs: 1_000, memoryMb: 64 }, hanging));
    const answers = [parser.read(mail(1, 'HANG'), options), parser.read(mail(2), options)];
    clock.advance(1_001);
    const [first, second] = await Promise.all(answers);
    expect(first).toMatchObject({ externalId: '<1@b.example>', detail: { unreadable: 'This mail takes too long to be read; it is kept whole as message.eml.' } });
    expect(second?.externalId).toBe('read by worker');
    expect(clock.pending()).toBe(0);
  });

  it('survives a mail that eats all memory', async () => {
    const greedy = worker(`parentPort.on('message', ({ id, raw }) => { if (Buffer.from(raw).includes('EAT')) { const all = []; for (;;) all.push(new Array(1e5).fill(id)); } parentPort.postMessage({ id, mail: { externalId: 'read by worker', files: [] } }); });`);
    const parser = keep(createMailParser(manualClock(), silentLog, { parseMs: 1_000, memoryMb: 16 }, greedy));
    const [first, second] = await Promise.all([parser.read(mail(1, 'EAT'), options), parser.read(mail(2), options)]);
    expect(first?.detail).toMatchObject({ unreadable: expect.stringContaining('memory') });
    expect(second?.externalId).toBe('read by worker');
  });

  it('parses in this thread when no worker can be had', async () => {
    const parser = keep(createMailParser(manualClock(), silentLog, { parseMs: 1_000, memoryMb: 64 }, new URL('file:///nowhere/parse-worker.js')));
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
