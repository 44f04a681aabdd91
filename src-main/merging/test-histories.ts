import fc from 'fast-check';
import type { EntryDetail } from '../../src-preload/contract/index.ts';
import { phoneParty } from '../channels/phone/index.ts';
import type { MessageEvent, Party } from '../channels/port.ts';
import { addPromise, identityParty, settlePromise } from '../customers/index.ts';
import {
  addNote, assign, claim, dropFollowUp, finishFollowUp, logCall, markDone, markRead, refreshConversation, release, reopen, reopenFollowUp, saveFollowUp, saveRule, setProfilePart, snooze, startAlarms, updateCustomer,
} from '../desk/index.ts';
import { assignUnplaced, recordCall, restoreUnplaced } from '../intake/index.ts';
import { composeSend, confirm, enqueue, refuse, release as leave, start } from '../outbox/index.ts';
import { tables, type Operation } from '../store/index.ts';
import { mailEvent, mailParty, openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { linkIdentity, unlinkIdentity } from './index.ts';

const MINUTE = 60_000;
const PEOPLE = [0, 1, 2, 3] as const;

const address = (person: number): string => `p${person}@example.org`;
const handle = (person: number): string => `@person${person}`;
const userId = (person: number): string => `77${person}`;
const extra = (person: number): string => `p${person}@home.example`;
function phoneOf(person: number): Party {
  const party = phoneParty(`+4479111234${person}0`, 'GB', null);
  if (!party) throw new Error('no number');
  return party;
}
/** What each is known by from the beginning; the first tells them apart on both desks. */
const START: Readonly<Record<number, 'email' | 'x' | 'phone'>> = { 0: 'email', 1: 'email', 2: 'x', 3: 'phone' };
const kinds = ['email', 'x', 'phone'] as const;
const valueOf = (person: number, kind: (typeof kinds)[number]): string => (kind === 'email' ? address(person) : kind === 'x' ? userId(person) : phoneOf(person).value);

export interface People {
  desk: TestDesk;
  as<A, R>(agent: string, operation: Operation<A, R>, args: A): R;
  stop(): void;
}

/** A desk with four people: known by mail, by mail, from X and by telephone, each with an address, a handle and a number. */
export function openPeople(): People {
  const desk = openTestDesk();
  const people: People = { desk, as: (agent, operation, args) => desk.store.run(operation, args, { at: desk.clock.now(), agent }).value, stop: startAlarms(desk.store, desk.clock) };
  desk.run(saveRule, {
    id: desk.ids.next(), isNew: true, name: 'Stranded', isOn: true,
    conditions: { words: ['stranded'], accountIds: [], channels: [], languages: [], tags: [], handles: [], segment: 'any', hours: 'any' },
    actions: { priority: 'raise', owner: 'MK', tags: ['ruled'], cannedId: null },
  });
  for (const person of PEOPLE) {
    const first = START[person] ?? 'email';
    comeIn(people, person, first, `start-${person}`, `start ${person}`, {});
    const customerId = ownerOf(people, valueOf(person, first)) ?? '';
    for (const kind of kinds) if (kind !== first) desk.run(linkIdentity, { identityId: desk.ids.next(), customerId, party: partyOf(person, kind), basis: 'told_us', ids: desk.ids });
    desk.clock.advance(MINUTE);
  }
  return people;
}

const partyOf = (person: number, kind: (typeof kinds)[number]): Party =>
  kind === 'email' ? mailParty(address(person)) : kind === 'phone' ? phoneOf(person) : { kind: 'x', value: userId(person), display: handle(person), name: null };

const ownerOf = (p: People, value: string): string | undefined => p.desk.store.read.get<{ id: string }>('SELECT customer_id AS id FROM identity WHERE value = ?', value)?.id;
const homeOf = (p: People, value: string): string | undefined => p.desk.store.read.get<{ id: string }>('SELECT coalesce(home_customer_id, customer_id) AS id FROM identity WHERE value = ?', value)?.id;

const missed = (person: number, at: number, outcome: 'missed' | 'answered'): Extract<EntryDetail, { type: 'call' }> =>
  ({ type: 'call', number: phoneOf(person).display, callDirection: 'inbound', startedAt: at, durationMs: 0, outcome, agent: 'RB', disposition: null });

/** Something comes in from somebody; the same on both desks. */
function comeIn(p: People, person: number, kind: (typeof kinds)[number], id: string, text: string, how: { automatic?: 'bulk'; isSeen?: boolean; ago?: number; direction?: 'outbound' }): void {
  const { desk } = p;
  const at = desk.clock.now() - (how.ago ?? 0);
  if (kind === 'x') return void desk.take(desk.accounts.x, [postEvent(userId(person), handle(person), at, text, { externalId: `x-${id}` })]);
  if (kind === 'phone') {
    const callBack = { id: idFrom(id), at: desk.clock.now() + 45 * MINUTE, note: `call ${id}` };
    return void desk.run(recordCall, { accountId: desk.accounts.phone, callBack, ids: desk.ids, event: { ...mailEvent('x', at), kind: 'call', externalId: `c-${id}`, party: phoneOf(person), author: phoneOf(person).display, subject: null, text: '', threadKeys: [], detail: missed(person, at, 'missed') } });
  }
  const detail: MessageEvent['detail'] = { type: 'mail', from: address(person), to: ['care@acme.example'], cc: [], messageId: `<${id}>`, automatic: how.automatic ?? 'no', unreadable: null };
  const event = mailEvent(address(person), at, { externalId: `<${id}>`, text, detail, threadKeys: [`<${id}>`], isSeen: how.isSeen ?? false, ...(how.direction === undefined ? {} : { direction: how.direction, author: 'Care' }) });
  desk.take(desk.accounts.email, [event], how.ago === undefined ? {} : { origin: 'import', openSince: desk.clock.now() - 200 * MINUTE });
}

/** The same id on both desks, whatever else they have made. */
const idFrom = (text: string): string => `00000000-0000-7000-8000-${[...text].map((c) => c.charCodeAt(0).toString(16)).join('').slice(-12).padStart(12, '0')}`;

/** What comes in by itself, from whom it may. */
const INBOUND = ['mail', 'stranded', 'bulk', 'seen', 'old', 'sentElsewhere', 'post', 'missedCall', 'bounce', 'contact', 'tray'] as const;
/** What an agent does to the customer they see. */
const DECIDED = ['note', 'vip', 'done', 'reopen', 'claim', 'takeOver', 'release', 'assign', 'snooze', 'read', 'followUp', 'link', 'place'] as const;
/** What an agent does to one thing there is. */
const POINTED = ['finish', 'takeUp', 'move', 'drop', 'keep', 'send', 'refused', 'call', 'callAgain', 'unlink', 'restore'] as const;
const WORDED = ['tag', 'name', 'remark', 'promise', 'wish', 'field', 'birthday', 'language'] as const;

export type Op =
  | { op: (typeof INBOUND)[number] | (typeof DECIDED)[number] | (typeof POINTED)[number]; who: number }
  | { op: (typeof WORDED)[number]; who: number; text: string }
  | { op: 'merge'; who: number; other: number }
  | { op: 'unmerge'; pick: number }
  | { op: 'wait'; minutes: number }
  | { op: 'erase'; who: number };

const who = fc.constantFrom(...PEOPLE);
export const arbitraryOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ op: fc.constantFrom(...INBOUND), who }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constantFrom(...DECIDED), who }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constantFrom(...POINTED), who }) },
  { weight: 5, arbitrary: fc.record({ op: fc.constantFrom(...WORDED), who, text: fc.constantFrom('a', 'b', 'c') }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('merge' as const), who, other: who }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('unmerge' as const), pick: fc.nat(7) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('wait' as const), minutes: fc.constantFrom(10, 40, 200) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('erase' as const), who }) },
);

