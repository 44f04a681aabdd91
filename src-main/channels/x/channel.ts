import { ParleyError, backoffMs, messageOf } from '../../kernel/index.ts';
import type { Channel, ChannelContext, ConnectionStatus, OutgoingItem } from '../port.ts';
import { hintedReadAt, listsFor, type ActivityEvent, type HintedList } from './activity-state.ts';
import { createActivityStream, type ActivityStream } from './activity-stream.ts';
import { subscribeTo } from './activity-subscriptions.ts';
import { makeClient, type XClient } from './client.ts';
import { knownSelf, parseConfig, type XConfig } from './config.ts';
import { malformedProblem, type XProblem } from './errors.ts';
import { createLedger } from './ledger.ts';
import { createLimits } from './limits.ts';
import { activity as terms, prices, rhythm } from './prices.ts';
import { fetchMedia, MEDIA_BASE } from './fetch-media.ts';
import { createDmReadBack } from './read-back.ts';
import { createDmReader } from './read-dms.ts';
import { fillHole, knownHole, mentionsList, ownList, readList, type ReadOutcome } from './read-posts.ts';
import { readHeard, readThreads } from './read-search.ts';
import { reconcileItem } from './reconcile.ts';
import { affordable, call, deliver, type XRuntime } from './runtime.ts';
import { sendItem } from './send.ts';
import { createSession } from './session.ts';
import { parseUser } from './shapes.ts';
import { holeNote, liveStatus, statusOf } from './status.ts';
import { prepareMedia } from './upload.ts';
import { readTombstones } from './tombstones.ts';

type TaskName = HintedList | 'identity' | 'own' | 'media';
interface Task {
  nextAt: number;
  /** An event said there is something to read: then, if that is sooner. */
  hintedAt: number;
  lastAt: number;
  failures: number;
  problem: XProblem | null;
  run(): Promise<ReadOutcome>;
  everyMs(): number;
}

/** What a broken line, sign-in or purse means for one list, it means for all. */
const COMMON: readonly XProblem['code'][] = ['network', 'stopped', 'sign_in_needed', 'credits_depleted', 'client_not_enrolled', 'over_limit'];
/** Without mentions there is no connection to speak of; the other lists may fail alone. */
const isCommon = (name: TaskName, code: XProblem['code']): boolean =>
  name === 'identity' || COMMON.includes(code) || (name === 'mentions' && (code === 'server_error' || code === 'malformed'));

const APP_REFUSED = 'X does not accept the app’s bearer token, so new messages come by the usual reading alone.';

/** One X account at work: one reader for all lists, one round at a time. */
export function openX(context: ChannelContext): Channel {
  let opened: { config: XConfig; client: XClient };
  try {
    const config = parseConfig(context.account.config);
    opened = { config, client: makeClient(config.apiBase, context.clock) };
  } catch (error) {
    return brokenChannel(context, error);
  }
  return runningChannel(context, opened.config, opened.client);
}

