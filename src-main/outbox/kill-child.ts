// The console's core in a process that a test kills: lines in on standard input, JSON lines out. See kill.test.ts and kill-x.test.ts.
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { AccountInput, PostAction } from '../../src-preload/contract/index.ts';
import type { Channel, ChannelDriver, OutgoingItem } from '../channels/port.ts';
import { beginPosts } from '../customers/index.ts';
import { updateSettings } from '../desk/index.ts';
import { drivers } from '../drivers.ts';
import { silentLog, systemRandom } from '../kernel/index.ts';
import { checkStore, tables } from '../store/index.ts';
import { openWorkspace } from '../workspace.ts';
import { composeAction, composeSend, enqueue, enqueueAction, settle } from './index.ts';
import { quickClock, type Quick } from './quick-clock.ts';

/** `stopPart`: sends stand still only from this part of a thread on. */
export interface ChildStart { dir: string; accounts: AccountInput[]; stopAt?: Moment; undoSeconds?: number; quick?: Quick; stopPart?: number }
/** Where a send stands still until it is killed: claimed on disk and no byte left; X's answer read and nothing written of it; about to be read back; read back and nothing written of it. At `unknown` it cannot be read back. */
export type Moment = 'before' | 'answered' | 'unknown' | 'reading' | 'read back';

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const { dir, accounts, stopAt, undoSeconds = 0, stopPart = 0, quick = { since: 0, times: 1 } } = JSON.parse(process.argv[2] ?? '{}') as ChildStart;
const clock = quickClock(quick);
const by = (): { at: number; agent: string } => ({ at: clock.now(), agent: 'RB' });

const standStill = ({ outboxId }: OutgoingItem): Promise<never> => {
  say({ t: 'at', outboxId });
  return new Promise(() => {});
};

function standing(channel: Channel): Channel {
  const stops = ({ thread }: OutgoingItem, at: Moment): boolean => stopAt === at && (thread?.part ?? 0) >= stopPart;
  return {
    ...channel,
    async send(item) {
      if (stops(item, 'before')) return standStill(item);
      const outcome = await channel.send(item);
      return stops(item, 'answered') ? standStill(item) : outcome;
    },
    async reconcile(item) {
      if (stops(item, 'unknown')) return { type: 'undecided', problem: 'It cannot be checked yet.', retryAt: null };
      if (stops(item, 'reading')) return standStill(item);
      const outcome = await channel.reconcile(item);
      return stops(item, 'read back') ? standStill(item) : outcome;
    },
  };
}
const watched = drivers.map((driver): ChannelDriver => ({ ...driver, open: (context) => standing(driver.open(context)) }));

const workspace = openWorkspace({ dir, drivers: watched, clock, random: systemRandom, log: silentLog }, () => {});
const { store } = workspace;
store.run(updateSettings, { patch: { undoSeconds: { mail: undoSeconds, reply: undoSeconds, dm: undoSeconds } } }, by());
if (workspace.accounts.rows().length === 0) for (const account of accounts) await workspace.accounts.add(account, by());
say({ t: 'open' });
// For the next child: whoever is killed leaves none behind.
flushCompileCache();

function send(mode: 'mail' | 'reply', text: string): void {
  const kind = mode === 'mail' ? 'mail' : 'post';
  const answered = store.read.get<{ id: number; conversation_id: string; account_id: string; address: string }>(
    `SELECT id, conversation_id, account_id, address FROM message WHERE kind = ? AND direction = 'inbound' ORDER BY id DESC LIMIT 1`, kind);
  if (!answered) return say({ t: 'nothing to answer' });
  const args = composeSend(store.read, {
    requestId: workspace.ids.next(), conversationId: answered.conversation_id, mode, accountId: answered.account_id, to: [answered.address], cc: [], subject: mode === 'mail' ? 'Re: x' : null, text,
    inReplyTo: answered.id, attachmentIds: [], seenAt: 0, evenIfStale: true,
  }, { ids: workspace.ids, agent: 'Ruth', now: clock.now() });
  const { value } = store.run(enqueue, args, by());
  say({ t: 'enqueued', outboxId: value.outboxId, key: args.idempotencyKey });
}