/** Does one thing on one desk. `customerId` is who it is done to: on the real desk whoever they are shown as, on the plain one that customer alone. */
export interface Target { customerId: string; note: string | null }

export function act(p: People, op: Exclude<Op, { op: 'merge' | 'unmerge' | 'wait' | 'erase' }>, target: Target, n: number): void {
  const { desk } = p;
  const db = desk.store.read;
  const { customerId } = target;
  const core = tables.conversationOfCustomer(db, customerId);
  const followUp = target.note === null ? undefined : db.get<{ id: string; at: number; ends: 'date' | 'reply' }>('SELECT id, at, ends FROM follow_up WHERE note = ?', target.note);
  switch (op.op) {
    case 'mail': return comeIn(p, op.who, 'email', `m-${n}`, `mail ${n}`, {});
    case 'stranded': return comeIn(p, op.who, 'email', `m-${n}`, `we are stranded ${n}`, {});
    case 'bulk': return comeIn(p, op.who, 'email', `m-${n}`, `news ${n}`, { automatic: 'bulk' });
    case 'seen': return comeIn(p, op.who, 'email', `m-${n}`, `seen ${n}`, { isSeen: true });
    case 'old': return comeIn(p, op.who, 'email', `m-${n}`, `old ${n}`, { ago: (n % 2 === 0 ? 100 : 300) * MINUTE });
    case 'sentElsewhere': return comeIn(p, op.who, 'email', `m-${n}`, `answer ${n}`, { direction: 'outbound' });
    case 'post': return comeIn(p, op.who, 'x', `${n}`, `@acmecare post ${n}`, {});
    case 'missedCall': return comeIn(p, op.who, 'phone', `${n}`, '', {});
    case 'bounce': {
      const sent = db.get<{ external_id: string }>(`SELECT external_id FROM message WHERE kind = 'mail' AND direction = 'outbound' AND address = ? AND external_id LIKE '<s-%' ORDER BY id LIMIT 1`, address(op.who));
      if (!sent) return;
      const failures = [{ recipient: address(op.who), isFinal: true, status: '5.1.1', why: 'no such user' }];
      return void desk.take(desk.accounts.email, [mailEvent('mailer-daemon@example.org', desk.clock.now(), { externalId: `<b-${n}>`, text: 'came back', references: [sent.external_id], doubt: 'report', detail: { type: 'mail', from: 'mailer-daemon@example.org', to: ['care@acme.example'], cc: [], messageId: `<b-${n}>`, automatic: 'bounce', unreadable: null, failures } })]);
    }
    case 'contact': return void desk.take(desk.accounts.email, [{ type: 'contact', at: desk.clock.now(), name: `Contact ${op.who}`, identities: [partyOf(op.who, 'email'), mailParty(`work-${op.who}@example.org`)], basis: 'told_us', isVip: n % 2 === 0, vipNote: null, note: `listed ${n % 3}`, language: null, tags: n % 2 === 0 ? ['listed'] : [] }], { origin: 'import' });
    case 'tray': return void desk.take(desk.accounts.email, [mailEvent('noreply@shop.example', desk.clock.now(), { externalId: `<t-${n}>`, text: `tray ${n}`, doubt: 'nobody' })]);
    case 'place': {
      const waiting = db.get<{ id: string }>(`SELECT id FROM unplaced WHERE state = 'open' ORDER BY at LIMIT 1`);
      return waiting && void desk.run(assignUnplaced, { id: waiting.id, customerId, ids: desk.ids });
    }
    case 'restore': {
      const placed = db.get<{ id: string }>(`SELECT id FROM unplaced WHERE state = 'placed' ORDER BY at LIMIT 1`);
      return placed && desk.run(restoreUnplaced, { id: placed.id });
    }
    case 'link': {
      if (ownerOf(p, extra(op.who)) !== undefined) return comeInExtra(p, op.who, n);
      return desk.run(linkIdentity, { identityId: desk.ids.next(), customerId, party: identityParty('email', extra(op.who), 'GB'), basis: 'told_us', ids: desk.ids });
    }
    case 'unlink': {
      const identity = db.get<{ id: string; customer_id: string; home: string }>('SELECT id, customer_id, coalesce(home_customer_id, customer_id) AS home FROM identity WHERE value = ?', extra(op.who));
      if (!identity || identity.customer_id !== customerId || identity.home !== customerId) return;
      return tables.identitiesOf(db, customerId).length < 2 ? undefined : void desk.run(unlinkIdentity, { identityId: identity.id, ids: desk.ids });
    }
    case 'vip': return desk.run(updateCustomer, { customerId, isVip: n % 3 === 0 });
    case 'name': return desk.run(updateCustomer, { customerId, name: `name ${op.text}` });
    case 'remark': return desk.run(updateCustomer, { customerId, note: `remark ${op.text}` });
    case 'language': return desk.run(updateCustomer, { customerId, language: op.text === 'c' ? null : `e${op.text}` });
    case 'wish': return desk.run(setProfilePart, { customerId, dateId: '', part: { type: 'wish', channel: 'call', value: op.text === 'a' ? 'refused' : op.text === 'b' ? 'preferred' : null } });
    case 'field': return desk.run(setProfilePart, { customerId, dateId: '', part: { type: 'influence', value: op.text === 'c' ? null : { weight: 2, reason: op.text } } });
    case 'birthday': {
      const dateId = `00000000-0000-7000-8000-00000000000${n % 3}`;
      return desk.run(setProfilePart, { customerId, dateId, part: { type: 'date', dateId, value: op.text === 'c' ? null : { name: `day ${op.text}`, day: 3, month: 9, year: null, text: null } } });
    }
    case 'tag': {
      const tags = tables.tagsOf(db, customerId);
      return desk.run(updateCustomer, { customerId, tags: tags.includes(op.text) ? tags.filter((t) => t !== op.text) : [...tags, op.text] });
    }
    case 'promise': {
      const message = db.get<{ id: number }>(`SELECT id FROM message WHERE text LIKE ? AND kind IN ('mail', 'post') AND direction = 'inbound' ORDER BY id LIMIT 1`, `start ${op.who}%`);
      return message && desk.run(addPromise, { promiseId: idFrom(`p${n}`), messageId: message.id, kind: 'promise', quote: `promise ${op.text} ${op.who}` });
    }
    case 'keep': {
      const open = db.get<{ id: string }>(`SELECT id FROM promise WHERE quote LIKE ? AND state = 'open' ORDER BY made_at LIMIT 1`, `promise % ${op.who}`);
      return open && desk.run(settlePromise, { promiseId: open.id, state: 'kept' });
    }
    case 'finish': return followUp && desk.run(finishFollowUp, { followUpId: followUp.id });
    case 'takeUp': return followUp && desk.run(reopenFollowUp, { followUpId: followUp.id });
    case 'drop': return followUp && desk.run(dropFollowUp, { followUpId: followUp.id });
    case 'move': {
      const where = followUp && db.get<{ id: string }>('SELECT conversation_id AS id FROM follow_up WHERE id = ?', followUp.id);
      return where && desk.run(saveFollowUp, { id: followUp.id, isNew: false, conversationId: where.id, at: desk.clock.now() + 25 * MINUTE, ends: followUp.ends === 'date' ? 'reply' : 'date', note: target.note, draft: null });
    }
    case 'callAgain':
      return void desk.run(recordCall, { accountId: desk.accounts.phone, callBack: null, ids: desk.ids, event: { ...mailEvent('x', desk.clock.now()), kind: 'call', externalId: `c-again-${n}`, party: phoneOf(op.who), author: phoneOf(op.who).display, subject: null, text: '', threadKeys: [], detail: missed(op.who, desk.clock.now(), 'answered') } });
    case 'call': {
      const callBack = n % 3 === 0 ? { id: idFrom(`k${n}`), at: desk.clock.now() + 50 * MINUTE, note: `back ${n}` } : null;
      return void desk.run(logCall, { requestId: desk.ids.next(), conversationId: null, accountId: desk.accounts.phone, party: phoneOf(op.who), at: desk.clock.now(), author: 'Robin', text: `spoke ${n}`, callBack, ids: desk.ids, detail: missed(op.who, desk.clock.now(), n % 2 === 0 ? 'answered' : 'missed') });
    }
  }
  if (!core) return;
  switch (op.op) {
    case 'note': return void desk.run(addNote, { requestId: desk.ids.next(), conversationId: core.id, text: `note ${n}`, author: 'Robin' });
    case 'done': return desk.run(markDone, { conversationId: core.id });
    case 'reopen': return desk.run(reopen, { conversationId: core.id });
    case 'claim': return refusable(() => p.as(n % 2 === 0 ? 'RB' : 'MK', claim, { conversationId: core.id, takeOver: false }));
    case 'takeOver': return p.as(n % 2 === 0 ? 'RB' : 'MK', claim, { conversationId: core.id, takeOver: true });
    case 'release': return desk.run(release, { conversationId: core.id });
    case 'assign': return desk.run(assign, { conversationId: core.id, owner: n % 2 === 0 ? 'JT' : '' });
    case 'snooze': return desk.run(snooze, { conversationId: core.id, until: desk.clock.now() + 30 * MINUTE, note: n % 2 === 0 ? `later ${n}` : null });
    case 'read': return desk.run(markRead, { conversationId: core.id, upTo: core.lastMessageId });
    case 'followUp': return desk.run(saveFollowUp, { id: idFrom(`f${n}`), isNew: true, conversationId: core.id, at: desk.clock.now() + (20 + n) * MINUTE, ends: n % 2 === 0 ? 'date' : 'reply', note: `follow ${n}`, draft: { mode: 'mail', text: `text ${n}` } });
    case 'send':
    case 'refused': {
      const args = composeSend(db, { requestId: desk.ids.next(), conversationId: core.id, mode: 'mail', accountId: desk.accounts.email, to: [address(op.who)], cc: [], subject: 'Re: A question', text: `reply ${n}`, inReplyTo: null, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: true, evenIfDiffers: true }, { ids: desk.ids, agent: 'Robin', now: desk.clock.now() });
      const { outboxId } = desk.run(enqueue, args);
      desk.run(leave, { outboxId });
      desk.run(start, { outboxId });
      if (op.op === 'refused') return desk.run(refuse, { outboxId, problem: 'no' });
      return desk.run(confirm, { outboxId, externalId: `<s-${n}>`, detail: { type: 'mail', from: 'care@acme.example', to: [address(op.who)], cc: [], messageId: `<s-${n}>`, automatic: 'no', unreadable: null } });
    }
  }
}