function runningChannel(context: ChannelContext, config: XConfig, client: XClient): Channel {
  const { clock, random, log } = context;
  const stopping = new AbortController();
  const known = knownSelf(config, context.cursor('me'));
  const runtime: XRuntime = {
    context, session: createSession(client, context, context), limits: createLimits(clock), ledger: createLedger(clock),
    self: known ?? { id: '', handle: '' }, ownsApp: config.ownsApp, users: new Map(), posts: new Map(), toldCounts: new Map(), uploads: new Map(), wantsMedia: false, threads: new Map(), openSends: new Map(), claimed: new Map(), readBackDms: createDmReadBack(() => runtime),
  };
  const dms = createDmReader(runtime);
  const sends = new Set<Promise<unknown>>();
  let newestAt = clock.now();
  let cancelTimer: (() => void) | null = null;
  let isStarted = false;
  let stream: ActivityStream | null = null;
  let isListening = false;
  let isAppRefused = false;
  let shown = '';
  /** The round under way, and one more that somebody asked for meanwhile. */
  let current: Promise<void> | null = null;
  let queued: Promise<void> | null = null;

  const show = (status: ConnectionStatus): void => {
    const text = JSON.stringify(status);
    if (text === shown || stopping.signal.aborted) return;
    shown = text;
    context.setStatus(status);
  };
  const progress = (done: number, total: number): void =>
    show({ state: 'syncing', status: `Reading posts for @${runtime.self.handle}.`, retryAt: null, progress: { done, total: Math.max(done, total) } });

  const mentionsEvery = (): number => {
    const quiet = clock.now() - newestAt;
    return rhythm.mentionsMs.findLast((pace) => quiet >= pace.quietForMs)?.everyMs ?? 30_000;
  };
  const task = (run: Task['run'], everyMs: Task['everyMs']): Task => ({ nextAt: 0, hintedAt: Infinity, lastAt: -Infinity, failures: 0, problem: null, run, everyMs });
  const tasks: Record<TaskName, Task> = {
    identity: task(readIdentity, () => rhythm.identityMs),
    mentions: task(readMentions, mentionsEvery),
    dms: task(() => dms.read(stopping.signal), () => rhythm.dmsMs),
    own: task(() => readList(runtime, ownList, stopping.signal, progress), () => rhythm.ownPostsMs),
    threads: task(() => readThreads(runtime, stopping.signal), () => rhythm.threadsMs),
    tombstones: task(() => readTombstones(runtime), () => rhythm.tombstonesMs),
    heard: task(() => readHeard(runtime, stopping.signal), () => rhythm.heardMs),
    media: task(readMedia, () => (runtime.wantsMedia ? 0 : rhythm.mediaEveryMs)),
  };
  const order: readonly TaskName[] = ['identity', 'mentions', 'dms', 'own', 'threads', 'tombstones', 'heard', 'media'];

  async function readMentions(): Promise<ReadOutcome> {
    const outcome = await readList(runtime, mentionsList, stopping.signal, progress);
    if (outcome.found > 0) newestAt = clock.now();
    if (outcome.problem || !knownHole(runtime, mentionsList)) return outcome;
    const { handle } = runtime.self;
    const filled = await fillHole(runtime, mentionsList, `@${handle} -from:${handle} -is:retweet`, stopping.signal);
    return { found: outcome.found + filled.found, problem: filled.problem };
  }

  async function readMedia(): Promise<ReadOutcome> {
    runtime.wantsMedia = false;
    const { hasMore, ...outcome } = await fetchMedia(runtime, [config.apiBase, ...(config.mediaBases ?? [MEDIA_BASE])], stopping.signal);
    runtime.wantsMedia = hasMore;
    return outcome;
  }

  async function readIdentity(): Promise<ReadOutcome> {
    const count = affordable(runtime, prices.userRead, 1, 1);
    // Who we are is needed to send at all: it is asked even over the limit when nothing is known yet.
    if (typeof count !== 'number' && runtime.self.id !== '') return { found: 0, problem: count };
    const result = await call(runtime, 'me', { method: 'GET', path: '/2/users/me' });
    if (!result.ok) return { found: 0, problem: result.problem };
    const user = parseUser(result.body);
    if (!user) return { found: 0, problem: malformedProblem('users/me') };
    if (runtime.self.id !== '' && runtime.self.id !== user.id) {
      const sentence = `This sign-in belongs to @${user.username}, not to @${runtime.self.handle}; add it as an account of its own.`;
      return { found: 0, problem: { code: 'refused', sentence, mayHaveHappened: false, retryAt: null, cause: 'other account' } };
    }
    runtime.self = { id: user.id, handle: user.username };
    runtime.ledger.read('userRead', [`user ${user.id}`]);
    await deliver(runtime, 'live', [], { me: JSON.stringify(runtime.self) });
    return { found: 0, problem: null };
  }

  /** One pass over what is due. Never throws. */
  async function round(isForced: boolean): Promise<void> {
    if (runtime.self.id === '' || shown === '') show({ state: 'connecting', status: 'Connecting to X.', retryAt: null, progress: null });
    for (const name of order) {
      const one = tasks[name];
      if (stopping.signal.aborted) return;
      // Who we are costs money and hardly changes: asking for messages does not ask for it once it is known.
      const isWanted = isForced && (name !== 'identity' || runtime.self.id === '' || one.problem !== null);
      if (clock.now() < dueAt(one) && !isWanted && !(name === 'media' && runtime.wantsMedia)) continue;
      // What is said from here on is not answered by this read.
      one.hintedAt = Infinity;
      one.lastAt = clock.now();
      const { problem } = await attempt(name, one);
      if (stopping.signal.aborted) return;
      one.problem = problem;
      one.failures = problem ? one.failures + 1 : 0;
      one.nextAt = problem ? retryTime(problem, one.failures - 1) : clock.now() + one.everyMs();
      if (!problem) continue;
      log.warn('x.readFailed', { task: name, code: problem.code, cause: problem.cause });
      if (!isCommon(name, problem.code)) continue;
      for (const other of Object.values(tasks)) if (other !== one) Object.assign(other, { nextAt: Math.max(other.nextAt, one.nextAt), hintedAt: Infinity });
      return show(statusOf(problem, one.nextAt));
    }
    showResult();
  }

  async function attempt(name: TaskName, one: Task): Promise<ReadOutcome> {
    try {
      return await one.run();
    } catch (error) {
      // Our own store refused the batch, or a bug: nothing was lost, the cursor did not move.
      log.error('x.round', { task: name, error });
      return { found: 0, problem: { ...malformedProblem(messageOf(error)), code: 'server_error', sentence: 'What was read from X could not be stored; it is read again.' } };
    }
  }

  function retryTime(problem: XProblem, failures: number): number {
    const now = clock.now();
    if (problem.retryAt !== null) return Math.max(problem.retryAt, now + 1_000);
    const isBlocked = ['sign_in_needed', 'credits_depleted', 'client_not_enrolled', 'missing_scope', 'refused', 'not_found'].includes(problem.code);
    return now + (isBlocked ? rhythm.blockedMs : backoffMs(failures, random, 2_000));
  }

  function showResult(): void {
    const { mentions, dms: messages } = tasks;
    if (mentions.problem) return show(statusOf(mentions.problem, mentions.nextAt));
    const hole = knownHole(runtime, mentionsList);
    const notes = [
      ...(messages.problem && messages.problem.code !== 'rate_limited' ? [`Direct messages cannot be read: ${messages.problem.sentence}`] : []),
      ...(hole ? [holeNote(hole)] : []),
      ...(isAppRefused ? [APP_REFUSED] : []),
    ];
    show(liveStatus(notes));
  }

  function startRound(isForced: boolean): Promise<void> {
    current = round(isForced).finally(() => {
      current = null;
      void listen();
      schedule();
    });
    return current;
  }

  function schedule(): void {
    cancelTimer?.();
    cancelTimer = null;
    if (!isStarted || stopping.signal.aborted) return;
    const nextAt = Math.min(...Object.values(tasks).map(dueAt));
    cancelTimer = clock.after(Math.max(0, nextAt - clock.now()), () => {
      if (!current) void startRound(false);
    });
  }

  const dueAt = (one: Task): number => Math.min(one.nextAt, one.hintedAt);

  /** Opens the activity stream once it is known who we are, where the app's token is given. */
  async function listen(): Promise<void> {
    if (isListening || !isStarted || runtime.self.id === '') return;
    isListening = true;
    const { appBearer } = await context.secrets().catch((): Record<string, string> => ({}));
    if (!appBearer || stopping.signal.aborted) return;
    let isSubscribed = false;
    stream = createActivityStream({
      apiBase: config.apiBase, bearer: appBearer, clock, log,
      async subscribe() {
        if (!isSubscribed) isSubscribed = await subscribeTo(runtime.self.id, appBearer, { client, session: runtime.session, log });
      },
      onEvent: takeHint,
      onRefused(isRefused) {
        if (isRefused === isAppRefused) return;
        isAppRefused = isRefused;
        if (!current && tasks.mentions.lastAt > 0) showResult();
      },
    });
    stream.open();
  }

  /** An event reads sooner, never more than X's limits and its own gap allow; a list in trouble keeps its own time. */
  function takeHint(event: ActivityEvent): void {
    for (const name of listsFor(event, runtime.self.id)) {
      const one = tasks[name];
      const { remaining, resetAt } = runtime.limits.room(terms.group[name]);
      const kept = name === 'dms' ? rhythm.dmReadsKept : 0;
      const at = one.problem ? null : hintedReadAt({ now: clock.now(), lastAt: one.lastAt, gapMs: terms.gapMs[name], everyMs: one.everyMs(), remaining: remaining - kept, resetAt });
      if (at !== null) one.hintedAt = Math.min(one.hintedAt, at);
    }
    if (!current) schedule();
  }

  function poll(): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    if (!current) return startRound(true);
    queued ??= current.then(() => {
      queued = null;
      return stopping.signal.aborted ? undefined : startRound(true);
    });
    return queued;
  }

  /** A send needs to know who we are: matching and links depend on it. */
  async function ready(): Promise<XProblem | null> {
    if (runtime.self.id !== '') return null;
    return (await attempt('identity', tasks.identity)).problem;
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    const tracker = work.then(() => {}, () => {}).finally(() => sends.delete(tracker));
    sends.add(tracker);
    return work;
  }

  return {
    start() {
      if (isStarted || stopping.signal.aborted) return;
      isStarted = true;
      void startRound(false);
    },
    async stop() {
      cancelTimer?.();
      stopping.abort();
      stream?.stop();
      let cancelGrace = (): void => {};
      const grace = new Promise<void>((resolve) => (cancelGrace = clock.after(rhythm.stopGraceMs, resolve)));
      await Promise.race([Promise.all(sends), grace]);
      cancelGrace();
      client.close();
      await Promise.all([current, ...sends]);
    },
    poll,
    prepare: (item, signal) => tracked(ready().then((problem) => problem
      ? { type: problem.code === 'sign_in_needed' ? 'auth_needed' as const : 'retry' as const, waitsFor: 'network' as const, retryAt: problem.retryAt, problem: problem.sentence }
      : prepareMedia(runtime, item, AbortSignal.any([signal, stopping.signal])))),
    send: (item: OutgoingItem) => tracked(ready().then((problem) => problem
      ? { type: problem.code === 'sign_in_needed' ? 'auth_needed' as const : 'retry' as const, waitsFor: 'network' as const, retryAt: problem.retryAt, problem: problem.sentence }
      : sendItem(runtime, item))),
    reconcile: (item: OutgoingItem) => tracked(ready().then((problem) => problem
      ? { type: 'undecided' as const, problem: problem.sentence, retryAt: problem.retryAt }
      : reconcileItem(runtime, item))),
  };
}

/** Settings nobody can connect with: says so and refuses, instead of throwing at the start. */
function brokenChannel(context: ChannelContext, error: unknown): Channel {
  const problem = error instanceof ParleyError ? error.message : 'The settings of this X account cannot be used.';
  const tell = (): void => context.setStatus({ state: 'failed', status: problem, retryAt: null, progress: null });
  return {
    start: tell,
    stop: () => Promise.resolve(),
    poll: () => Promise.resolve(tell()),
    send: () => Promise.resolve({ type: 'refused', problem }),
    reconcile: () => Promise.resolve({ type: 'undecided', problem, retryAt: null }),
  };
}
