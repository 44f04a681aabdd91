// The console's core in a process that a test kills: lines in on standard input, JSON lines out. See kill.test.ts.
import { createInterface } from 'node:readline';
import type { AccountInput } from '../../src-preload/contract/index.ts';
import { updateSettings } from '../desk/index.ts';
import { drivers } from '../drivers.ts';
import { silentLog, systemClock, systemRandom } from '../kernel/index.ts';
import { checkStore, tables } from '../store/index.ts';
import { openWorkspace } from '../workspace.ts';
import { composeSend, enqueue, settle } from './index.ts';

export interface ChildStart { dir: string; accounts: AccountInput[] }

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const { dir, accounts } = JSON.parse(process.argv[2] ?? '{}') as ChildStart;
const by = (): { at: number; agent: string } => ({ at: systemClock.now(), agent: 'RB' });
const workspace = openWorkspace({ dir, drivers, clock: systemClock, random: systemRandom, log: silentLog }, () => {});
const { store } = workspace;
store.run(updateSettings, { patch: { undoSeconds: { mail: 0, reply: 0, dm: 0 } } }, by());
if (workspace.accounts.rows().length === 0) for (const account of accounts) await workspace.accounts.add(account, by());
say({ t: 'open' });

function send(mode: 'mail' | 'reply', text: string): void {
  const kind = mode === 'mail' ? 'mail' : 'post';
  const answered = store.read.get<{ id: number; conversation_id: string; account_id: string; address: string }>(
    `SELECT id, conversation_id, account_id, address FROM message WHERE kind = ? AND direction = 'inbound' ORDER BY id DESC LIMIT 1`, kind);
  if (!answered) return say({ t: 'nothing to answer' });
  const args = composeSend(store.read, {
    requestId: workspace.ids.next(), conversationId: answered.conversation_id, mode, accountId: answered.account_id, to: [answered.address], cc: [], subject: mode === 'mail' ? 'Re: x' : null, text,
    inReplyTo: answered.id, attachmentIds: [], seenMessageId: answered.id, evenIfStale: true,
  }, { ids: workspace.ids, agent: 'Ruth', now: systemClock.now() });
  const { value } = store.run(enqueue, args, by());
  say({ t: 'enqueued', outboxId: value.outboxId, key: args.idempotencyKey });
}

const statesOf = (): { id: string; text: string; state: string }[] => store.read.all<{ id: string; item: string; state: string }>('SELECT id, item, state FROM outbox ORDER BY created_at').map((o) => ({ id: o.id, text: (JSON.parse(o.item) as { text: string }).text, state: o.state }));

createInterface({ input: process.stdin }).on('line', (line) => {
  const [verb, mode, text] = line.split('\t');
  if (verb === 'send') send(mode as 'mail' | 'reply', text ?? '');
  if (verb === 'settle') store.run(settle, { outboxId: mode ?? '', arrived: text === 'arrived' }, by());
  if (verb === 'states') say({ t: 'states', states: statesOf(), inbound: store.read.all(`SELECT kind, count(*) AS n FROM message WHERE direction = 'inbound' GROUP BY kind`) });
  if (verb === 'check') say({ t: 'check', report: checkStore(store, workspace.files), drafts: tables.unfinished(store.read).length });
  if (verb === 'stop') void workspace.stop().then(() => process.exit(0));
});
