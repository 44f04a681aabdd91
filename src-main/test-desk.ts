import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Batch, ChannelEvent, MessageEvent, Party } from './channels/port.ts';
import { accept } from './intake/index.ts';
import { createIds, manualClock, seededRandom, type ManualClock } from './kernel/index.ts';
import { openStore, tables, type Operation, type Store } from './store/index.ts';

/** A real workspace database in a folder of its own, with one account of each channel; gone after the test. */
export interface TestDesk {
  dir: string;
  store: Store;
  clock: ManualClock;
  ids: ReturnType<typeof createIds>;
  accounts: { x: string; email: string; phone: string };
  run<A, R>(operation: Operation<A, R>, args: A): R;
  take(accountId: string, events: ChannelEvent[], options?: { origin?: Batch['origin']; openSince?: number; cursors?: Record<string, string> }): ReturnType<typeof accept.apply>;
  /** The only conversation of the customer behind an identity value. */
  conversation(value: string): ReturnType<typeof tables.conversationRows>[number];
}

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

let empty: Buffer | null = null;

/** A database with every migration done: they are done once, not for each of some thousand desks. */
function emptyDatabase(): Buffer {
  if (empty !== null) return empty;
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const store = openStore(join(dir, 'first.db'), { outlivesPower: false });
  store.backup(join(dir, 'empty.db'));
  store.close();
  empty = readFileSync(join(dir, 'empty.db'));
  rmSync(dir, { recursive: true, force: true });
  return empty;
}

export function openTestDesk(): TestDesk {
  const dir = tempDir();
  const clock = manualClock();
  const ids = createIds(clock, seededRandom(7));
  const path = join(dir, 'parley.db');
  writeFileSync(path, emptyDatabase());
  const store = openStore(path, { outlivesPower: false });
  onTestFinished(() => store.close());
  const run: TestDesk['run'] = (operation, args) => store.run(operation, args, { at: clock.now(), agent: 'RB' }).value;
  const account = (channel: 'x' | 'email' | 'phone', address: string): string => {
    const id = ids.next();
    run({ name: 'test.account', apply: (tx) => tables.putAccount(tx.db, { id, channel, name: address, address, config: {}, isConnected: true }, tx.at) }, null);
    return id;
  };
  const accounts = { x: account('x', '@acmecare'), email: account('email', 'care@acme.example'), phone: account('phone', 'Phone') };
  return {
    dir, store, clock, ids, accounts, run,
    take: (accountId, events, options = {}) =>
      run(accept, { batch: { accountId, origin: options.origin ?? 'live', events, cursors: options.cursors ?? {} }, ids, openSince: options.openSince ?? 0 }),
    conversation(value) {
      const identity = store.read.get<{ customer_id: string }>('SELECT customer_id FROM identity WHERE value = ?', value);
      const core = identity && tables.conversationOfCustomer(store.read, identity.customer_id);
      const [row] = core ? tables.conversationRows(store.read, [core.id]) : [];
      if (!row) throw new Error(`no conversation of ${value}`);
      return row;
    },
  };
}

let lastExternal = 0;

export const mailParty = (value: string, name: string | null = null): Party => ({ kind: 'email', value, display: value, name });

/** A mail from a customer, as the mail channel hands it in. */
export function mailEvent(from: string, at: number, over: Partial<MessageEvent> = {}): MessageEvent {
  lastExternal += 1;
  const externalId = `<m${lastExternal}@example.org>`;
  return {
    type: 'message', externalId, kind: 'mail', direction: 'inbound', at, party: mailParty(from), author: from, subject: 'A question', text: 'Where is my parcel?',
    references: [], threadKeys: [externalId], ownKey: null, files: [], isSeen: false,
    detail: { type: 'mail', from, to: ['care@acme.example'], cc: [], messageId: externalId, automatic: 'no', unreadable: null }, ...over,
  };
}

/** A public post that mentions us. */
export function postEvent(userId: string, handle: string, at: number, text: string, over: Partial<MessageEvent> = {}): MessageEvent {
  lastExternal += 1;
  const postId = String(1_000_000 + lastExternal);
  return {
    type: 'message', externalId: postId, kind: 'post', direction: 'inbound', at, party: { kind: 'x', value: userId, display: handle, name: null }, author: handle, subject: null, text,
    references: [], threadKeys: [], ownKey: null, files: [], isSeen: false,
    detail: { type: 'post', postId, url: `https://x.com/i/status/${postId}`, inReplyTo: null, conversationId: postId, quoted: null, isPromoted: false, replyAllowed: true }, ...over,
  };
}