function comeInExtra(p: People, person: number, n: number): void {
  p.desk.take(p.desk.accounts.email, [mailEvent(extra(person), p.desk.clock.now(), { externalId: `<e-${n}>`, text: `from home ${n}`, threadKeys: [`<e-${n}>`] })]);
}

function refusable(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('has this conversation')) throw error;
  }
}

/** What happens on the real desk, and the same on the plain one without any merge: to whom the agent sees there, or from whom it comes. */
export function both(real: People, plain: People, op: Exclude<Op, { op: 'merge' | 'unmerge' | 'wait' }>, n: number): void {
  const db = real.desk.store.read;
  const values = [...kinds.map((kind) => valueOf(op.who, kind)), extra(op.who)];
  const known = values.find((value) => ownerOf(real, value) !== undefined);
  const isInbound = (INBOUND as readonly string[]).includes(op.op) || op.op === 'call' || op.op === 'callAgain';
  if (known === undefined && !isInbound) return;
  const shown = known === undefined ? '' : (ownerOf(real, known) ?? '');
  const twinOf = (customerId: string): string => {
    const mine = db.get<{ value: string }>('SELECT value FROM identity WHERE coalesce(home_customer_id, customer_id) = ? ORDER BY value LIMIT 1', customerId);
    return mine === undefined ? '' : (ownerOf(plain, mine.value) ?? '');
  };
  if (op.op === 'erase') {
    const family = tables.familyOf(db, shown);
    const twins = family.map(twinOf);
    const erase = (p: People, customerId: string): void => p.desk.run({ name: 't', apply: (tx) => tables.erasePerson(tx.db, tables.personScope(tx.db, customerId)) }, null);
    erase(real, shown);
    for (const twin of new Set(twins)) erase(plain, twin);
    return;
  }
  // A reply goes to an address, and is with whoever has it; what points at a follow-up is with whoever has that.
  const isSend = op.op === 'send' || op.op === 'refused';
  if (isSend && ownerOf(real, address(op.who)) === undefined) return;
  const real1 = isSend ? (ownerOf(real, address(op.who)) ?? '') : shown;
  const plain1 = isSend ? (ownerOf(plain, address(op.who)) ?? '') : twinOf(shown);
  // Nobody is written to who has no conversation.
  if (isSend && tables.conversationOfCustomer(plain.desk.store.read, plain1) === undefined) return;
  const open = db.get<{ note: string }>(`SELECT f.note FROM follow_up f JOIN conversation v ON v.id = f.conversation_id WHERE v.customer_id = ? AND f.note IS NOT NULL AND f.state ${op.op === 'takeUp' ? '=' : '<>'} 'done' ORDER BY f.at, f.id LIMIT 1`, shown);
  const core = tables.conversationOfCustomer(db, shown);
  if (!isPressed(core, op.op)) return;
  const before = tables.tagsOf(db, real1);
  act(real, op, { customerId: real1, note: open?.note ?? null }, n);
  if (op.op === 'tag') {
    const own = tables.tagsOf(plain.desk.store.read, plain1).filter((t) => t !== op.text);
    plain.desk.run(updateCustomer, { customerId: plain1, tags: before.includes(op.text) ? own : [...own, op.text] });
  } else if (op.op === 'read') {
    // It was all on the screen, whosoever it is.
    for (const member of new Set(tables.familyOf(db, shown).map(twinOf))) act(plain, op, { customerId: member, note: null }, n);
  } else act(plain, op, { customerId: plain1, note: open?.note ?? null }, n);
}

