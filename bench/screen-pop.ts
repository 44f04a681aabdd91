// From a telephone system's event to the caller on the screen: `node bench/screen-pop.ts [customers ...]` (50,000 and 500,000).
// The core part is measured over real sockets, HTTP and Asterisk's manager interface; the window part in the real window of the built console (needs a display, or xvfb-run).
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { startConsole } from '../e2e/fixtures/console.ts';
import { connectTelephone } from '../e2e/fixtures/telephone.ts';
import { createCallBoard, startCallSources, type CallBoard } from '../src-main/calls/index.ts';
import { amiAction } from '../src-main/channels/phone/ami/messages.ts';
import { logCall } from '../src-main/desk/index.ts';
import { createIds, systemClock, systemRandom, seededRandom } from '../src-main/kernel/index.ts';
import { openStore, tables } from '../src-main/store/index.ts';
import { fill, phone, share } from './fill.ts';

const ROUNDS = 200;
const WINDOW_ROUNDS = 40;
const by = { at: Date.now(), agent: 'bench' };
const now = (): number => performance.timeOrigin + performance.now();
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [50_000, 500_000];

function say(customers: number, name: string, times: number[], misses: number): void {
  times.sort((a, b) => a - b);
  process.stdout.write(`${String(customers).padStart(7)}  ${name.padEnd(34)}  p50 ${share(times, 0.5)}  p95 ${share(times, 0.95)}  worst ${share(times, 1)}  ${misses} not found\n`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** An Asterisk that lets anybody in and sends what it is given. */
async function startAsterisk(): Promise<{ port: number; ready: Promise<void>; send(text: string): void; close(): void }> {
  const ready = Promise.withResolvers<void>();
  let send: (text: string) => void = () => {};
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => {});
    send = (text) => void socket.write(text);
    send('Asterisk Call Manager/9.0.0\r\n');
    socket.on('data', (data) => {
      for (const action of String(data).split('\r\n\r\n').filter((text) => text !== '')) {
        const id = /ActionID: (\d+)/.exec(action)?.[1] ?? '';
        send(amiAction({ Response: 'Success', ActionID: id, Challenge: '1' }));
        if (action.includes('CoreShowChannels')) {
          send(amiAction({ Event: 'CoreShowChannelsComplete' }));
          ready.resolve();
        }
      }
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port, ready: ready.promise, send: (text) => send(text), close: () => server.close() };
}

for (const customers of sizes) {
  const { path, dir } = fill(customers);
  const store = openStore(path);
  const ids = createIds(systemClock, systemRandom);
  const accountId = ids.next();
  store.run({ name: 'bench.account', apply: (tx) => tables.putAccount(tx.db, { id: accountId, channel: 'phone', name: 'Phone', address: 'Phone', config: {}, isConnected: false }, tx.at) }, null, by);
  // A workspace with nothing in it opens to a welcome instead of the console.
  store.run(logCall, {
    requestId: ids.next(), conversationId: null, accountId, party: { kind: 'phone', value: phone(0), display: phone(0), name: null }, at: by.at, author: 'bench', text: 'x', ids,
    detail: { type: 'call', number: phone(0), callDirection: 'inbound', startedAt: by.at, durationMs: 0, outcome: 'answered', agent: 'B', disposition: null },
  }, by);
  const random = seededRandom(11);
  const anyNumber = (): string => phone(Math.floor(random.unit() * customers));

  const popped = new Map<string, (found: boolean) => void>();
  const board: CallBoard = createCallBoard({
    store, clock: systemClock, ids, accountId,
    onChange: (rows) => { for (const row of rows) { popped.get(row.callId)?.(row.customer !== null); popped.delete(row.callId); } },
  });
  const secrets = new Map<string, Record<string, string>>();
  const sources = startCallSources({ store, secrets: { load: async (id) => secrets.get(id) ?? {}, save: async (id, s) => void secrets.set(id, s) }, accountId, clock: systemClock, random: systemRandom, onSignal: (signal) => board.take(signal), onState: () => {} });
  const measure = async (name: string, ring: (id: string, number: string) => Promise<string>): Promise<void> => {
    const times: number[] = [];
    let misses = 0;
    for (let n = 0; n < ROUNDS; n += 1) {
      const id = `${name}-${n}`;
      const shown = Promise.withResolvers<boolean>();
      const started = now();
      const key = await new Promise<string>((resolve, reject) => {
        // Told before it is sent: the answer of the sender may come after the pop.
        const wanted = name.startsWith('Asterisk') ? `asterisk-${id}` : id;
        popped.set(wanted, (found) => { times.push(now() - started); shown.resolve(found); });
        ring(id, anyNumber()).then(() => resolve(wanted), reject);
      });
      if (!(await shown.promise)) misses += 1;
      board.dismiss(key);
      // Below what a telephone system may send in a second.
      await new Promise((resolve) => setTimeout(resolve, 55));
    }
    say(customers, name, times, misses);
  };

  const port = await freePort();
  const { token } = await sources.saveHttp({ isOn: true, port, newToken: true }, by);
  await measure('HTTP event to push', async (id, number) => {
    const answer = await fetch(`http://127.0.0.1:${port}/calls`, { method: 'POST', headers: { authorization: `Bearer ${token ?? ''}`, 'content-type': 'application/json' }, body: JSON.stringify({ event: 'ringing', call_id: id, direction: 'inbound', number }) });
    if (answer.status !== 202) throw new Error(`the event was answered ${answer.status}`);
    return id;
  });
  const asterisk = await startAsterisk();
  await sources.saveAmi({ isOn: true, host: '127.0.0.1', port: asterisk.port, security: 'none', user: 'bench', secret: 'bench' }, by);
  await asterisk.ready;
  await measure('Asterisk event to push', async (id, number) => {
    const one = { Channel: 'PJSIP/trunk-0000000a', Uniqueid: id, Linkedid: id };
    asterisk.send(amiAction({ Event: 'Newchannel', ...one, CallerIDNum: number, Exten: '100' }) + amiAction({ Event: 'DialBegin', ...one, DestChannel: 'PJSIP/101-0000000b', DialString: '101' }));
    return id;
  });
  await sources.saveAmi({ isOn: false, host: '127.0.0.1', port: asterisk.port, security: 'none', user: 'bench', secret: null }, by);
  await sources.saveHttp({ isOn: false, port, newToken: false }, by);
  asterisk.close();
  board.stop();
  store.close();

  const console = await startConsole({ workspaceDir: dir, demo: 'never' });
  const { page } = console;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('.frame').waitFor();
  const telephone = await connectTelephone(page);
  const times: number[] = [];
  let misses = 0;
  for (let n = 0; n < WINDOW_ROUNDS; n += 1) {
    // Painted is the frame after the one in which the bar came into the page.
    const painted = page.evaluate(() => new Promise<{ at: number; isFound: boolean }>((resolve) => {
      const look = (): boolean => {
        const bar = document.querySelector('[data-test=call-bar]');
        if (bar === null) return false;
        requestAnimationFrame(() => requestAnimationFrame(() => resolve({ at: performance.timeOrigin + performance.now(), isFound: bar.textContent?.includes('Family') === true })));
        return true;
      };
      const observer = new MutationObserver(() => { if (look()) observer.disconnect(); });
      observer.observe(document.body, { childList: true, subtree: true });
      document.title = 'watching';
    }));
    await page.waitForFunction(() => document.title === 'watching');
    const started = now();
    await telephone.says('ringing', `w${n}`, { number: anyNumber() });
    const { at, isFound } = await painted;
    times.push(at - started);
    if (!isFound) misses += 1;
    await page.evaluate((callId) => { document.title = ''; return (window as unknown as { parley: { invoke: Record<string, (input: unknown) => Promise<unknown>> } }).parley.invoke['phone.dismiss']?.({ callId }); }, `w${n}`);
    await page.locator('[data-test=call-bar]').waitFor({ state: 'detached' });
  }
  say(customers, 'HTTP event to painted in the window', times, misses);
  await console.close();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);
