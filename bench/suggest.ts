// What a suggestion costs while an answer is written: `node bench/suggest.ts [messages]`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedHere, importCanned, importFaq, suggestionsFor, SUGGEST_FROM_MS } from '../src-main/desk/index.ts';
import { createIds, seededRandom, systemClock } from '../src-main/kernel/index.ts';
import { startReader } from '../src-main/store/index.ts';
import { figures, fillDesk } from './fill-desk.ts';

const ROUNDS = 300;
const messages = Number(process.argv[2] ?? 200_000);
const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const path = join(dir, 'parley.db');
const { store, conversations, end } = fillDesk(path, { open: Math.floor(messages / 8), messages, longest: 500, vocabulary: 20_000 });
const ids = createIds(systemClock, seededRandom(3));
const words = ['router', 'invoice', 'parcel', 'outage', 'refund', 'engineer', 'contract'];
store.run(importCanned, { rows: Array.from({ length: 300 }, (_, n) => ({ newId: ids.next(), shortcut: `r${n}`, title: `About ${words[n % words.length] ?? ''} ${n}`, folder: '', language: null, texts: { any: `Hello {first_name|there}, about your ${words[n % words.length] ?? ''} and number ${n}: we look into it and write by [[day]].`, reply: null, dm: null, mail: null }, attachmentIds: [] })) }, { at: end, agent: 'RB' });
store.run(importFaq, { rows: Array.from({ length: 200 }, (_, n) => ({ newId: ids.next(), title: `Help with ${words[n % words.length] ?? ''} ${n}`, url: `https://help.acme.example/${n}`, words: 'light cable password', language: null })) }, { at: end, agent: 'RB' });
const reader = startReader(path);
const random = seededRandom(9);
const whole: number[] = [];
const inCore: number[] = [];
let shown = 0;
for (let n = 0; n < ROUNDS + 20; n += 1) {
  const conversationId = conversations[Math.floor(random.unit() * conversations.length)] ?? '';
  const from = performance.now();
  const asked = askedHere(store.read, conversationId);
  if (asked === null) continue;
  const waitedFrom = performance.now();
  const similar = await reader.similar({ text: asked.text, since: end - SUGGEST_FROM_MS, notAfter: asked.firstAt });
  const waited = performance.now() - waitedFrom;
  shown += suggestionsFor(store.read, { conversationId, mode: 'reply' }, asked, similar, end).length;
  // The first ones start the thread and read the pages.
  if (n < 20) continue;
  whole.push(performance.now() - from);
  inCore.push(performance.now() - from - waited);
}
process.stdout.write(`${messages} messages, ${(shown / ROUNDS).toFixed(1)} suggestions a question\n`);
process.stdout.write(figures('suggestions for an open conversation', whole, 'p95 100 ms'));
process.stdout.write(figures('of it in the core, where keys are answered', inCore, 'p95 16 ms'));
await reader.close();
store.close();
rmSync(dir, { recursive: true, force: true });
