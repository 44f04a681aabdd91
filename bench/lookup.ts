// How long a customer takes to be found by number, handle, address and name: `node bench/lookup.ts [customers ...]` (50,000 and 500,000).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberTyped } from '../src-main/channels/phone/index.ts';
import { createIds, manualClock, seededRandom } from '../src-main/kernel/index.ts';
import { openStore, tables } from '../src-main/store/index.ts';

const ROUNDS = 400;
const PAGE = 5_000;
const phone = (n: number): string => `+4479${String(10_000_000 + n * 7).padStart(8, '0')}`;

function fill(customers: number): { path: string; dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const path = join(dir, 'parley.db');
  const store = openStore(path);
  const ids = createIds(manualClock(), seededRandom(3));
  for (let from = 0; from < customers; from += PAGE) {
    store.run({
      name: 'bench.fill', summarise: () => null,
      apply: ({ db }) => {
        for (let n = from; n < Math.min(customers, from + PAGE); n += 1) {
          const id = ids.next();
          tables.insertCustomer(db, { id, name: `Given${n % 997} Family${n}`, isNamed: true, createdAt: n });
          const add = (kind: 'x' | 'email' | 'phone', value: string, display: string): void => tables.insertIdentity(db, { id: ids.next(), customerId: id, kind, value, display, basis: 'contact', linkedBy: 'bench', linkedAt: n });
          add('phone', phone(n), phone(n));
          add('x', String(1_000_000_000 + n), `@handle${n}`);
          add('email', `customer${n}@mail${n % 97}.example`, `customer${n}@mail${n % 97}.example`);
        }
      },
    }, null, { at: from, agent: 'bench' });
  }
  store.close();
  return { path, dir };
}

const at = (sorted: readonly number[], share: number): string => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3)} ms`;

for (const customers of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [50_000, 500_000]) {
  const { path, dir } = fill(customers);
  const store = openStore(path);
  const random = seededRandom(9);
  const kinds: [string, (n: number) => string][] = [
    ['whole number', phone], ['number as dialled', (n) => `0${phone(n).slice(3)}`], ['last seven digits', (n) => phone(n).slice(-7)], ['handle', (n) => `@handle${n}`], ['address', (n) => `customer${n}@mail${n % 97}.example`],
    ['family name', (n) => `Family${n}`], ['first letters', (n) => `Giv${n % 10}`.slice(0, 3)],
  ];
  for (const [name, typed] of kinds) {
    const times: number[] = [];
    let misses = 0;
    for (let i = 0; i < ROUNDS; i += 1) {
      const text = typed(Math.floor(random.unit() * customers));
      const started = performance.now();
      const found = tables.findCustomers(store.read, { text, number: numberTyped(text, 'GB') }, 5);
      times.push(performance.now() - started);
      if (found.length === 0) misses += 1;
    }
    times.sort((a, b) => a - b);
    process.stdout.write(`${String(customers).padStart(7)}  ${name.padEnd(18)}  p50 ${at(times, 0.5)}  p95 ${at(times, 0.95)}  worst ${at(times, 1)}  ${misses} not found\n`);
  }
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
