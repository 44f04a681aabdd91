// How long a customer takes to be found by number, handle, address and name: `node bench/lookup.ts [customers ...]` (50,000 and 500,000).
import { rmSync } from 'node:fs';
import { numberTyped } from '../src-main/channels/phone/index.ts';
import { seededRandom } from '../src-main/kernel/index.ts';
import { openStore, tables } from '../src-main/store/index.ts';
import { fill, phone, share } from './fill.ts';

const ROUNDS = 400;

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
    process.stdout.write(`${String(customers).padStart(7)}  ${name.padEnd(18)}  p50 ${share(times, 0.5)}  p95 ${share(times, 0.95)}  worst ${share(times, 1)}  ${misses} not found\n`);
  }
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