function isPressed(core: tables.ConversationCore | undefined, op: Op['op']): boolean {
  if (op === 'done') return core !== undefined && core.state !== 'done';
  if (op === 'reopen') return core !== undefined && core.state !== 'open';
  if (op === 'release') return core?.owner !== null;
  if (op === 'claim') return core?.owner === null;
  return true;
}

/**
 * Everything an agent could tell apart about every customer, without what differs by chance (ids) and the console's own lines. Mails older than
 * what has been read come in read, and what two have read together is read for both: those are told apart only without such mails.
 */
export function picture(p: People, withUnread: boolean): unknown {
  const db = p.desk.store.read;
  // What is overdue is written when a conversation is looked at anew; one that is not open waits for that.
  p.desk.run({ name: 't', apply: (tx) => db.all<{ id: string }>('SELECT id FROM conversation').forEach(({ id }) => refreshConversation(tx, id)) }, null);
  return db.all<{ id: string }>('SELECT id FROM customer').map(({ id }) => {
    const core = tables.conversationOfCustomer(db, id);
    const { merges, counts, promises: _, followUps: __, ...view } = tables.customerView(db, id) ?? { merges: [], counts: null, promises: [], followUps: [] };
    const [row] = core ? tables.conversationRows(db, [core.id]) : [];
    return {
      known: tables.identitiesOf(db, id).map(({ kind, value, basis }) => `${kind} ${value} ${basis}`).sort(),
      shown: { ...view, id: '', conversationId: '', identities: [] },
      followUps: core ? [...tables.followUpsOf(db, core.id), ...tables.doneFollowUpsOf(db, core.id)].map(({ at, ends, note, draft, state, isCall, by }) => ({ at, ends, note, draft, state, isCall, by })) : [],
      promises: tables.promisesOf(db, id).map(({ kind, quote, state, at }) => ({ kind, quote, state, at })), merges: merges.length, counts,
      state: [row?.state, row?.owner, row?.claimUntil, row?.snoozedUntil, row?.followUpNote, row?.waitingSince, row?.dueAt, row?.isOverdue, withUnread ? row?.unread : 0, row?.priority, row?.isVip, row?.reasons, row?.sending],
      entries: core ? tables.entriesBefore(db, core.id, null, 1_000).entries.filter((e) => e.kind !== 'system').map(({ kind, direction, at, author, text }) => ({ kind, direction, at, author, text })) : [],
    };
  }).sort((a, b) => (JSON.stringify(a.known) < JSON.stringify(b.known) ? -1 : 1));
}

export const shownAs = (p: People, person: number): string | undefined => {
  const value = [...kinds.map((kind) => valueOf(person, kind)), extra(person)].find((one) => homeOf(p, one) !== undefined);
  return value === undefined ? undefined : ownerOf(p, value);
};
