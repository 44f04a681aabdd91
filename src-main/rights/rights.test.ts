import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { addPromise } from '../customers/index.ts';
import { addNote, finishFollowUp, give, logCall, reopen, saveDraft, saveFollowUp, setProfilePart, snooze, takeGiftBack, updateCustomer, updateSettings } from '../desk/index.ts';
import { mergeCustomers } from '../merging/index.ts';
import { composeSend, enqueue } from '../outbox/index.ts';
import { phoneParty } from '../channels/phone/index.ts';
import { checkStore, openContentStore, search, tables, type ContentStore } from '../store/index.ts';
import { mailEvent, openTestDesk, postEvent } from '../test-desk.ts';
import { erasePerson, exportPerson, previewErase, savePerson } from './index.ts';

const MARKS = ['zylophonquartz', 'wexfordbramble', 'आशालताग्राहक', 'गुलमोहरवाली', '@ashalata_q', 'ashalata@privat.example', '447911123456', '7911 123456', 'Ashalata Quartz', 'bildergeheim', 'entwurfsgeheim', 'remarkgeheim', 'nachfassgeheim', 'vorbereitetgeheim', 'einflussgeheim', 'geburtstagsgeheim', 'erledigtgeheim', 'ablagegeheim', 'erstfassunggeheim', 'schlummergeheim'];

const allFiles = (dir: string): string[] => readdirSync(dir).flatMap((name) => (statSync(join(dir, name)).isDirectory() ? allFiles(join(dir, name)) : [join(dir, name)]));
/** Which of the marks stand in which file, as bytes: UTF-8 and UTF-16. */
const traces = (dir: string): string[] => allFiles(dir).flatMap((path) => {
  const bytes = readFileSync(path);
  return MARKS.filter((mark) => bytes.includes(Buffer.from(mark)) || bytes.includes(Buffer.from(mark, 'utf16le')) || bytes.includes(Buffer.from(mark.toLowerCase()))).map((mark) => `${path.slice(dir.length)}: ${mark}`);
});

/** A person on every channel, with everything that can be kept about one, among others who stay. */
function deskWithAshalata() {
  const desk = openTestDesk();
  const files: ContentStore = openContentStore(join(desk.dir, 'files'));
  const at = () => desk.clock.now();
  for (let i = 0; i < 200; i += 1) {
    desk.take(desk.accounts.email, [mailEvent(`other${i}@example.org`, at(), { text: `An ordinary question number ${i} about the router and the bill.` })]);
    desk.clock.advance(1_000);
  }
  const picture = { sha256: files.put(Buffer.from('bildergeheim')), name: 'bildergeheim.png', type: 'image/png', size: 12, contentId: null, alt: null };
  desk.take(desk.accounts.email, [mailEvent('ashalata@privat.example', at(), { author: 'Ashalata Quartz', text: 'zylophonquartz आशालताग्राहक', subject: 'wexfordbramble', files: [picture], party: { kind: 'email', value: 'ashalata@privat.example', display: 'ashalata@privat.example', name: 'Ashalata Quartz' } })]);
  desk.clock.advance(1_000);
  desk.take(desk.accounts.x, [postEvent('990017', '@ashalata_q', at(), '@acmecare गुलमोहरवाली zylophonquartz')]);
  desk.clock.advance(1_000);
  const mail = desk.conversation('ashalata@privat.example');
  const post = desk.conversation('990017');
  desk.run(updateCustomer, { customerId: mail.customerId, note: 'remarkgeheim', tags: ['wexfordbramble'], isVip: true, vipNote: 'zylophonquartz' });
  const party = phoneParty('+447911123456', 'GB', null);
  desk.run(logCall, { requestId: desk.ids.next(), conversationId: mail.id, accountId: desk.accounts.phone, party, at: at(), author: 'Robin', text: 'wexfordbramble on the phone', ids: desk.ids, detail: { type: 'call', number: party?.display ?? '', callDirection: 'inbound', startedAt: at(), durationMs: 0, outcome: 'answered', agent: 'RB', disposition: null } });
  desk.clock.advance(1_000);
  const note = desk.run(addNote, { requestId: desk.ids.next(), conversationId: mail.id, text: 'We refund €20 to zylophonquartz', author: 'Robin' });
  desk.run(addPromise, { promiseId: desk.ids.next(), messageId: note.messageId, kind: 'promise', quote: '€20 to zylophonquartz' });
  desk.run(saveDraft, { conversationId: post.id, mode: 'dm', text: 'entwurfsgeheim', subject: null, to: null, cc: null, bcc: null, attachmentIds: [] });
  desk.run(setProfilePart, { customerId: post.customerId, dateId: '', part: { type: 'influence', value: { weight: 2, reason: 'einflussgeheim' } } });
  const dateId = desk.ids.next();
  desk.run(setProfilePart, { customerId: mail.customerId, dateId, part: { type: 'date', dateId, value: { name: 'geburtstagsgeheim', day: 3, month: 4, year: null, text: null } } });
  desk.run(saveFollowUp, { id: desk.ids.next(), isNew: true, conversationId: post.id, at: at() + 86_400_000, ends: 'date', note: 'nachfassgeheim', draft: { mode: 'dm', text: 'vorbereitetgeheim' } });
  const finished = desk.ids.next();
  desk.run(saveFollowUp, { id: finished, isNew: true, conversationId: post.id, at: at() + 3_600_000, ends: 'date', note: 'erledigtgeheim', draft: null });
  desk.run(finishFollowUp, { followUpId: finished });
  desk.take(desk.accounts.email, [mailEvent('noreply@shop.example', at(), { doubt: 'nobody', text: 'ablagegeheim: a parcel for ashalata@privat.example' })]);
  desk.run(snooze, { conversationId: mail.id, until: at() + 3_600_000, note: 'schlummergeheim' });
  desk.run(mergeCustomers, { survivorId: mail.customerId, mergedId: post.customerId, reason: 'zylophonquartz said so', ids: desk.ids });
  desk.run(reopen, { conversationId: mail.id });
  desk.run(enqueue, composeSend(desk.store.read, { requestId: desk.ids.next(), conversationId: mail.id, mode: 'mail', accountId: desk.accounts.email, to: ['ashalata@privat.example'], cc: [], subject: 'wexfordbramble', text: 'Dear Ashalata Quartz', inReplyTo: null, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: true }, { ids: desk.ids, agent: 'Robin', now: at() }));
  desk.run({ name: 'test.look', apply: (tx) => tx.db.run(`UPDATE outbox SET state = 'review', look = '{"input":null,"original":"erstfassunggeheim"}'`) }, null);
  mkdirSync(join(desk.dir, 'logs'));
  writeFileSync(join(desk.dir, 'logs', 'console.jsonl'), '{"event":"kept"}\n{"event":"x","who":"@ashalata_q"}\n');
  return { desk, files, customerId: mail.customerId };
}

