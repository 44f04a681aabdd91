import type { Channel, OutgoingItem, ReconcileOutcome, SendOutcome } from '../channels/port.ts';
import { assertNever, backoffMs, messageOf, type Clock, type Log, type Random } from '../kernel/index.ts';
import { tables, type Operation, type Store } from '../store/index.ts';
import { checked, confirm, fallDue, finish, lose, postpone, recover, refuse, release, start } from './operations.ts';

export interface DispatcherDeps {
  store: Store;
  clock: Clock;
  random: Random;
  log: Log;
  /** The running channel of an account; null while it is not connected. */
  channelOf(accountId: string): Channel | null;
}

export interface Dispatcher {
  /** Something may be able to leave now: a channel came back, a person pressed "Send now". */
  wake(): void;
  stop(): Promise<void>;
}

/** Two read-backs that far apart must both find nothing before an unknown send counts as not sent: servers index late. */
const ABSENT_GRACE_MS = 20_000;
const RECONCILE_EVERY_MS = 10_000;
const SEND_LIMIT_MS = 120_000;
const UPLOAD_RETRY_MS = 5_000;

/**
 * Sends what is due: one lane a conversation (order kept inside, conversations side by side), each attempt claimed on disk before its
 * first byte, each outcome written before the lane goes on.
 */
