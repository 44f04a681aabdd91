import { getCountries, getExampleNumber, type CountryCode } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { numberTyped, phoneParty } from '../channels/phone/index.ts';
import { addPromise, customerFor, findInSignature, identityParty, settlePromise, signatureOf, suggestIdentities } from '../customers/index.ts';
import { addNote, logCall } from '../desk/index.ts';
import { composeSend, enqueue } from '../outbox/index.ts';
import { connect } from '../store/db.ts';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/migrations/index.ts';
import { tables } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent, tempDir } from '../test-desk.ts';
import { denyIdentity, linkIdentity, unlinkIdentity } from './index.ts';

const COUNTRIES = ['GB', 'DE', 'FR', 'IN', 'BD', 'BR', 'PT', 'MY', 'US', 'ES', 'IT', 'NL', 'SE', 'PL', 'TR', 'ZA', 'NG', 'AU', 'JP', 'SG'] as const satisfies readonly CountryCode[];

test('twelve spellings of each of 200 numbers from 20 countries find one customer', () => {
  expect(COUNTRIES.every((country) => getCountries().includes(country))).toBe(true);
  const desk = openTestDesk();
  const numbers = COUNTRIES.flatMap((country) => Array.from({ length: 10 }, (_, n) => {
    const example = getExampleNumber(country, examples);
    if (!example) throw new Error(`no example for ${country}`);
    // The last digits are free in every numbering plan we use.
    const national = example.nationalNumber.slice(0, -2) + String(n * 7 + 10).slice(-2);
    const e164 = `+${example.countryCallingCode}${national}`;
    return { country, e164, shown: phoneParty(e164, country, null)?.display ?? '' };
  }));
  expect(new Set(numbers.map((n) => n.e164)).size).toBe(200);
  for (const { e164, country } of numbers) {
    const party = phoneParty(e164, country, `Caller ${e164}`);
    if (!party) throw new Error(e164);
    desk.run({ name: 'test.call', apply: (tx) => customerFor(tx, party, desk.ids) }, null);
  }
  const misses: string[] = [];
  for (const { country, e164, shown } of numbers) {
    const home = shown.replace(/^\+\d+\s?/, '');
    const trunk = ['GB', 'DE', 'FR', 'IN', 'BD', 'MY', 'NL', 'SE', 'TR', 'ZA', 'NG', 'AU', 'JP', 'BR'].includes(country) ? '0' : '';
    const digits = e164.slice(1);
    const spellings = [
      e164, shown, shown.replaceAll(' ', '-'), shown.replaceAll(' ', '.'), shown.replaceAll(' ', '\u00a0'), `tel:${e164}`, `tel:${shown.replaceAll(' ', '-')}`, shown.replace(/^(\+\d+)\s?/, '$1 (') + ')',
      `${trunk}${home}`, `${trunk}${home.replace(/\D/g, '')}`, home, digits,
    ];
    expect(spellings).toHaveLength(12);
    for (const typed of spellings) {
      const found = tables.findCustomers(desk.store.read, { text: typed, number: numberTyped(typed, country) }, 5);
      if (found.length !== 1 || found[0]?.name !== `Caller ${e164}`) misses.push(`${country} ${typed}: ${found.map((f) => f.name).join(', ')}`);
    }
  }
  expect(misses).toEqual([]);
});

test('a customer is found by handle, address, any word of the name, in any script, and a merged-away one is not', () => {
  const desk = openTestDesk();
  const add = (party: Parameters<typeof customerFor>[1]) => desk.run({ name: 't', apply: (tx) => customerFor(tx, party, desk.ids) }, null).customerId;
  add({ kind: 'email', value: 'maria@example.org', display: 'Maria@Example.org', name: 'Maria Keller' });
  add({ kind: 'x', value: '9', display: '@asha', name: 'आशा शर्मा' });
  const find = (text: string) => tables.findCustomers(desk.store.read, { text, number: numberTyped(text, 'GB') }, 5).map((c) => c.name);
  for (const text of ['maria@', 'MARIA', 'kell', 'Maria K']) expect([text, find(text)]).toEqual([text, ['Maria Keller']]);
  for (const text of ['@ash', 'asha', 'शर्मा', 'आशा']) expect([text, find(text)]).toEqual([text, ['आशा शर्मा']]);
  expect(find('eller')).toEqual([]);
});

test('a handle, address or number is linked with a basis and never taken from somebody else', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now()), mailEvent('bob@example.org', desk.clock.now())]);
  const { customerId } = desk.conversation('ann@example.org');
  const link = (kind: 'x' | 'email' | 'phone', text: string, basis: 'contact' | 'told_us' | 'same_thread') => desk.run(linkIdentity, { identityId: desk.ids.next(), customerId, party: identityParty(kind, text, 'GB'), basis, ids: desk.ids });
  link('phone', '07700 900123', 'told_us');
  link('phone', '+44 7700 900 123', 'told_us');
  expect(() => link('x', '@ann', 'contact')).toThrow('how we know');
  expect(() => link('x', '@ann', 'same_thread')).toThrow('how we know');
  expect(() => link('email', 'BOB@example.org', 'told_us')).toThrow('belongs to');
  expect(() => link('email', 'no address', 'told_us')).toThrow('no e-mail address');
  link('x', 'https://x.com/Ann', 'told_us');
  expect(tables.identitiesOf(desk.store.read, customerId).map((i) => [i.kind, i.value, i.basis, i.linkedBy])).toEqual([
    ['email', 'ann@example.org', 'contact', 'RB'], ['phone', '+447700900123', 'told_us', 'RB'], ['x', '@ann', 'told_us', 'RB'],
  ]);
  // The first post of that handle gives it its lasting id.
  desk.take(desk.accounts.x, [postEvent('4711', '@ann', desk.clock.now(), '@acmecare hello')]);
  expect(desk.conversation('4711').customerId).toBe(customerId);
});