test('after an erasure no byte of the person is in any file of the workspace, and everybody else is whole', () => {
  const { desk, files, customerId } = deskWithAshalata();
  expect(new Set(traces(desk.dir).map((line) => line.split(': ')[1]))).toEqual(new Set(MARKS));
  const conversationId = tables.conversationOfCustomer(desk.store.read, customerId)?.id ?? '';
  const told: string[] = [];
  desk.store.onCommit(({ rows }) => told.push(...(rows?.get('timeline') ?? [])));
  const report = erasePerson({ store: desk.store, files, dir: desk.dir }, customerId, { at: desk.clock.now(), agent: 'RB' });
  expect(report).toMatchObject({ files: 1, backups: [] });
  expect(told).toContain(conversationId);
  expect(traces(desk.dir)).toEqual([]);
  // Not even the id, though every window was told that the conversation is gone.
  for (const id of [customerId, conversationId]) expect(allFiles(desk.dir).filter((path) => readFileSync(path).includes(Buffer.from(id)))).toEqual([]);
  expect(checkStore(desk.store, files)).toMatchObject({ ok: true, problems: [], conversations: 200, customers: 200, messages: 200 });
  expect(search(desk.store.read, { text: 'zylophonquartz', before: null, limit: 9, zoneOffsetMinutes: 0 }).hits).toEqual([]);
  expect(search(desk.store.read, { text: 'ordinary', before: null, limit: 9, zoneOffsetMinutes: 0 }).hits).toHaveLength(9);
  expect(readFileSync(join(desk.dir, 'logs', 'console.jsonl'), 'utf8')).toBe('{"event":"kept"}\n');
});

test('copies made before are named, not touched', () => {
  const { desk, files, customerId } = deskWithAshalata();
  desk.store.backup(join(desk.dir, 'copy.db'));
  expect(erasePerson({ store: desk.store, files, dir: desk.dir }, customerId, { at: desk.clock.now(), agent: 'RB' }).backups).toEqual([join(desk.dir, 'copy.db')]);
  expect(traces(desk.dir).every((line) => line.startsWith('/copy.db'))).toBe(true);
});

test('a picture somebody else sent as well stays for them', () => {
  const { desk, files, customerId } = deskWithAshalata();
  const sha256 = files.put(Buffer.from('bildergeheim'));
  desk.take(desk.accounts.email, [mailEvent('other1@example.org', desk.clock.now(), { files: [{ sha256, name: 'same.png', type: 'image/png', size: 12, contentId: null, alt: null }] })]);
  expect(erasePerson({ store: desk.store, files, dir: desk.dir }, customerId, { at: desk.clock.now(), agent: 'RB' }).files).toBe(0);
  expect(files.has(sha256)).toBe(true);
});

