// Breaks mails for as long as you like: `npm run fuzz -- [minutes] [seed]`. Every mail must be read in time, keep the promises of
// promises.fixture.ts, be shown (sanitised, folded) and give a row; what is read lightly must be what postal-mime reads. What fails is made small and written to
// src-main/channels/email/fuzz-corpus, where a unit test reads it from then on.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBothWays } from '../src-main/channels/email/light/same.fixture.ts';
import { mailLimits } from '../src-main/channels/email/limits.ts';
import { createMailParser } from '../src-main/channels/email/parse-pool.ts';
import type { ReadMail } from '../src-main/channels/email/parse-mail.ts';
import { brokenPromises } from '../src-main/channels/email/promises.fixture.ts';
import { accept } from '../src-main/intake/index.ts';
import { createIds, seededRandom, silentLog, systemClock } from '../src-main/kernel/index.ts';
import { checkStore, openContentStore, openStore, tables } from '../src-main/store/index.ts';
import { sanitise } from '../src-main/mail-view/sanitise.ts';
import { fold } from '../src-renderer/state/words/fold.ts';
import { shapes } from './mail-shapes.ts';
import { makeMails } from './make-mails.ts';
import { mutate } from './mutate-mail.ts';

const OWN = ['care@acme.example'];
const SLOW_MS = 4_000;
const MOST_RSS = 1_500 * 1024 * 1024;
const BATCH = 100;
const KEEP = join(import.meta.dirname, '../src-main/channels/email/fuzz-corpus');

const minutes = Number(process.argv[2] ?? 5);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
if (!Number.isFinite(minutes) || minutes <= 0 || !Number.isFinite(seed)) throw new Error('fuzz: minutes and seed are numbers');
const random = seededRandom(seed);
const clock = systemClock;
const dir = mkdtempSync(join(tmpdir(), 'parley-fuzz-'));
const store = openStore(join(dir, 'parley.db'));
const files = openContentStore(join(dir, 'files'));
const ids = createIds(clock, random);
const by = { at: clock.now(), agent: 'fuzz' };
const accountId = ids.next();
store.run({ name: 'fuzz.account', apply: (tx) => tables.putAccount(tx.db, { id: accountId, channel: 'email', name: 'Care', address: 'care@acme.example', config: {}, isConnected: false }, tx.at) }, null, by);
const parser = createMailParser(clock, silentLog);

/** Reads one mail as the console would, up to what is shown; says what is wrong with it. */
async function tryMail(raw: Uint8Array): Promise<{ mail: ReadMail | null; faults: string[] }> {
  const started = performance.now();
  const now = clock.now();
  try {
    const mail = await parser.read(raw, { own: OWN, receivedAt: now });
    const faults = brokenPromises(raw, mail, now);
    const why = mail.detail.type === 'mail' ? (mail.detail.unreadable ?? '') : '';
    if (/too long|too much memory/.test(why)) faults.push(why);
    if ((await readBothWays(raw)) === 'different') faults.push('it is read lightly in another way than by postal-mime');
    const readMs = performance.now() - started;
    if (readMs > SLOW_MS) faults.push('it takes too long to be read');
    for (const file of mail.files) if (file.name === 'message.html' && file.bytes.length < 512 * 1024) sanitise(Buffer.from(file.bytes).toString('utf8'));
    if (fold(mail.text).map((part) => part.text).join('\n') !== mail.text) faults.push('folding loses text');
    if (performance.now() - started - readMs > SLOW_MS) faults.push('it takes too long to be shown');
    return { mail, faults };
  } catch (error) {
    return { mail: null, faults: [`it throws: ${error instanceof Error ? `${error.name} ${error.message.slice(0, 120)}` : String(error)}`] };
  }
}

/** The smallest part found that still fails in the same way: halves, quarters, … of its lines, then of its bytes are left out. */
async function minimise(raw: Uint8Array, fault: string): Promise<Uint8Array> {
  const until = performance.now() + 40_000;
  let least = Buffer.from(raw);
  for (const unit of ['line', 'byte'] as const) {
    for (let parts = 2; parts <= 4_096 && performance.now() < until; ) {
      const pieces: Buffer[] = unit === 'line' ? splitAfter(least) : [...least].map((byte) => Buffer.from([byte]));
      const size = Math.ceil(pieces.length / parts);
      let shrunk = false;
      for (let at = 0; at < pieces.length && performance.now() < until; at += size) {
        const without = Buffer.concat([...pieces.slice(0, at), ...pieces.slice(at + size)]);
        if (without.length < least.length && (await tryMail(without)).faults.includes(fault)) {
          least = without;
          shrunk = true;
          break;
        }
      }
      if (!shrunk) {
        if (size <= 1) break;
        parts *= 2;
      }
    }
    if (least.length > 20_000) break;
  }
  return least;
}
function splitAfter(raw: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < raw.length; ) {
    const end = raw.indexOf(10, at);
    lines.push(raw.subarray(at, end < 0 ? raw.length : end + 1));
    at = end < 0 ? raw.length : end + 1;
  }
  return lines;
}