test('an identity taken off takes its messages along to a customer of its own', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'from Ann' })]);
  const { id: conversationId, customerId } = desk.conversation('ann@example.org');
  desk.clock.advance(1_000);
  const party = phoneParty('07700900123', 'GB', null);
  desk.run(logCall, {
    requestId: desk.ids.next(), conversationId, accountId: desk.accounts.phone, party, at: desk.clock.now(), author: 'Robin', text: 'a wrong number', ids: desk.ids,
    detail: { type: 'call', number: '', callDirection: 'inbound', startedAt: desk.clock.now(), durationMs: 0, outcome: 'answered', agent: 'RB', disposition: null },
  });
  const number = tables.identityByValue(desk.store.read, 'phone', '+447700900123');
  desk.run(unlinkIdentity, { identityId: number?.id ?? '', ids: desk.ids });
  expect(tables.entriesBefore(desk.store.read, conversationId, null, 9).entries.map((e) => e.text)).toEqual(['from Ann', '+44 7700 900123']);
  expect(tables.entriesBefore(desk.store.read, desk.conversation('+447700900123').id, null, 9).entries.map((e) => e.text)).toEqual(['a wrong number']);
  const mail = tables.identitiesOf(desk.store.read, customerId)[0];
  expect(() => desk.run(unlinkIdentity, { identityId: mail?.id ?? '', ids: desk.ids })).toThrow('all we know');
});

test('what stands in a signature is suggested, never linked by itself, and a denial is remembered', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann+shop@example.org', desk.clock.now(), { text: 'Order 4471 1234 567 is late.\n\nKind regards\n-- \nAnn Lee\nann.lee@work.example\nMobile 07700 900123' }), mailEvent('ann@example.org', desk.clock.now())]);
  const { customerId } = desk.conversation('ann+shop@example.org');
  const offered = () => suggestIdentities(desk.store.read, customerId, 'GB').map((s) => [s.kind, s.value, s.reason, s.ownerName]);
  expect(offered()).toEqual([['phone', '+447700900123', 'signature', null], ['email', 'ann.lee@work.example', 'signature', null], ['email', 'ann@example.org', 'same_address', 'ann@example.org']]);
  expect(tables.identitiesOf(desk.store.read, customerId)).toHaveLength(1);
  desk.run(denyIdentity, { customerId, kind: 'phone', value: '+447700900123' });
  desk.run(denyIdentity, { customerId, kind: 'email', value: 'ann@example.org' });
  expect(offered()).toEqual([['email', 'ann.lee@work.example', 'signature', null]]);
});

test('quoted mail is nobody\'s signature', () => {
  expect(findInSignature(signatureOf('Thanks!\n\n> -- \n> Bob\n> +44 7700 900999'), 'GB')).toEqual([]);
});

test('a pinned amount stops a draft with another one, until the agent says so or it is settled', () => {
  const desk = openTestDesk();
  desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
  const { id: conversationId, lastMessageId } = desk.conversation('ann@example.org');
  desk.clock.advance(1_000);
  const note = desk.run(addNote, { requestId: desk.ids.next(), conversationId, text: 'Told her: refund of €20.', author: 'Robin' });
  const promiseId = desk.ids.next();
  desk.run(addPromise, { promiseId, messageId: note.messageId, kind: 'promise', quote: 'refund of €20' });
  const send = (text: string, evenIfDiffers?: boolean) => desk.run(enqueue, composeSend(desk.store.read, {
    requestId: desk.ids.next(), conversationId, mode: 'mail', accountId: desk.accounts.email, to: ['ann@example.org'], cc: [], subject: 'Re', text, inReplyTo: lastMessageId, attachmentIds: [],
    seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: true, ...(evenIfDiffers === undefined ? {} : { evenIfDiffers }),
  }, { ids: desk.ids, agent: 'Robin', now: desk.clock.now() }));
  expect(() => send('You get €30 back.')).toThrow(expect.objectContaining({ code: 'differs', detail: expect.objectContaining({ promised: '€20', written: '€30', quote: 'refund of €20' }) }));
  expect(tables.unfinished(desk.store.read)).toEqual([]);
  send('You get €20 back.');
  send('You get €30 back.', true);
  desk.run(settlePromise, { promiseId, state: 'kept' });
  send('You get €30 back.');
  expect(tables.unfinished(desk.store.read)).toHaveLength(3);
});

test('the step from the foundation keeps every row and makes numbers and names found', () => {
  const { raw, read } = connect(`${tempDir()}/x.db`, { readonly: false });
  migrate(raw, () => {}, migrations.filter((m) => m.version === 10));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c', 'Maria  de Souza', 1), ('d', '', 1);
    INSERT INTO identity (id, customer_id, kind, value, display, basis, linked_by, linked_at) VALUES ('i', 'c', 'phone', '+447700900123', '+44 7700 900123', 'contact', 'x', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at) VALUES ('v', 'c', 'open', 'note', 'note', 1, '', 0, 0, 1, 0, 0, 0, 0, 0, 1, '[]', 1)`);
  migrate(raw, () => {});
  const find = (text: string) => tables.findCustomers(read, { text, number: numberTyped(text, 'GB') }, 5).map((c) => c.id);
  expect([find('souza'), find('de'), find('07700 900123'), find('900123')]).toEqual([['c'], ['c'], ['c'], ['c']]);
  expect(tables.customerView(read, 'c')).toMatchObject({ merges: [], promises: [] });
  raw.close();
});
