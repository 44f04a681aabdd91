// Takes pages of history in, in a process that a test kills: `page N`, `last N` on standard input, JSON lines out. See history.test.ts.
import { createInterface } from 'node:readline';
import { createIds, systemClock, systemRandom } from '../kernel/index.ts';
import { openStore, tables } from '../store/index.ts';
import { accept } from './index.ts';
import { ACCOUNT, CURSOR, pageOf } from './history.fixture.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const store = openStore(process.argv[2] ?? '');
const ids = createIds(systemClock, systemRandom);
let after = tables.cursor(store.read, ACCOUNT, CURSOR);

createInterface({ input: process.stdin }).on('line', (line) => {
  const [verb, n = ''] = line.split(' ');
  const batch = { ...pageOf(Number(n)), after: { [CURSOR]: after } };
  after = n;
  const committed = store.runInGroup(accept, { batch, ids, openSince: 0 }, { at: systemClock.now(), agent: 'Parley' }, verb === 'page');
  void committed.then(() => say(`committed ${n}`), (error: Error) => say(`failed ${n} ${error.message}`));
  say(`taken ${n}`);
});
say('open');
