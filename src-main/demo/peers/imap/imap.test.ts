import { afterEach, beforeEach, expect, it } from 'vitest';
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { startImapPeer, type ImapPeer } from './index.ts';

const user = 'care@acme.example';
const at = Date.UTC(2026, 5, 15, 10);
let peer: ImapPeer;
let clients: ImapFlow[] = [];

async function connect(options: { pass?: string; loginMethod?: string } = {}): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1', port: peer.port, secure: false, doSTARTTLS: false, logger: false,
    auth: { user, pass: options.pass ?? 'sesame', ...(options.loginMethod ? { loginMethod: options.loginMethod } : {}) },
  });
  client.on('error', () => undefined);
  clients.push(client);
  await client.connect();
  return client;
}

function mail(n: number, body = `Hello ${n}`): string {
  return `Message-ID: <m${n}@customer.example>\r\nDate: Mon, 15 Jun 2026 09:0${n}:00 +0000\r\nFrom: "Maria Keller" <maria@customer.example>\r\nTo: Acme <${user}>\r\nSubject: =?utf-8?Q?Router_kaputt_f=C3=BCr_${n}?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`;
}

const once = <T>(client: ImapFlow, event: 'exists' | 'expunge' | 'close'): Promise<T> =>
  new Promise(resolve => client.once(event, ((value: T) => resolve(value)) as never));

beforeEach(async () => {
  peer = await startImapPeer({ users: [{ user, pass: 'sesame' }], clock: { now: () => at } });
});

afterEach(async () => {
  clients.forEach(c => c.close());
  clients = [];
  await peer.close();
});

it('signs in by LOGIN and by AUTHENTICATE PLAIN, refuses a wrong password', async () => {
  await connect();
  await connect({ loginMethod: 'LOGIN' });
  await connect({ loginMethod: 'AUTH=PLAIN' });
  await expect(connect({ pass: 'wrong' })).rejects.toThrow();
});

it('lists the folders with their special use', async () => {
  const client = await connect();
  const boxes = await client.list();
  expect(Object.fromEntries(boxes.map(b => [b.path, b.specialUse]))).toEqual({ INBOX: '\\Inbox', Sent: '\\Sent', Archive: '\\Archive', Trash: '\\Trash' });
  peer.deliver(user, mail(1));
  expect(await client.status('INBOX', { messages: true, unseen: true, uidNext: true })).toMatchObject({ messages: 1, unseen: 1, uidNext: 2 });
});

it('fetches everything after the last UID with envelope, structure and source', async () => {
  peer.deliver(user, mail(1));
  peer.deliver(user, mail(2), { internalDate: at - 60_000, flags: ['\\Seen'] });
  const client = await connect();
  const lock = await client.getMailboxLock('INBOX');
  const found: FetchMessageObject[] = [];
  for await (const m of client.fetch('2:*', { uid: true, flags: true, internalDate: true, size: true, envelope: true, bodyStructure: true, source: true }, { uid: true })) found.push(m);
  lock.release();
  expect(found).toHaveLength(1);
  const m = found[0];
  expect(m?.source?.toString()).toBe(mail(2));
  expect(m?.size).toBe(mail(2).length);
  expect(m?.envelope).toMatchObject({ subject: 'Router kaputt für 2', messageId: '<m2@customer.example>', from: [{ name: 'Maria Keller', address: 'maria@customer.example' }] });
  expect(new Date(m?.internalDate ?? 0).getTime()).toBe(at - 60_000);
  expect(m?.flags?.has('\\Seen')).toBe(true);
  expect(m?.bodyStructure).toMatchObject({ type: 'text/plain' });
});

it('gives names in any script, encoded or raw', async () => {
  peer.deliver(user, mail(1).replace('"Maria Keller"', '=?utf-8?Q?J=C3=B6rg?='));
  peer.deliver(user, mail(2).replace('"Maria Keller"', 'सुनीता'));
  const client = await connect();
  await client.mailboxOpen('INBOX');
  const names: unknown[] = [];
  for await (const m of client.fetch('1:*', { envelope: true })) names.push(m.envelope?.from?.[0]?.name);
  expect(names).toEqual(['Jörg', 'सुनीता']);
});

