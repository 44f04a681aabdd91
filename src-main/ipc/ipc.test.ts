import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands, type Push } from '../../src-preload/contract/index.ts';
import { commandNames } from '../../src-preload/contract/names.ts';
import { ParleyError, silentLog } from '../kernel/index.ts';
import { mailEvent, openTestDesk } from '../test-desk.ts';
import { safeName } from './handlers/accounts.ts';
import { startFeed } from './feed.ts';
import { createRouter, type Handlers } from './router.ts';

const handlersThat = (answer: () => unknown): Handlers => Object.fromEntries(Object.keys(commands).map((name) => [name, answer])) as unknown as Handlers;

test('the bridge offers exactly the commands of the contract', () => {
  expect([...commandNames].sort()).toEqual(Object.keys(commands).sort());
});

test('every command answers junk with bad_input and never reaches its handler', async () => {
  let reached = 0;
  const router = createRouter(handlersThat(() => (reached += 1)), silentLog);
  for (const name of commandNames) {
    for (const junk of [undefined, null, 7, 'x', [], { surprise: 1 }, { conversationId: '../../etc' }]) {
      expect(await router.call(name, junk), `${name} ${JSON.stringify(junk)}`).toMatchObject({ ok: false, error: { code: 'bad_input', retryable: false } });
    }
  }
  expect(reached).toBe(0);
  await fc.assert(fc.asyncProperty(fc.anything(), async (name) => {
    expect(await router.call(name, {})).toMatchObject({ ok: false, error: { code: 'unknown_command' } });
  }), { numRuns: 200 });
  for (const name of ['__proto__', 'constructor', 'toString']) expect(await router.call(name, {})).toMatchObject({ error: { code: 'unknown_command' } });
});

test('a foreseen failure keeps its sentence, a bug shows none of itself', async () => {
  const foreseen = createRouter(handlersThat(() => { throw new ParleyError('conflict', 'MK has this conversation.', { detail: { owner: 'MK' } }); }), silentLog);
  expect(await foreseen.call('app.snapshot', {})).toEqual({ ok: false, error: { code: 'conflict', message: 'MK has this conversation.', retryable: false, detail: { owner: 'MK' } } });
  const bug = createRouter(handlersThat(() => { throw new TypeError('secret is not a function'); }), silentLog);
  const answer = await bug.call('app.snapshot', {});
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a new mail is exactly one push, with the row, the entry and the counts', () => {
  const desk = openTestDesk();
  const pushes: Push[] = [];
  const feed = startFeed(desk.store, desk.clock, (toSeats) => pushes.push(toSeats(1)));
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  desk.clock.advance(20);
  expect(pushes).toHaveLength(1);
  expect(pushes[0]).toMatchObject({ type: 'changes', conversations: [{ customerName: 'ann@example.org', unread: 1 }], entries: [{ kind: 'mail' }], counts: { open: 1, unseen: 1 } });
  feed.stop();
  expect(desk.clock.pending()).toBe(0);
});

test('commits close together leave as one push in order, thousands as "ask again"', () => {
  const desk = openTestDesk();
  const pushes: Push[] = [];
  const start = desk.store.seq();
  const feed = startFeed(desk.store, desk.clock, (toSeats) => pushes.push(toSeats(1)));
  for (const name of ['a', 'b', 'a']) desk.take(desk.accounts.email, [mailEvent(`${name}@example.org`, desk.clock.now())]);
  desk.clock.advance(20);
  expect(pushes).toMatchObject([{ type: 'changes', since: start, seq: start + 3, conversations: { length: 2 }, entries: { length: 3 } }]);
  desk.take(desk.accounts.email, Array.from({ length: 500 }, (_, i) => mailEvent(`c${i}@example.org`, desk.clock.now())));
  desk.clock.advance(1_000);
  expect(pushes[1]).toEqual({ type: 'reset', seq: start + 4, reason: 'bulk' });
  feed.stop();
});

test.each([
  ['../../etc/passwd', '_.._etc_passwd'], ['invoice.pdf', 'invoice.pdf'], ['a\u202Efdp.exe', 'a_fdp.exe'], ['con.txt', 'file-con.txt'], ['', 'file-'], ['...', 'file-'], ['रसीद.pdf', 'रसीद.pdf'], ['C:\\x\\y.doc', 'C__x_y.doc'],
])('a file a sender calls %j is saved as %j', (name, saved) => expect(safeName(name)).toBe(saved));
