// Customers to be looked up: each with a number, a handle and an address.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIds, manualClock, seededRandom } from '../src-main/kernel/index.ts';
import { openStore, tables } from '../src-main/store/index.ts';

const PAGE = 5_000;
export const phone = (n: number): string => `+4479${String(10_000_000 + n * 7).padStart(8, '0')}`;

/** Makes a workspace folder with so many customers in its database. */
export function fill(customers: number): { path: string; dir: string } {
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

/** One share of sorted times, for people. */
export const share = (sorted: readonly number[], part: number): string => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(3)} ms`;