test('an export holds everything, as JSON and as a page that runs nothing, and never overwrites', async () => {
  const { desk, files, customerId } = deskWithAshalata();
  const folder = join(desk.dir, 'out');
  expect(await exportPerson(desk.store.read, files, customerId, folder, desk.clock.now())).toEqual({ messages: 5, attachments: 1 });
  const json = JSON.parse(readFileSync(join(folder, 'customer.json'), 'utf8')) as { customer: { identities: unknown[]; promises: unknown[] }; entries: { text: string }[]; drafts: { text: string }[] };
  expect([json.customer.identities.length, json.customer.promises.length, json.drafts.map((d) => d.text)]).toEqual([3, 1, ['entwurfsgeheim']]);
  // What an erasure would take is in the export: nothing can be kept about a person that they do not get to see.
  expect(MARKS.filter((mark) => !JSON.stringify(json).includes(mark) && mark !== 'bildergeheim')).toEqual([]);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  for (const words of ['einflussgeheim', 'geburtstagsgeheim', 'nachfassgeheim', 'vorbereitetgeheim', 'आशालताग्राहक', 'गुलमोहरवाली', 'remarkgeheim', 'wexfordbramble on the phone']) expect(page).toContain(words);
  expect(readFileSync(join(folder, readdirSync(join(folder, 'attachments')).map((name) => `attachments/${name}`)[0] ?? ''), 'utf8')).toBe('bildergeheim');
  await expect(exportPerson(desk.store.read, files, customerId, folder, 1)).rejects.toThrow('never overwrites');
  expect(tables.customerRow(desk.store.read, customerId)).toBeDefined();
});

test('the page of an export lists what was given and what was taken back of it, oldest first', async () => {
  const { desk, files, customerId } = deskWithAshalata();
  const free = { perCase: null, perDay: null };
  desk.run(updateSettings, { patch: { limits: [{ id: 'g', name: 'Goodwill & more', currency: 'GBP', roles: { guest: free, agent: free, senior: free } }] } });
  const conversationId = tables.conversationOfCustomer(desk.store.read, customerId)?.id ?? '';
  const messageId = desk.run(give, { requestId: desk.ids.next(), conversationId, limitId: 'g', amount: 1_250, what: 'refund <of> the parcel', why: 'late', promiseId: null, approvedBy: null });
  desk.clock.advance(1_000);
  desk.run(takeGiftBack, { requestId: desk.ids.next(), messageId, why: 'wrong customer' });
  const folder = join(desk.dir, 'out');
  await exportPerson(desk.store.read, files, customerId, folder, desk.clock.now());
  const [, given] = /<dt>Given<\/dt><dd dir="auto">([^]*?)<\/dd>/.exec(readFileSync(join(folder, 'index.html'), 'utf8')) ?? [];
  const [first, second] = given?.split('\n') ?? [];
  expect(first).toMatch(/: £12\.50 \(Goodwill &#38; more\) by .+ · refund &#60;of&#62; the parcel · late$/);
  expect(second).toMatch(/: taken back, £12\.50 .* · wrong customer$/);
});

test('a zip holds the same as the folder, and is named among the copies an erasure leaves', async () => {
  const { desk, files, customerId } = deskWithAshalata();
  const into = join(desk.dir, 'downloads');
  mkdirSync(into);
  const folder = await savePerson(desk.store.read, files, { customerId, as: 'folder', into, now: desk.clock.now() }, {});
  const zip = await savePerson(desk.store.read, files, { customerId, as: 'zip', into, now: desk.clock.now() }, {});
  expect(zip).toMatchObject({ messages: 5, attachments: 1 });
  const inside = unzipSync(readFileSync(zip.path));
  const outside = allFiles(folder.path).map((path) => relative(folder.path, path)).sort();
  expect(Object.keys(inside).sort()).toEqual(outside);
  for (const name of outside) expect(Buffer.from(inside[name] ?? []).equals(readFileSync(join(folder.path, name)))).toBe(true);
  const preview = previewErase(desk.store, desk.dir, into, customerId);
  expect(preview).toMatchObject({ name: 'Ashalata Quartz', files: 1, drafts: 1, followUps: 1 });
  expect(new Set(preview.copies)).toEqual(new Set([folder.path, zip.path]));
});

test('an export that is stopped leaves nothing behind', async () => {
  const { desk, files, customerId } = deskWithAshalata();
  const into = join(desk.dir, 'downloads');
  mkdirSync(into);
  const abort = new AbortController();
  await expect(savePerson(desk.store.read, files, { customerId, as: 'zip', into, now: 1 }, { signal: abort.signal, onProgress: () => abort.abort(new Error('Stopped.')) })).rejects.toThrow('Stopped.');
  expect(readdirSync(into)).toEqual([]);
});
