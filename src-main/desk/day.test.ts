import { expect, test } from 'vitest';
import { addPromise, settlePromise } from '../customers/index.ts';
import type { Settings } from '../../src-preload/contract/index.ts';
import { ParleyError, seededRandom } from '../kernel/index.ts';
import { composeSend, enqueue, refuse, release as leave, start } from '../outbox/index.ts';
import { tables, type Operation } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../test-desk.ts';
import { assign, claim, localClaims, logCall, markDone, release, snooze, startAlarms, updateCustomer, updateSettings } from './index.ts';
import { ReferenceDesk, type Happened, type Row } from './test-reference-desk.ts';

const MINUTE = 60_000;
const MESSAGES = 1_500;
const ACTIONS = 1_500;
const CUSTOMERS = 160;
const AGENTS = ['RB', 'MK', 'JT', 'LS'] as const;
const CLAIM_MINUTES = 25;
/** A Monday. */
const MORNING = Date.UTC(2026, 2, 2, 8);
const EVENING = MORNING + 12 * 60 * MINUTE;

const always = { segment: 'any' as const, tag: '', onlyUrgent: false, calendarId: null };
const office = [{ from: 540, to: 750 }, { from: 810, to: 1_080 }];
const SETTINGS: Partial<Settings> = {
  officeZone: 'UTC', urgentWords: ['urgent', 'stranded'], enforceClaims: true, claimMinutes: CLAIM_MINUTES, undoSeconds: { mail: 0, reply: 0, dm: 0 }, watchWords: [],
  sla: {
    calendars: [{ id: 'office', name: 'Office', zone: '', week: [[], office, office, office, office, office, []], holidays: [] }],
    policies: [
      { ...always, id: 'vip', name: 'VIP', channels: [], segment: 'vip', firstMinutes: 15, nextMinutes: 15, warnMinutes: 5 },
      { ...always, id: 'urgent', name: 'Urgent', channels: [], onlyUrgent: true, firstMinutes: 30, nextMinutes: 30, warnMinutes: 10 },
      { ...always, id: 'x', name: 'X', channels: ['x'], firstMinutes: 60, nextMinutes: 45, warnMinutes: 15 },
      { ...always, id: 'phone', name: 'Phone', channels: ['phone'], firstMinutes: 90, nextMinutes: 90, warnMinutes: 20 },
      { ...always, id: 'mail', name: 'Mail', channels: ['email'], calendarId: 'office', firstMinutes: 240, nextMinutes: 120, warnMinutes: 30 },
    ],
  },
};

