import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { errnoOf, ParleyError } from '../kernel/index.ts';
import { parseMail } from '../channels/email/index.ts';
import type { MessageEvent } from '../channels/port.ts';
import type { Importer, ImportContext, ImportStep } from './importer.ts';

const BATCH = 200;
const BATCH_BYTES = 8 * 1024 * 1024;
/** One mail larger than this is left out: the parser would hold several copies of it in memory. */
const MAX_MAIL_BYTES = 60 * 1024 * 1024;
const FROM = Buffer.from('From ');
const NEWLINE = 0x0a;
const MAX_FROM_LINE = 1_000;

/** RFC 4155 with mboxrd quoting: a line of `>`s and "From " had one `>` less when it was written. */
export function unquoteFrom(raw: Buffer): Buffer {
  if (!raw.includes('>From ')) return raw;
  return Buffer.from(raw.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}

/** Cuts an mbox into messages. `end` is the offset after the message: a place to go on from. */
export async function* splitMbox(path: string, from: number): AsyncGenerator<{ raw: Buffer; start: number; end: number }> {
  let pending: Buffer = Buffer.alloc(0);
  let offset = from; // of pending[0]
  let scanned = 0;
  for await (const chunk of createReadStream(path, { start: from, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const next = nextStart(pending, Math.max(1, scanned));
      if (next === -1) break;
      yield { raw: pending.subarray(0, next), start: offset, end: offset + next };
      pending = pending.subarray(next);
      offset += next;
      scanned = 0;
    }
    // The separator line may lie across two chunks: look again at the last bytes.
    scanned = Math.max(0, pending.length - MAX_FROM_LINE);
  }
  if (pending.length > 0) yield { raw: pending, start: offset, end: offset + pending.length };
}

function nextStart(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(FROM, from); at !== -1; at = bytes.indexOf(FROM, at + 1)) {
    // A separator follows an empty line and ends in a date (RFC 4155); writers that quote nothing leave "From " in texts, too.
    if (bytes[at - 1] !== NEWLINE || !(bytes[at - 2] === NEWLINE || (bytes[at - 2] === 0x0d && bytes[at - 3] === NEWLINE))) continue;
    const end = bytes.indexOf(NEWLINE, at);
    if (end !== -1 && end - at <= MAX_FROM_LINE && /^From \S+ .*\d:\d\d/.test(bytes.subarray(at, end).toString('latin1'))) return at;
  }
  return -1;
}

/** Takes the "From " line off and says when it was delivered (ms UTC), when the line tells. */
export function stripFromLine(raw: Buffer): { mail: Buffer; deliveredAt: number | null } {
  const end = raw.indexOf(NEWLINE);
  const line = raw.subarray(0, end === -1 ? raw.length : end).toString('latin1');
  const date = /^From \S+\s+(.*)$/.exec(line)?.[1];
  const at = date === undefined ? Number.NaN : Date.parse(`${date.trim()} UTC`);
  return { mail: raw.subarray(end === -1 ? raw.length : end + 1), deliveredAt: Number.isFinite(at) ? at : null };
}

/** Moves a parsed mail up in time and never into the future. */
export function shifted(event: MessageEvent, context: Pick<ImportContext, 'shiftMs' | 'now'>): MessageEvent {
  return { ...event, at: Math.min(event.at + context.shiftMs, context.now) };
}

/** Collects events and problems into steps of a bounded size. */
export function createStepper(context: ImportContext, total: number): { add(event: MessageEvent, bytes: number): void; problem(text: string): void; isFull(): boolean; isEmpty(): boolean; take(done: number, resumeAt: string): ImportStep } {
  let events: ImportStep['batch']['events'] = [];
  let problems: string[] = [];
  let size = 0;
  return {
    add(event, bytes) {
      events.push(event);
      size += bytes;
    },
    problem: (text) => void problems.push(text),
    isFull: () => events.length >= BATCH || size >= BATCH_BYTES,
    isEmpty: () => events.length === 0 && problems.length === 0,
    take(done, resumeAt) {
      const step: ImportStep = { batch: { accountId: context.account.id, origin: 'import', events, cursors: {} }, done, total, resumeAt, problems };
      events = [];
      problems = [];
      size = 0;
      return step;
    },
  };
}

export const importMbox: Importer = async function* (path, context) {
  const total = await sizeOfFile(path);
  const start = Number(context.resumeAt ?? 0);
  const steps = createStepper(context, total);
  let end = start;
  for await (const message of splitMbox(path, start)) {
    context.signal.throwIfAborted();
    if (message.start === 0 && !message.raw.subarray(0, FROM.length).equals(FROM)) {
      throw new ParleyError('bad_input', `${path} is no mbox file: it does not begin with a "From " line. Nothing was imported.`);
    }
    const { mail, deliveredAt } = stripFromLine(message.raw);
    if (mail.length > MAX_MAIL_BYTES) steps.problem(`byte ${message.start}: a mail of ${Math.round(mail.length / 1_048_576)} MB is too large and was left out`);
    else await takeMail(steps, context, unquoteFrom(mail), deliveredAt, `byte ${message.start}`);
    end = message.end;
    if (steps.isFull()) yield steps.take(end, String(end));
  }
  if (!steps.isEmpty()) yield steps.take(end, String(end));
};

/** Parses one mail into the stepper; what cannot be read is kept whole and named. */
export async function takeMail(steps: ReturnType<typeof createStepper>, context: ImportContext, raw: Buffer, deliveredAt: number | null, place: string): Promise<void> {
  const event = await parseMail(raw, { own: context.account.own, receivedAt: deliveredAt ?? context.now - context.shiftMs, files: context.files });
  if (event.detail.type === 'mail' && event.detail.unreadable !== null) steps.problem(`${place}: ${event.detail.unreadable}`);
  steps.add(shifted(event, context), raw.length);
}

/** Size of a plain, readable file; one clear sentence otherwise. */
export async function sizeOfFile(path: string): Promise<number> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw new ParleyError('bad_input', `${path} is a folder, not a file. Nothing was imported.`);
    if (!info.isFile()) throw new ParleyError('bad_input', `${path} is no plain file. Nothing was imported.`);
    if (info.size === 0) throw new ParleyError('bad_input', `${path} is empty. Nothing was imported.`);
    return info.size;
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    if (errnoOf(error) === 'ENOENT') throw new ParleyError('bad_input', `${path} does not exist. Nothing was imported.`);
    if (errnoOf(error) === 'EACCES') throw new ParleyError('bad_input', `${path} may not be read by this user. Nothing was imported.`);
    throw error;
  }
}