/** A post of our own, or a reply (too long for one post: as several) or direct message to the customer behind an X user id. */
function write({ mode, userId, account, text }: { mode: 'post' | 'reply' | 'dm'; userId?: string; account?: string; text: string }): void {
  const answered = store.read.get<{ id: number; conversation_id: string; account_id: string; address: string }>(
    `SELECT m.id, m.conversation_id, m.account_id, m.address FROM message m JOIN identity i ON i.id = m.identity_id WHERE m.kind = 'post' AND m.direction = 'inbound' AND i.value = ? ORDER BY m.id DESC LIMIT 1`, userId ?? '');
  const own = tables.accounts(store.read).find((a) => a.address === account)?.id ?? '';
  const conversationId = mode === 'post' ? store.run(beginPosts, { accountId: own, ids: workspace.ids }, by()).value.conversationId : (answered?.conversation_id ?? '');
  const args = composeSend(store.read, {
    requestId: workspace.ids.next(), conversationId, mode, accountId: mode === 'post' ? own : (answered?.account_id ?? ''), to: mode === 'post' ? [] : [answered?.address ?? ''], cc: [], subject: null, text,
    inReplyTo: mode === 'reply' ? (answered?.id ?? null) : null, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: true, split: 'plain',
  }, { ids: workspace.ids, agent: 'Ruth', now: clock.now(), splitPost: workspace.splitPost });
  say({ t: 'enqueued', outboxId: store.run(enqueue, args, by()).value.outboxId });
}

function act({ action, postId }: { action: PostAction; postId: string }): void {
  const messageId = store.read.get<{ id: number }>('SELECT id FROM message WHERE external_id = ?', postId)?.id ?? 0;
  const { accountId: _, ...args } = composeAction(store.read, { requestId: workspace.ids.next(), messageId, action }, { ids: workspace.ids, now: clock.now() });
  say({ t: 'enqueued', outboxId: store.run(enqueueAction, args, by()).value.outboxId });
}

const statesOf = (): { id: string; mode: string; text: string; state: string }[] =>
  store.read.all<{ id: string; mode: string; item: string; state: string }>('SELECT id, mode, item, state FROM outbox ORDER BY created_at').map((o) => ({ id: o.id, mode: o.mode, text: (JSON.parse(o.item) as { text: string }).text, state: o.state }));

createInterface({ input: process.stdin }).on('line', (line) => {
  const [verb, mode, text] = line.split('\t');
  if (verb === 'send') send(mode as 'mail' | 'reply', text ?? '');
  if (verb === 'write') write(JSON.parse(mode ?? '') as Parameters<typeof write>[0]);
  if (verb === 'act') act(JSON.parse(mode ?? '') as Parameters<typeof act>[0]);
  if (verb === 'settle') store.run(settle, { outboxId: mode ?? '', arrived: text === 'arrived' }, by());
  if (verb === 'states') say({ t: 'states', states: statesOf(), known: store.read.all(`SELECT 1 FROM cursor WHERE name = 'me'`).length, inbound: store.read.all(`SELECT kind, count(*) AS n FROM message WHERE direction = 'inbound' GROUP BY kind`) });
  if (verb === 'posts') say({ t: 'posts', posts: store.read.all(`SELECT external_id AS id, text, deleted_at IS NOT NULL AS isDeleted, json_extract(detail, '$.hidden') AS hidden FROM message WHERE kind = 'post' AND external_id IS NOT NULL`) });
  if (verb === 'check') say({ t: 'check', report: checkStore(store, workspace.files), drafts: tables.unfinished(store.read).length });
  if (verb === 'stop') void workspace.stop().then(() => process.exit(0));
});