it('gives single parts of a multipart mail, whole and in pieces', async () => {
  const raw = [
    'From: a@customer.example', 'Subject: two', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b1"', '', '--b1', 'Content-Type: text/plain', '', 'See file', '--b1',
    'Content-Type: application/octet-stream; name="f.bin"', 'Content-Disposition: attachment; filename="f.bin"', 'Content-Transfer-Encoding: base64', '', Buffer.alloc(3000, 7).toString('base64'), '--b1--', '',
  ].join('\r\n');
  const { uid } = peer.deliver(user, raw);
  const client = await connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const meta = await client.fetchOne(String(uid), { bodyStructure: true }, { uid: true });
  expect(meta && meta.bodyStructure?.childNodes?.map(n => [n.part, n.type, n.disposition])).toEqual([['1', 'text/plain', undefined], ['2', 'application/octet-stream', 'attachment']]);
  const { content } = await client.download(String(uid), '2', { uid: true, chunkSize: 1000 });
  const chunks: Buffer[] = [];
  for await (const c of content ?? []) chunks.push(c as Buffer);
  expect(Buffer.concat(chunks)).toEqual(Buffer.alloc(3000, 7));
  expect(peer.mailbox(user, 'INBOX').messages[0]?.flags).toEqual([]);
});

it('pushes a new mail to who idles, and an expunge', async () => {
  const client = await connect();
  await client.mailboxOpen('INBOX');
  const idling = client.idle();
  const exists = once<{ count: number }>(client, 'exists');
  peer.deliver(user, mail(1));
  expect((await exists).count).toBe(1);
  const gone = once<{ seq: number }>(client, 'expunge');
  peer.remove(user, 'INBOX', [1]);
  expect((await gone).seq).toBe(1);
  await client.noop();
  await idling;
});

it('appends to Sent with UIDPLUS and finds it by our Message-ID', async () => {
  const client = await connect();
  const result = await client.append('Sent', mail(7), ['\\Seen'], new Date(at - 1000));
  expect(result).toMatchObject({ uid: 1, uidValidity: BigInt(peer.mailbox(user, 'Sent').uidValidity) });
  await client.mailboxOpen('Sent');
  expect(await client.search({ header: { 'message-id': '<m7@customer.example>' } }, { uid: true })).toEqual([1]);
  expect(await client.search({ seen: false }, { uid: true })).toEqual([]);
  expect(peer.mailbox(user, 'Sent').messages[0]).toMatchObject({ flags: ['\\Seen'], internalAt: at - 1000 });
});

it('stores flags, moves and deletes by UID, and never gives a UID twice', async () => {
  for (const n of [1, 2, 3]) peer.deliver(user, mail(n));
  const client = await connect();
  await client.mailboxOpen('INBOX');
  await client.messageFlagsAdd('1', ['\\Answered'], { uid: true });
  expect(peer.mailbox(user, 'INBOX').messages[0]?.flags).toEqual(['\\Answered']);
  const moved = await client.messageMove('2', 'Archive', { uid: true });
  expect(moved && [...(moved.uidMap ?? [])]).toEqual([[2, 1]]);
  await client.messageDelete('3', { uid: true });
  expect(peer.mailbox(user, 'INBOX').messages.map(m => m.uid)).toEqual([1]);
  expect(peer.deliver(user, mail(4)).uid).toBe(4);
});

it('tells one connection what another one did', async () => {
  peer.deliver(user, mail(1));
  const watcher = await connect();
  await watcher.mailboxOpen('INBOX');
  const other = await connect();
  await other.mailboxOpen('INBOX');
  const gone = once<{ seq: number }>(watcher, 'expunge');
  await other.messageDelete('1', { uid: true });
  await watcher.noop();
  expect((await gone).seq).toBe(1);
});

it('lets a client come back after a cut and find what came meanwhile, same UIDVALIDITY', async () => {
  const first = await connect();
  const before = await first.mailboxOpen('INBOX');
  const closed = once(first, 'close');
  await peer.pause();
  await closed;
  await expect(connect()).rejects.toThrow();
  peer.deliver(user, mail(1));
  await peer.resume();
  const second = await connect();
  const after = await second.mailboxOpen('INBOX');
  expect(after.uidValidity).toBe(before.uidValidity);
  expect(await second.search({ uid: '1:*' }, { uid: true })).toEqual([1]);
});