const corpus: Uint8Array[] = [...shapes(), ...[...makeMails(100, 20, true)].map(({ raw }) => Buffer.from(raw.replace(/\n/g, '\r\n'))), ...readdirSync(KEEP).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(KEEP, name)))];
const found = new Map<string, string>();
let tried = 0;
let bytes = 0;
let unreadable = 0;
let lightly = 0;
let worstMs = 0;
let worstRss = 0;
let waiting: ReadMail[] = [];
let rows = 0;

const rowCount = (): number => store.read.get<{ n: number }>(`SELECT (SELECT count(*) FROM message WHERE kind = 'mail') + (SELECT count(*) FROM unplaced) AS n`)?.n ?? 0;

/** Every mail of a batch must have a row of its own, or have had one before. */
function storeAll(): void {
  const given = waiting;
  waiting = [];
  const events = given.map((mail) => ({ ...mail, files: mail.files.slice(0, 3).map(({ bytes: content, ...file }) => ({ ...file, sha256: files.put(content.subarray(0, 4_096)) })) }));
  const { value } = store.run(accept, { batch: { accountId, origin: 'import', events, cursors: {} }, ids, openSince: 0 }, { at: clock.now(), agent: 'fuzz' });
  if (value.inbound + value.outbound + value.unplaced + value.known !== given.length) throw new Error('a mail vanished on its way in');
  rows += value.inbound + value.outbound + value.unplaced;
  if (rowCount() !== rows) throw new Error(`a mail has no row: ${rowCount()} of ${rows}`);
}

const until = performance.now() + minutes * 60_000;
console.log(`fuzz: ${minutes} min, seed ${seed}, ${corpus.length} mails to begin with`);
let nextLine = performance.now() + 30_000;
const pick = (): Uint8Array => corpus[Math.floor(random.unit() * corpus.length)] ?? new Uint8Array();
while (performance.now() < until) {
  let raw = mutate(pick(), pick(), random);
  // Comparing costs little beside the rest: of those that agree, every tenth goes the whole way.
  for (let i = 0; i < 9; i += 1) {
    const ways = await readBothWays(raw);
    if (ways === 'same') lightly += 1;
    if (ways === 'different') break;
    raw = mutate(pick(), pick(), random);
  }
  const started = performance.now();
  const { mail, faults } = await tryMail(raw);
  worstMs = Math.max(worstMs, performance.now() - started);
  tried += 1;
  bytes += raw.length;
  if (mail?.detail.type === 'mail' && mail.detail.unreadable !== null) unreadable += 1;
  // What is read in a new way is worth breaking further.
  if (mail !== null && corpus.length < 4_000 && raw.length < 50_000 && random.unit() < 0.02) corpus.push(raw);
  if (mail !== null) waiting.push(mail);
  if (waiting.length >= BATCH) storeAll();
  for (const fault of faults) {
    if (found.has(fault)) continue;
    const small = await minimise(raw, fault);
    const name = `${fault.replace(/[^a-z]+/gi, '-').slice(0, 40).toLowerCase()}-${createHash('sha256').update(small).digest('hex').slice(0, 8)}.eml`;
    found.set(fault, name);
    mkdirSync(KEEP, { recursive: true });
    writeFileSync(join(KEEP, name), small);
    console.log(`FAULT ${fault}\n      ${name} (${small.length} bytes)`);
  }
  if (tried % 500 === 0) {
    worstRss = Math.max(worstRss, process.memoryUsage.rss());
    if (worstRss > MOST_RSS) throw new Error(`memory grows without bound: ${Math.round(worstRss / 1_048_576)} MB after ${tried} mails`);
  }
  if (performance.now() > nextLine) {
    nextLine = performance.now() + 30_000;
    console.log(`      ${tried} mails, ${Math.round(bytes / 1_048_576)} MB, ${unreadable} kept whole, ${lightly} read lightly and wholly alike, slowest ${Math.round(worstMs)} ms, ${rows} rows, ${Math.round(process.memoryUsage.rss() / 1_048_576)} MB of memory`);
  }
}
storeAll();
parser.close();
const report = checkStore(store, files);
store.close();
rmSync(dir, { recursive: true, force: true });
console.log(`${tried} mails (${Math.round(bytes / 1_048_576)} MB) in ${minutes} min: ${found.size} faults, ${unreadable} kept whole, ${lightly} read lightly and wholly alike, ${rows} rows, slowest ${Math.round(worstMs)} ms (limit ${SLOW_MS}, given up at ${mailLimits.parseMs}), ${Math.round(worstRss / 1_048_576)} MB of memory at most`);
for (const problem of report.problems) console.log(`FAULT of the store: ${problem}`);
process.exitCode = found.size > 0 || !report.ok ? 1 : 0;
