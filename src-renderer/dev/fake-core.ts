import type {
  ChangeSet, Commands, ConversationRow, Customer, Draft, Entry, Envelope, Input, Job, Output, OutboxRow, Push, QueueSort, QueueView, Settings, ToCore, ToWindow, Transport, AccountRow, Capability,
} from '../../src-preload/contract/index.ts';
import { belongs, compareRows } from '../state/queue-order.ts';
import { ACCOUNTS, HOUR, make, makeWorld, settings as startSettings, uuid, type World } from './sample.ts';

/** Commands that change who is who are not played here. */
type Handlers = { [N in Exclude<keyof Commands, `promise.${string}` | 'customer.link' | 'customer.unlink' | 'customer.mergePreview' | 'customer.merge' | 'customer.unmerge' | 'customer.suggest' | 'customer.deny' | 'customer.export' | 'customer.erase' | 'customer.erasePreview'>]: (input: Input<N>) => Output<N> | Promise<Output<N>> };
type Stop = { code: 'stale' | 'not_found'; message: string };

/** A core in memory for looking at the window. It lives outside the product's bundle. */
export function createFakeCore(options: URLSearchParams) {
  const isEmpty = options.has('empty');
  const isOffline = options.has('offline');
  const world: World = makeWorld(Date.now(), isEmpty ? 0 : Number(options.get('rows') ?? 240), options.has('long'));
  let settings: Settings = { ...startSettings, ...(options.has('compact') ? { density: 'compact' as const } : {}), selectedConversation: options.has('open') ? uuid(1000) : null };
  let seq = 1;
  let made = 100_000;
  const drafts = new Map<string, Draft>();
  const outbox = new Map<string, OutboxRow>();
  const held = new Map<string, { draft: Draft; entry: Entry; timer: ReturnType<typeof setTimeout> }>();
  const jobs = new Map<string, Job>();
  let push: (push: Push) => void = () => undefined;
  const calls: string[] = [];

  const accounts = (): AccountRow[] => {
    const row = (id: string, channel: AccountRow['channel'], name: string, address: string): AccountRow => ({
      id, channel, name, address, state: isOffline && channel !== 'phone' ? 'waiting' : 'live', status: isOffline && channel !== 'phone' ? 'No route to the server.' : '', retryAt: isOffline ? Date.now() + 40_000 : null, progress: null, x: channel === 'x' ? { apiBase: 'https://api.x.com', authorizeBase: 'https://x.com', clientId: '', ownsApp: true } : null,
      mail: channel === 'email' ? { signIn: 'password', host: 'imap.acme.example', hasCode: false, readsOlder: true, folders: [], newFolders: [] } : null,
    });
    return isEmpty ? [] : [row(ACCOUNTS.main, 'x', 'Acme', '@acme'), row(ACCOUNTS.care, 'x', 'Acme Care', '@acmecare'), row(ACCOUNTS.mail, 'email', 'Care mailbox', 'care@acme.example'), row(ACCOUNTS.phone, 'phone', 'Phone', 'Phone')];
  };
  const rowsOf = (view: QueueView, sort: QueueSort, accountId: string | null): ConversationRow[] =>
    [...world.rows.values()].filter((row) => belongs(row, { view, accountId, agentInitials: settings.agentInitials })).toSorted(compareRows(view, sort));
  const counts = () => {
    const n = (view: QueueView): number => rowsOf(view, 'priority', null).length;
    return {
      open: n('open'), mine: n('mine'), mentioned: n('mentioned'), unassigned: n('unassigned'), vip: n('vip'), overdue: n('overdue'), snoozed: n('snoozed'), done: n('done'), unseen: [...world.rows.values()].filter((row) => row.unread > 0).length,
      outboxWaiting: [...outbox.values()].filter((row) => row.delivery.state === 'queued').length, outboxFailed: [...outbox.values()].filter((row) => ['refused', 'unknown'].includes(row.delivery.state)).length, spentToday: 1.87, heard: 0, unplaced: 0, unreadable: 0, toLook: 0,
    };
  };
  const tell = (set: Partial<ChangeSet>): { seq: number } => {
    const since = seq;
    seq += 1;
    const whole: ChangeSet = { type: 'changes', since, seq, conversations: [], entries: [], removedEntries: [], customers: [], outbox: [], removedOutbox: [], drafts: [], removedDrafts: [], reread: [], goneConversations: [], settings: null, access: null, notices: null, counts: counts(), overdue: [], desktop: 'nothing', ...set };
    setTimeout(() => push(whole), 5);
    return { seq };
  };
  const page = (all: ConversationRow[], from: number, limit: number, sort: QueueSort): Output<'queue.page'> => {
    const rows = all.slice(from, from + limit);
    const last = rows.at(-1);
    return { rows, next: last === undefined || from + limit >= all.length ? null : { key: sort === 'priority' ? last.priority : last.lastAt, tie: last.lastAt, id: last.id } };
  };
  const change = (id: string, patch: Partial<ConversationRow>, more: Partial<ChangeSet> = {}): { seq: number } => {
    const row = world.rows.get(id);
    if (row === undefined) throw { code: 'not_found', message: 'This conversation is gone.' } satisfies Stop;
    const next = { ...row, ...patch };
    world.rows.set(id, next);
    return tell({ conversations: [next], ...more });
  };
  const addEntry = (entry: Entry, patch: Partial<ConversationRow> = {}, more: Partial<ChangeSet> = {}): { seq: number } => {
    world.entries.get(entry.conversationId)?.push(entry);
    return change(entry.conversationId, patch, { entries: [entry], ...more });
  };
  const capabilities = (row: ConversationRow, customer: Customer): Capability[] => {
    const x = customer.identities.find((identity) => identity.kind === 'x')?.display ?? '';
    const mail = customer.identities.find((identity) => identity.kind === 'email')?.display;
    const base = { replyAll: null, openUrl: null, price: null, maxWeighted: null, leading: [], maxReadSeconds: null, asksWhy: false, inReplyTo: row.lastMessageId, subject: null, quotes: false };
    const summoned = row.kind === 'post' || row.isVip;
    return [
      { ...base, mode: 'reply', available: summoned, reason: summoned ? null : 'X lets us reply only where we were mentioned, and this customer has not mentioned us.', accountId: ACCOUNTS.care, from: '@acmecare', to: [x], maxWeighted: 280, price: { plain: 0.015, withLink: 0.2 }, openUrl: 'https://x.com' },
      { ...base, mode: 'dm', available: true, reason: null, accountId: ACCOUNTS.care, from: '@acmecare', to: [x], maxWeighted: 10_000, price: { plain: 0.015, withLink: 0.015 } },
      { ...base, mode: 'mail', available: mail !== undefined, reason: mail === undefined ? 'No mail address of this customer is known.' : null, accountId: ACCOUNTS.mail, from: 'care@acme.example', to: mail === undefined ? [] : [mail], subject: row.subject === null ? 'Your message to us' : `Re: ${row.subject.replace(/^Re: /u, '')}` },
      { ...base, mode: 'note', available: true, reason: null, accountId: null, from: null, to: [] },
      { ...base, mode: 'call', available: true, reason: null, accountId: ACCOUNTS.phone, from: null, to: [] },
    ];
  };
  const found = (id: string): { row: ConversationRow; customer: Customer } => {
    const row = world.rows.get(id);
    const customer = world.customers.get(row?.customerId ?? '');
    if (row === undefined || customer === undefined) throw { code: 'not_found', message: 'This conversation is gone.' } satisfies Stop;
    return { row, customer };
  };
  const system = (id: string, code: 'claimed' | 'released' | 'done' | 'reopened' | 'snoozed', until: number | null = null): Entry => {
    made += 1;
    const { row } = found(id);
    return make({ conversationId: id, customerId: row.customerId, at: Date.now(), n: made, kind: 'system', author: settings.agentInitials, address: null, text: '', direction: 'internal', detail: { type: 'system', code, agent: settings.agentInitials, until } });
  };
  const deliver = (outboxId: string, state: OutboxRow['delivery']['state'], patch: Partial<OutboxRow['delivery']> = {}): void => {
    const row = outbox.get(outboxId);
    const sent = held.get(outboxId);
    if (row === undefined || sent === undefined) return;
    const next: OutboxRow = { ...row, delivery: { ...row.delivery, state, heldUntil: null, ...patch } };
    if (state === 'sent') outbox.delete(outboxId);
    else outbox.set(outboxId, next);
    sent.entry = { ...sent.entry, delivery: next.delivery };
    const list = world.entries.get(row.conversationId);
    const at = list?.findIndex((entry) => entry.id === sent.entry.id) ?? -1;
    if (list !== undefined && at >= 0) list[at] = sent.entry;
    tell({ outbox: [next], entries: [sent.entry] });
  };
  const takeBack = (outboxId: string): { seq: number; draft: Draft } => {
    const sent = held.get(outboxId);
    if (sent === undefined) throw { code: 'not_found', message: 'It has left already.' } satisfies Stop;
    clearTimeout(sent.timer);
    held.delete(outboxId);
    outbox.delete(outboxId);
    drafts.set(`${sent.draft.conversationId}:${sent.draft.mode}`, sent.draft);
    return { ...tell({ removedEntries: [sent.entry.id], removedOutbox: [outboxId], drafts: [sent.draft] }), draft: sent.draft };
  };

  const handlers: Partial<Handlers> = {
    'app.snapshot': () => ({
      seq, version: '0.1.0', workspace: { id: uuid(1), name: 'Acme Care', isDemo: !isEmpty, hasAccounts: !isEmpty, isEmpty }, shell: 'headless', settings, access: { role: 'senior', needsLook: false, mayLook: true, hasColleagues: false }, counts: counts(), accounts: accounts(),
      queue: page(rowsOf(settings.queueView, settings.queueSort, null), 0, 60, settings.queueSort), outbox: [...outbox.values()], jobs: [...jobs.values()], notices: [], calls: [], callSources: { http: { isOn: false, port: 23_790, hasToken: false, state: 'off', status: '' }, ami: { isOn: false, host: '127.0.0.1', port: 5_038, security: 'none', user: '', hasSecret: false, state: 'off', status: '' }, extensions: [] }, today: { answered: 31, done: 24, calls: 6 }, now: Date.now(),
    }),
    'app.openDemo': () => { window.location.search = ''; return { seq }; },
    'app.leaveDemo': () => { window.location.search = '?empty'; return { seq }; },
    'changes.since': () => ({ type: 'reset', seq, reason: 'bulk' }),
    'queue.page': ({ view, sort, accountId, after, limit }) => {
      const all = rowsOf(view, sort, accountId);
      return page(all, after === null ? 0 : all.findIndex((row) => row.id === after.id) + 1, limit, sort);
    },
    'conversation.open': ({ conversationId, limit }) => {
      const { row, customer } = found(conversationId);
      const all = world.entries.get(conversationId) ?? [];
      return { conversation: row, customer, entries: all.slice(-limit), hasOlder: all.length > limit, around: null, drafts: [...drafts.values()].filter((draft) => draft.conversationId === conversationId), capabilities: capabilities(row, customer) };
    },
    'conversation.older': ({ conversationId, before, limit }) => {
      const all = (world.entries.get(conversationId) ?? []).filter((entry) => entry.id < before);
      return { entries: all.slice(-limit), hasOlder: all.length > limit };
    },
    'conversation.newer': () => ({ entries: [], hasNewer: false }),
    'conversation.markRead': ({ conversationId }) => change(conversationId, { unread: 0 }),
    'desk.claim': ({ conversationId }) => addEntry(system(conversationId, 'claimed'), { owner: settings.agentInitials }),
    'desk.release': ({ conversationId }) => addEntry(system(conversationId, 'released'), { owner: null }),
    'desk.assign': ({ conversationId, owner }) => change(conversationId, { owner }),
    'desk.done': ({ conversationId }) => addEntry(system(conversationId, 'done'), { state: 'done', unread: 0 }),
    'desk.reopen': ({ conversationId }) => addEntry(system(conversationId, 'reopened'), { state: 'open', snoozedUntil: null }),
    'desk.snooze': ({ conversationId, until, note }) => addEntry(system(conversationId, 'snoozed', until), { state: 'snoozed', snoozedUntil: until, followUpNote: note }),
    'desk.parseTime': ({ text }) => ({ at: /\d/u.test(text) ? Date.now() + 20 * HOUR : null }),
    'draft.save': ({ conversationId, mode, text, subject, to, cc, bcc }) => {
      const draft: Draft = { conversationId, mode, text, subject, to, cc, bcc: bcc ?? null, attachments: [], updatedAt: Date.now() };
      drafts.set(`${conversationId}:${mode}`, draft);
      return change(conversationId, { hasDraft: true }, { drafts: [draft] });
    },
    'draft.discard': ({ conversationId, mode }) => { drafts.delete(`${conversationId}:${mode}`); return change(conversationId, { hasDraft: false }, { removedDrafts: [{ conversationId, mode }] }); },
    'reply.send': ({ conversationId, mode, to, subject, text, seenAt, evenIfStale, requestId }) => {
      const { row, customer } = found(conversationId);
      const newer = (world.entries.get(conversationId) ?? []).find((entry) => entry.arrivedAt > seenAt && entry.direction === 'inbound');
      if (newer !== undefined && !evenIfStale) throw { code: 'stale', message: `${newer.author} wrote in this conversation while you were writing.` } satisfies Stop;
      made += 1;
      const outboxId = requestId;
      const heldUntil = Date.now() + settings.undoSeconds[mode === 'post' ? 'reply' : mode] * 1000;
      const delivery = { outboxId, state: 'held' as const, heldUntil, endsOnReply: false, retryAt: null, waitsFor: null, attempt: 0, problem: null };
      const entry = make({ conversationId, customerId: row.customerId, at: Date.now(), n: made, kind: mode === 'reply' || mode === 'post' ? 'post' : mode, direction: 'outbound', author: 'Acme Care', address: to[0] ?? null, subject, text, delivery });
      const item: OutboxRow = { id: outboxId, conversationId, messageId: entry.id, mode, customerName: customer.name, excerpt: text.slice(0, 80), delivery };
      drafts.delete(`${conversationId}:${mode}`);
      outbox.set(outboxId, item);
      const leave = (): void => {
        if (isOffline) deliver(outboxId, 'queued', { waitsFor: 'network', retryAt: Date.now() + 40_000 });
        else if (text.includes('refuse')) deliver(outboxId, 'refused', { problem: 'X says: this post is a duplicate.' });
        else if (text.includes('unknown')) deliver(outboxId, 'unknown', { problem: 'The connection broke while sending.' });
        else { deliver(outboxId, 'sending'); setTimeout(() => deliver(outboxId, 'sent'), 600); }
      };
      held.set(outboxId, { entry, timer: setTimeout(leave, settings.undoSeconds[mode === 'post' ? 'reply' : mode] * 1000), draft: { conversationId, mode, text, subject, to, cc: null, bcc: null, attachments: [], updatedAt: Date.now() } });
      return { ...addEntry(entry, { hasDraft: false, waitingSince: null }, { outbox: [item], removedDrafts: [{ conversationId, mode }] }), outboxId, messageId: entry.id, heldUntil, otherIds: [] };
    },
    'outbox.undo': ({ outboxId }) => takeBack(outboxId),
    'outbox.discard': ({ outboxId }) => takeBack(outboxId),
    'outbox.sendNow': ({ outboxId }) => { deliver(outboxId, 'sending'); setTimeout(() => deliver(outboxId, 'sent'), 600); return { seq }; },
    'outbox.retry': ({ outboxId }) => { deliver(outboxId, 'sending'); setTimeout(() => deliver(outboxId, 'sent'), 600); return { seq }; },
    'outbox.settle': ({ outboxId, arrived }) => { deliver(outboxId, arrived ? 'sent' : 'refused', { problem: null }); return { seq }; },
    'outbox.list': () => ({ rows: [...outbox.values()] }),
    'note.add': ({ conversationId, text }) => {
      made += 1;
      const entry = make({ conversationId, customerId: found(conversationId).row.customerId, at: Date.now(), n: made, kind: 'note', author: settings.agentName, address: null, text, direction: 'internal' });
      return { ...addEntry(entry), messageId: entry.id };
    },
    'call.log': ({ conversationId, number, direction, startedAt, durationMs, outcome, disposition, note }) => {
      made += 1;
      const id = conversationId ?? uuid(1004);
      const { row } = found(id);
      const entry = make({ conversationId: id, customerId: row.customerId, at: Date.now(), n: made, kind: 'call', author: row.customerName, address: number, text: note, direction, detail: { type: 'call', number, callDirection: direction, startedAt, durationMs, outcome, agent: settings.agentInitials, disposition } });
      return { ...addEntry(entry), messageId: entry.id, conversationId: id, customerId: row.customerId };
    },
    'customer.find': ({ text, limit }) => ({
      customers: [...world.customers.values()].filter((customer) => `${customer.name} ${customer.identities.map((identity) => identity.display).join(' ')}`.toLowerCase().includes(text.toLowerCase())).slice(0, limit)
        .map((customer) => ({ id: customer.id, name: customer.name, isVip: customer.isVip, match: customer.identities.at(-1)?.display ?? '', conversationId: [...world.rows.values()].find((row) => row.customerId === customer.id)?.id ?? null })),
    }),
    'customer.update': ({ customerId, ...patch }) => {
      const customer = world.customers.get(customerId);
      if (customer === undefined) throw { code: 'not_found', message: 'This customer is gone.' } satisfies Stop;
      const next = { ...customer, ...patch } as Customer;
      world.customers.set(customerId, next);
      const row = [...world.rows.values()].find((other) => other.customerId === customerId);
      if (row === undefined) return tell({ customers: [next] });
      return change(row.id, { isVip: next.isVip, customerName: next.name, priority: next.isVip ? Math.max(row.priority, 99) : row.priority }, { customers: [next] });
    },
    'customer.entries': ({ customerId, kind, limit }) => ({ entries: [...world.entries.values()].flat().filter((entry) => entry.customerId === customerId && entry.kind === kind).slice(-limit), hasOlder: false }),
    'search.query': ({ text, limit }) => {
      const word = text.toLowerCase().trim();
      const hits = [...world.entries.values()].flat().filter((entry) => word !== '' && entry.text.toLowerCase().includes(word)).toSorted((a, b) => b.id - a.id).slice(0, limit);
      return {
        hits: hits.map((entry) => {
          const at = entry.text.toLowerCase().indexOf(word);
          const from = Math.max(0, at - 30);
          return { messageId: entry.id, conversationId: entry.conversationId, customerId: entry.customerId, customerName: world.customers.get(entry.customerId)?.name ?? '', kind: entry.kind, channel: 'x' as const, direction: entry.direction, isPrivate: entry.isPrivate, at: entry.at, subject: entry.subject, excerpt: entry.text.slice(from, from + 140).replaceAll('\n', ' '), marks: [[at - from, at - from + word.length] as [number, number]] };
        }),
        next: null, tookMs: 3.2, problem: null,
      };
    },
    'account.add': () => ({ seq, accountId: uuid(99) }),
    'account.test': async ({ account }) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      return account.channel === 'email'
        ? { ok: false, folders: [], steps: [{ step: 'Find the server', ok: true, message: account.imap.host }, { step: 'Secure connection', ok: true, message: 'TLS 1.3' }, { step: 'Sign in', ok: false, message: 'The server refused this user name or password.' }] }
        : { ok: true, folders: [], steps: [{ step: 'Reach X', ok: true, message: account.apiBase }, { step: 'Sign in', ok: true, message: '@acmecare' }] };
    },
    'account.remove': () => ({ seq }),
    'account.sync': () => ({}),
    'account.signIn': () => ({ signInId: uuid(made += 1), url: 'https://x.com/i/oauth2/authorize', redirectUri: 'http://127.0.0.1:23717/callback', expiresAt: Date.now() + 300_000, userCode: null }),
    'account.signInAgain': () => ({ signInId: uuid(made += 1), url: 'https://login.example/authorize', redirectUri: '', expiresAt: Date.now() + 300_000, userCode: 'ABCD-EFGH' }),
    'account.password': () => ({ seq }),
    'account.discover': ({ address }) => {
      const domain = address.split('@')[1] ?? '';
      const guess = { imap: { host: `imap.${domain}`, port: 993, security: 'tls' as const }, smtp: { host: `smtp.${domain}`, port: 465, security: 'tls' as const }, user: address, keepSentCopy: true, source: 'a guess', isForeign: false, password: true, passwordHint: null, provider: null };
      return { found: null, guess, notes: [] };
    },
    'account.cancelDiscover': () => ({}),
    'account.signInProviders': () => ({ providers: [] }),
    'account.checkAuthority': () => ({ names: ['Acme CA'], until: Date.now() }),
    'account.signInDone': () => new Promise(() => undefined),
    'account.cancelSignIn': () => ({}),
    'heard.list': () => ({ rows: [], eachUsd: 0.015 }),
    'heard.dismiss': () => ({ seq }),
    'heard.take': () => { throw { code: 'not_found', message: 'This post is gone.' } satisfies Stop; },
    'account.ownsApp': () => ({ seq }),
    'account.readOlder': () => ({ seq }),
    'spend.report': () => ({ accounts: [] }),
    'spend.limit': () => ({ seq }),
    'spend.allowToday': () => ({ seq }),
    'import.start': ({ path }) => {
      const id = uuid(made += 1);
      let done = 0;
      const step = (): void => {
        done += 180;
        const job: Job = { id, title: `Importing ${path.split('/').at(-1) ?? path}`, state: done >= 2_400 ? 'done' : 'running', done: Math.min(done, 2_400), total: 2_400, message: done >= 2_400 ? '2,391 messages of 214 customers, 9 known already.' : 'Reading messages', canCancel: true };
        jobs.set(id, job);
        push({ type: 'job', job });
        if (job.state === 'running') setTimeout(step, 150);
      };
      setTimeout(step, 10);
      return { jobId: id };
    },
    'job.cancel': () => ({}),
    'attachment.stage': ({ path }) => ({ attachment: { id: uuid(made += 1), name: path.split('/').at(-1) ?? path, type: 'application/pdf', size: 48_000, alt: null } }),
    'attachment.save': () => ({ path: '/home/you/Downloads/tickets-AC212.pdf' }),
    'attachment.preview': () => ({ dataUrl: null }),
    'mail.show': () => ({ url: 'about:blank', height: 240, remote: 2 }),
    'settings.update': ({ patch }) => { settings = { ...settings, ...(patch as Partial<Settings>) }; return tell({ settings }); },
    'link.open': () => ({}),
  };

  const answer = async (message: ToCore): Promise<Envelope<unknown>> => {
    calls.push(message.name);
    try {
      const handler = (handlers as Partial<Record<string, (input: never) => unknown>>)[message.name] as ((input: unknown) => unknown) | undefined;
      if (handler === undefined) throw { code: 'not_found', message: 'Not played on this page.' } satisfies Stop;
      return { ok: true, value: await handler(message.input) };
    } catch (error) {
      const stop = error as Stop;
      return { ok: false, error: { code: stop.code ?? 'internal', message: stop.message, retryable: false } };
    }
  };
  let deliverTo: (message: ToWindow) => void = () => undefined;
  push = (given) => deliverTo({ t: 'push', push: given });
  const transport: Transport<ToCore, ToWindow> = {
    send: (message) => void answer(message).then((result) => setTimeout(() => deliverTo({ t: 'reply', id: message.id, result }), 4)),
    listen: (listener) => { deliverTo = listener; return () => { deliverTo = () => undefined; }; },
  };
  /** Somebody writes now; for looking at what a push does. */
  const writeIn = (index: number, text: string, priority?: number): void => {
    made += 1;
    const { row } = found(uuid(1000 + index));
    addEntry(make({ conversationId: row.id, customerId: row.customerId, at: Date.now(), n: made, kind: row.kind, author: row.customerName, address: null, text }), { unread: row.unread + 1, preview: text, lastAt: Date.now(), ...(priority === undefined ? {} : { priority }) });
  };
  const reset = (): void => push({ type: 'reset', seq, reason: 'bulk' });
  return { transport, calls, writeIn, reset };
}