test('a day from eight to eight: 1,500 messages, four agents, and at every ten minutes order, due times and owners are those of a desk told apart', () => {
  const desk = openTestDesk();
  desk.clock.advance(MORNING - desk.clock.now());
  desk.run(updateSettings, { patch: SETTINGS });
  const stop = startAlarms(desk.store, desk.clock);
  const reference = new ReferenceDesk(CLAIM_MINUTES);
  const random = seededRandom(20_260_302);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.unit() * from.length)] as T;
  const as = <A, R>(agent: string, operation: Operation<A, R>, args: A): R => desk.store.run(operation, args, { at: desk.clock.now(), agent }).value;
  const claims = localClaims(desk);

  // Messages and actions at their times, no two in one millisecond.
  const times = new Set<number>();
  while (times.size < MESSAGES + ACTIONS) times.add(MORNING + 1 + Math.floor(random.unit() * (EVENING - MORNING - 2)));
  const events = [...times].sort((a, b) => a - b).map((at) => ({ at, isMessage: false }));
  for (let n = 0; n < MESSAGES; ) {
    const event = pick(events);
    if (event.isMessage) continue;
    event.isMessage = true;
    n += 1;
  }

  const conversationOf = new Map<number, string>();
  const byMail = new Set<string>();
  const promises = new Map<string, { conversationId: string; isOpen: boolean }>();
  const sent: { outboxId: string; event: Happened }[] = [];
  const done = { refused: 0, lapsed: 0, kept: 0, snoozed: 0, answered: 0 };

  const message = (at: number): void => {
    const who = Math.floor(random.unit() ** 2 * CUSTOMERS);
    const isMail = who % 3 === 0;
    const isUrgent = random.unit() < 0.06;
    const isAutomatic = isMail && random.unit() < 0.08;
    const text = isUrgent ? 'I am STRANDED here, please' : 'Where is my parcel?';
    if (isMail) {
      const event = mailEvent(`c${who}@example.org`, at, { text });
      desk.take(desk.accounts.email, [isAutomatic ? { ...event, detail: { ...event.detail, automatic: 'auto_reply' } as typeof event.detail } : event]);
    } else desk.take(desk.accounts.x, [postEvent(String(who), `@c${who}`, at, text)]);
    const id = conversationOf.get(who) ?? desk.conversation(isMail ? `c${who}@example.org` : String(who)).id;
    const one = conversationOf.has(who) ? reference.of(id) : reference.begin(id);
    conversationOf.set(who, id);
    if (isMail) byMail.add(id);
    reference.arrives(one, { at, what: isAutomatic ? 'other' : 'asks', kind: isMail ? 'mail' : 'post', isUrgent: isUrgent && !isAutomatic, isRefused: false });
  };

  /** Whether the desk lets somebody claim or answer, as the reference has it. */
  const mayTake = (id: string, agent: string, at: number): boolean => [agent, null].includes(reference.holder(reference.of(id), at));
  const attempt = (expected: boolean, act: () => void): void => {
    let went = true;
    try {
      act();
    } catch (error) {
      if (!(error instanceof ParleyError) || error.code !== 'conflict') throw error;
      went = false;
      done.refused += 1;
    }
    expect(went).toBe(expected);
  };

  const action = (at: number): void => {
    const open = reference.queue(at, 'priority');
    if (open.length === 0) return;
    const agent = pick(AGENTS);
    // Mostly from the top, as agents work.
    const { id } = open[Math.floor(random.unit() ** 3 * open.length)] as Row;
    const one = reference.of(id);
    const holder = reference.holder(one, at);
    const own = (until: number | null, owner: string | null = agent): void => void Object.assign(one, { owner, ownedUntil: until });
    const dice = random.unit();
    if (dice < 0.25) {
      const takeOver = random.unit() < 0.1;
      const may = takeOver || mayTake(id, agent, at);
      attempt(may, () => as(agent, claim, { conversationId: id, takeOver }));
      if (may && !(holder === agent && one.ownedUntil === null)) own(at + CLAIM_MINUTES * MINUTE);
    } else if (dice < 0.65) {
      const isMail = byMail.has(id);
      const may = mayTake(id, agent, at);
      const lastIn = tables.messagesBefore(desk.store.read, id, null, 100).find((m) => m.direction === 'inbound');
      attempt(may, () => {
        const args = composeSend(desk.store.read, {
          requestId: desk.ids.next(), conversationId: id, mode: isMail ? 'mail' : 'dm', accountId: isMail ? desk.accounts.email : desk.accounts.x, to: ['them'], cc: [], subject: isMail ? 'Re' : null, text: 'We look into it.',
          inReplyTo: lastIn?.id ?? null, attachmentIds: [], seenAt: 0, evenIfStale: true, evenIfDiffers: true,
        }, { ids: desk.ids, agent, now: at });
        const { outboxId } = as(agent, enqueue, args);
        const event: Happened = { at, what: 'answers', kind: isMail ? 'mail' : 'dm', isUrgent: false, isRefused: false };
        one.log.push(event);
        sent.push({ outboxId, event });
        done.answered += 1;
        if (!(holder === agent && one.ownedUntil === null)) own(at + CLAIM_MINUTES * MINUTE);
      });
    } else if (dice < 0.70) {
      // The other side refuses an answer that was thought sent: the customer waits again.
      const last = sent.pop();
      const record = last && tables.outboxById(desk.store.read, last.outboxId);
      if (!last || record?.state !== 'held') return;
      as('Parley', leave, { outboxId: last.outboxId });
      if (as('Parley', start, { outboxId: last.outboxId }) !== null) as('Parley', refuse, { outboxId: last.outboxId, problem: 'no' });
      last.event.isRefused = true;
    } else if (dice < 0.76) {
      const until = at + Math.ceil((10 + random.unit() * 120) * MINUTE);
      as(agent, snooze, { conversationId: id, until, note: random.unit() < 0.5 ? 'ask again' : null });
      Object.assign(one, { state: 'snoozed', snoozedUntil: until, isBack: false });
      done.snoozed += 1;
    } else if (dice < 0.84) {
      as(agent, markDone, { conversationId: id });
      Object.assign(one, { state: 'done', snoozedUntil: null, isBack: false });
      one.log.push({ at, what: 'done', kind: 'none', isUrgent: false, isRefused: false });
    } else if (dice < 0.88) {
      const to = pick(AGENTS);
      as(agent, assign, { conversationId: id, owner: to });
      own(null, to);
    } else if (dice < 0.91) {
      as(agent, release, { conversationId: id });
      own(null, null);
    } else if (dice < 0.94) {
      // Everything this agent has is looked at once more.
      for (const theirs of reference.told.values()) {
        if (theirs.state !== 'open' || reference.holder(theirs, at) !== agent) continue;
        void claims.keep(agent, theirs.id);
        if (theirs.ownedUntil === null || theirs.ownedUntil - at > (CLAIM_MINUTES * MINUTE * 2) / 3) continue;
        theirs.ownedUntil = at + CLAIM_MINUTES * MINUTE;
        done.kept += 1;
      }
    } else if (dice < 0.96) {
      const { customerId } = desk.store.read.get<{ customerId: string }>('SELECT customer_id AS customerId FROM conversation WHERE id = ?', id) ?? { customerId: '' };
      one.isVip = !one.isVip;
      as(agent, updateCustomer, { customerId, isVip: one.isVip });
    } else if (dice < 0.98) {
      const isMissed = random.unit() < 0.5;
      as(agent, logCall, {
        requestId: desk.ids.next(), conversationId: id, accountId: desk.accounts.phone, party: null, at, author: agent, text: '', ids: desk.ids,
        detail: { type: 'call', number: '', callDirection: 'inbound', startedAt: at, durationMs: 0, outcome: isMissed ? 'missed' : 'answered', agent, disposition: null },
      });
      one.log.push({ at, what: isMissed ? 'asks' : 'answers', kind: 'call', isUrgent: false, isRefused: false });
    } else {
      const open = [...promises].find(([, promise]) => promise.isOpen);
      const said = tables.messagesBefore(desk.store.read, id, null, 20).find((m) => m.kind !== 'system');
      if (open && random.unit() < 0.4) {
        as(agent, settlePromise, { promiseId: open[0], state: 'kept' });
        open[1].isOpen = false;
      } else if (said) {
        const promiseId = desk.ids.next();
        as(agent, addPromise, { promiseId, messageId: said.id, kind: 'promise', quote: 'by Friday' });
        promises.set(promiseId, { conversationId: id, isOpen: true });
      }
    }
  };

  const shown = (sort: 'priority' | 'oldest'): Row[] => {
    const rows: Row[] = [];
    let after: Parameters<typeof tables.queuePage>[1]['after'] = null;
    do {
      const page: ReturnType<typeof tables.queuePage> = tables.queuePage(desk.store.read, { view: 'open', sort, accountId: null, me: 'RB', after, limit: 40 });
      rows.push(...page.rows.map(({ id, dueAt, isOverdue, owner, priority }) => ({ id, dueAt, isOverdue, owner, priority })));
      after = page.next;
    } while (after !== null);
    return rows;
  };
  let longest = 0;
  const compare = (at: number): void => {
    const told = reference.queue(at, 'priority');
    longest = Math.max(longest, told.length);
    expect(shown('priority'), `at ${new Date(at).toISOString()}`).toEqual(told);
    expect(shown('oldest').map((row) => row.id)).toEqual(reference.queue(at, 'oldest').map((row) => row.id));
    const open = [...promises.values()].filter((promise) => promise.isOpen);
    for (const id of new Set(open.map((promise) => promise.conversationId))) expect(tables.openPromises(desk.store.read, id)).toHaveLength(open.filter((promise) => promise.conversationId === id).length);
  };
  const advanceTo = (at: number): void => {
    const before = desk.clock.now();
    desk.clock.advance(at - before);
    reference.pass(before, at);
  };

  let checkAt = MORNING + 10 * MINUTE;
  for (const event of events) {
    for (; checkAt < event.at; checkAt += 10 * MINUTE) {
      advanceTo(checkAt);
      compare(checkAt);
    }
    advanceTo(event.at);
    if (event.isMessage) message(event.at);
    else action(event.at);
  }
  advanceTo(EVENING);
  compare(EVENING);
  stop();
  done.lapsed = desk.store.read.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE kind = 'system' AND json_extract(detail, '$.code') = 'lapsed'`)?.n ?? 0;
  // A day on which nothing of this happened would prove nothing.
  expect(longest).toBeGreaterThan(40);
  for (const [what, count] of Object.entries(done)) expect(count, what).toBeGreaterThan(5);
}, 120_000);