export function startDispatcher(deps: DispatcherDeps): Dispatcher {
  const { store, clock, log } = deps;
  const by = (): { at: number; agent: string } => ({ at: clock.now(), agent: 'Parley' });
  const run = <A, R>(operation: Operation<A, R>, args: A): R => store.run(operation, args, by()).value;
  const busy = new Map<string, Promise<void>>();
  let stopped = false;
  const stopping = new AbortController();
  let cancelTimer = (): void => {};

  run(recover, {});

  const due = (o: tables.OutboxRecord, now: number): boolean => (o.heldUntil ?? o.retryAt ?? 0) <= now;

  /** Starts every lane whose first send can go on now and sets the timer for the next moment anything can. */
  const pump = (): void => {
    if (stopped) return;
    cancelTimer();
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    const lanes = new Set<string>();
    for (const record of tables.unfinished(store.read)) {
      if (record.state === 'refused' || record.state === 'review') continue; // waits for a person and stops nobody behind it
      if (record.state === 'scheduled') {
        // It waits beside the others: an answer for tomorrow stops none of today's.
        if (due(record, now)) run(fallDue, { outboxId: record.id });
        else next = Math.min(next, record.heldUntil ?? now);
        continue;
      }
      // What may have left keeps its place: a later answer must not overtake it.
      if (lanes.has(record.conversationId)) {
        if (record.state === 'held' && due(record, now)) run(release, { outboxId: record.id });
        else if (record.state === 'held') next = Math.min(next, record.heldUntil ?? now);
        continue;
      }
      lanes.add(record.conversationId);
      if (busy.has(record.conversationId)) continue;
      if (due(record, now)) begin(record);
      else next = Math.min(next, record.heldUntil ?? record.retryAt ?? now);
    }
    if (Number.isFinite(next)) cancelTimer = clock.after(Math.max(0, next - now), pump);
  };

  const begin = (record: tables.OutboxRecord): void => {
    const work = step(record)
      .catch((error: unknown) => log.error('outbox.step', { outboxId: record.id, error }))
      .finally(() => {
        busy.delete(record.conversationId);
        pump();
      });
    busy.set(record.conversationId, work);
  };

  const step = async (record: tables.OutboxRecord): Promise<void> => {
    if (record.state === 'held') return void run(release, { outboxId: record.id });
    const channel = deps.channelOf(record.accountId);
    if (record.state === 'unknown') return reconcile(record, channel);
    if (record.state !== 'queued') return;
    if (channel === null) return later(record, 'sign_in', 60_000, 'The account is not connected.');
    // After a wait the thread is read again first: the customer may have written meanwhile.
    if (record.waitsFor === 'network' || record.waitsFor === 'rate_limit') await limit(channel.poll(), 15_000).catch(() => {});
    if (record.item.files.length > 0 && channel.prepare && !(await prepared(channel.prepare, record))) return;
    const item = run(start, { outboxId: record.id });
    if (item === null) return;
    await settleAttempt(record, await attempt(channel, item));
  };

  /** Files go first, without an attempt: nothing of them can be seen, so going down half-way only means uploading again. */
  const prepared = async (prepare: NonNullable<Channel['prepare']>, record: tables.OutboxRecord): Promise<boolean> => {
    const outboxId = record.id;
    store.run(waitForAccount, { outboxId, waitsFor: 'upload', retryAt: clock.now(), problem: '' }, by());
    const outcome = await prepare(record.item, stopping.signal);
    // A person may have taken it back meanwhile.
    if (stopped || tables.outboxById(store.read, outboxId)?.state !== 'queued') return false;
    if (outcome === null) return true;
    const { problem } = outcome;
    if (outcome.type === 'refused') run(refuse, { outboxId, problem });
    else if (outcome.type === 'auth_needed') store.run(waitForAccount, { outboxId, waitsFor: 'sign_in', retryAt: clock.now() + 5 * 60_000, problem }, by());
    else store.run(waitForAccount, { outboxId, waitsFor: outcome.waitsFor, retryAt: outcome.retryAt ?? clock.now() + backoffMs(0, deps.random, UPLOAD_RETRY_MS, 60_000), problem }, by());
    return false;
  };

  const attempt = async (channel: Channel, item: OutgoingItem): Promise<SendOutcome> => {
    try {
      return await limit(channel.send(item), SEND_LIMIT_MS);
    } catch (error) {
      return { type: 'unknown', problem: `The answer did not come through (${messageOf(error)}).` };
    }
  };

  const settleAttempt = async (record: tables.OutboxRecord, outcome: SendOutcome): Promise<void> => {
    const outboxId = record.id;
    const wait = (): number => clock.now() + backoffMs(record.attempt, deps.random, 2_000, 60_000);
    switch (outcome.type) {
      case 'sent':
        return run(confirm, { outboxId, externalId: outcome.externalId, detail: outcome.detail });
      case 'done':
        return run(finish, { outboxId });
      case 'retry':
        return run(postpone, { outboxId, retryAt: outcome.retryAt ?? wait(), waitsFor: outcome.waitsFor, problem: outcome.problem });
      case 'auth_needed':
        return run(postpone, { outboxId, retryAt: clock.now() + 5 * 60_000, waitsFor: 'sign_in', problem: outcome.problem });
      case 'refused':
        return run(refuse, { outboxId, problem: outcome.problem });
      case 'unknown':
        return run(lose, { outboxId, problem: outcome.problem, retryAt: clock.now() + 1_000 });
      default:
        return assertNever(outcome);
    }
  };

  const reconcile = async (record: tables.OutboxRecord, channel: Channel | null): Promise<void> => {
    const outcome: ReconcileOutcome = channel === null
      ? { type: 'undecided', problem: 'The account is not connected, so it cannot be checked yet.', retryAt: null }
      : await limit(channel.reconcile(record.item), SEND_LIMIT_MS).catch((error: unknown) => ({ type: 'undecided' as const, problem: `It could not be checked (${messageOf(error)}).`, retryAt: null }));
    // A person may have settled it while we looked.
    if (tables.outboxById(store.read, record.id)?.state !== 'unknown') return;
    if (outcome.type === 'sent') return run(confirm, { outboxId: record.id, externalId: outcome.externalId, detail: outcome.detail });
    if (outcome.type === 'done') return run(finish, { outboxId: record.id });
    run(checked, {
      outboxId: record.id, found: outcome.type, graceMs: ABSENT_GRACE_MS,
      problem: outcome.type === 'undecided' ? outcome.problem : 'It was not found at the other side so far; looking once more.',
      retryAt: (outcome.type === 'undecided' ? outcome.retryAt : null) ?? clock.now() + (outcome.type === 'undecided' ? 60_000 : RECONCILE_EVERY_MS),
    });
  };

  const later = (record: tables.OutboxRecord, waitsFor: 'sign_in', delayMs: number, problem: string): void => {
    // Not an attempt: nothing was tried, so the attempt number stays.
    store.run(waitForAccount, { outboxId: record.id, waitsFor, retryAt: clock.now() + delayMs, problem }, by());
  };

  const limit = <T>(work: Promise<T>, ms: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(ms, () => reject(new Error('no answer in time')));
      work.then(resolve, reject).finally(cancel);
    });

  const stopListening = store.onCommit((touched) => {
    // Only sends change what is due; every other commit would make the lanes be read for nothing.
    if (touched.rows === null || touched.rows.has('outbox')) queueMicrotask(pump);
  });
  pump();

  return {
    wake() {
      if (stopped) return;
      // Waiting for the network is over when it is back; a server's own time (rate limit) is kept.
      for (const record of tables.unfinished(store.read)) {
        if (record.state === 'queued' && (record.waitsFor === 'network' || record.waitsFor === 'sign_in' || record.waitsFor === 'retry')) {
          store.run(waitForAccount, { outboxId: record.id, waitsFor: record.waitsFor, retryAt: clock.now(), problem: record.problem ?? '' }, by());
        } else if (record.state === 'unknown') {
          run(checked, { outboxId: record.id, found: 'undecided', problem: record.problem ?? '', retryAt: clock.now(), graceMs: ABSENT_GRACE_MS });
        }
      }
      pump();
    },
    async stop() {
      stopped = true;
      stopping.abort();
      cancelTimer();
      stopListening();
      await Promise.allSettled(busy.values());
    },
  };
}

const waitForAccount: Operation<{ outboxId: string; waitsFor: 'network' | 'sign_in' | 'retry' | 'rate_limit' | 'upload'; retryAt: number; problem: string }, void> = {
  name: 'outbox.wait',
  apply(tx, { outboxId, waitsFor, retryAt, problem }) {
    const record = tables.outboxById(tx.db, outboxId);
    if (record?.state !== 'queued') return;
    tables.updateOutbox(tx.db, outboxId, { ...record, waitsFor, retryAt, problem }, tx.at);
    tx.touch('outbox', outboxId);
    tx.touch('message', record.messageId);
  },
};
