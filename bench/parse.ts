// What taking a mail apart costs, in microseconds of processor time a mail (all threads): `node bench/parse.ts [mails] [rounds]`. Ours up to
// the event and by way of the thread, beside postal-mime as it comes, which only takes the mail apart; all in turn in the same run.
import { createRequire } from 'node:module';
import type PostalMime from 'postal-mime';
import { readMail } from '../src-main/channels/email/parse-mail.ts';
import { createMailParser } from '../src-main/channels/email/parse-pool.ts';
import { silentLog, systemClock } from '../src-main/kernel/index.ts';
import { makeMails, OURS } from './make-mails.ts';

// A second copy of it: ours changes the insides of the one it uses.
const Whole = (createRequire(import.meta.url)('postal-mime') as { default: typeof PostalMime }).default;
const mails = Number(process.argv[2] ?? 5_000);
const rounds = Number(process.argv[3] ?? 3);
const options = { own: [OURS], receivedAt: Date.UTC(2026, 0, 5) };

const readers: [name: string, (raws: readonly Uint8Array[]) => Promise<unknown>][] = [
  ['postal-mime, taken apart only', async (raws) => { for (const raw of raws) await Whole.parse(raw, { forceRfc822Attachments: true }); }],
  ['ours, to the event', async (raws) => { for (const raw of raws) await readMail(raw, options); }],
  ['ours, by way of the thread', async (raws) => {
    const parser = createMailParser(systemClock, silentLog);
    // As a batch of the reader: so many are asked for at once.
    for (let at = 0; at < raws.length; at += 200) await Promise.all(raws.slice(at, at + 200).map((raw) => parser.read(raw, options)));
    parser.close();
  }],
];
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

for (const isMixed of [false, true]) {
  const raws = [...makeMails(mails, 4_000, isMixed)].map(({ raw }) => Buffer.from(raw.replace(/\n/g, '\r\n')));
  const taken = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) for (const [name, read] of readers) {
    const before = process.cpuUsage();
    await read(raws);
    const { user, system } = process.cpuUsage(before);
    taken.set(name, [...(taken.get(name) ?? []), (user + system) / raws.length]);
  }
  for (const [name, micros] of taken) process.stdout.write(`${isMixed ? 'mixed' : 'plain'}  ${name.padEnd(32)} ${median(micros).toFixed(0).padStart(5)} µs a mail  (${micros.map((one) => one.toFixed(0)).join(', ')})\n`);
}
