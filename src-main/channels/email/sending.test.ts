import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { startChannel, type RunningChannel } from '../contract-suite.ts';
import { readConfig } from './config.ts';
import { chosenOf, listFolders } from './folders.ts';
import { imapClient } from './imap-client.ts';
import { parseMail } from './parse-mail.ts';
import { searchSent } from './reconcile.ts';
import { ADDRESS, customerMail, outgoing, shared, startMailPeer, type MailPeer, type SmtpBehaviour } from './peer.fixture.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});
afterAll(async () => (await shared.server)?.close());

async function live(config: Record<string, unknown> = {}): Promise<{ peer: MailPeer; running: RunningChannel }> {
  const peer = await startMailPeer(config);
  cleanUp.push(() => peer.close());
  const running = startChannel(peer);
  cleanUp.push(() => running.channel.stop());
  await running.untilState('live');
  return { peer, running };
}
/** Jobs are done in order: when this one has its answer, those before it are done. */
const jobsDone = (running: RunningChannel): Promise<unknown> => running.channel.reconcile(outgoing('barrier'));

describe.skipIf(dovecotMissing !== null)(`sending${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  it('sends a mail that threads, with our header, name, subject and attachment', async () => {
    const { peer, running } = await live();
    const sha256 = running.files.put(Buffer.from('%PDF-1.7 ü'));
    const item = outgoing('full', { cc: ['Joao <joao@example.net>'], files: [{ sha256, name: 'Rechnung ü.pdf', type: 'application/pdf', size: 11, contentId: null, alt: null }] });
    const outcome = await running.channel.send(item);
    expect(outcome).toMatchObject({ type: 'sent', externalId: item.idempotencyKey, threadKeys: [item.idempotencyKey], detail: { to: ['maria@example.org'], messageId: item.idempotencyKey } });
    const mail = peer.smtp.mails[0];
    expect(mail?.to).toEqual(['maria@example.org', 'joao@example.net']);
    expect(mail?.raw).toContain('In-Reply-To: <m2@example.org>\r\n');
    expect(mail?.raw).toMatch(/References: <m1@example\.org>\s+<m2@example\.org>\r\n/);
    expect(mail?.raw).toMatch(/^From: Acme Care <care@acme\.example>/m);
    const event = await parseMail(Buffer.from(mail?.raw ?? ''), { own: [ADDRESS], receivedAt: Date.now(), files: running.files });
    expect(event).toMatchObject({ direction: 'outbound', ownKey: item.idempotencyKey, subject: 'Re: Grüße ✓', text: 'Answer full\nZweite Zeile: ü.', at: item.enqueuedAt, files: [{ name: 'Rechnung ü.pdf', sha256 }] });
  });

  it('makes the same bytes at every attempt', async () => {
    const { peer, running } = await live({ keepSentCopy: false });
    const sha256 = running.files.put(Buffer.from('x'));
    const item = outgoing('same', { files: [{ sha256, name: 'a.txt', type: 'text/plain', size: 1, contentId: null, alt: null }] });
    await running.channel.send(item);
    await running.channel.send({ ...item, attempt: 2 });
    expect(peer.smtp.mails[0]?.raw).toBe(peer.smtp.mails[1]?.raw);
  });

  it.each<[SmtpBehaviour, object, number]>([
    ['accept', { type: 'sent' }, 1],
    ['refuse_sender', { type: 'refused', problem: '127.0.0.1 refused the mail: "550 5.7.1 Sender not allowed".' }, 0],
    ['refuse', { type: 'refused', problem: '127.0.0.1 refused the mail: "550 5.1.1 No such user".' }, 0],
    ['later', { type: 'retry', waitsFor: 'retry', problem: '127.0.0.1 asks to try later: "451 4.3.0 Try again later".' }, 0],
    ['auth', { type: 'auth_needed' }, 0],
    ['refuse_content', { type: 'refused', problem: '127.0.0.1 refused the mail: "554 5.7.1 Looks like spam".' }, 0],
    ['full', { type: 'retry', waitsFor: 'retry' }, 0],
    ['drop_in_content', { type: 'unknown' }, 0],
    ['vanish', { type: 'unknown', problem: 'The connection to 127.0.0.1 was lost while it took the mail; it may have been sent.' }, 1],
  ])('when the server does "%s"', async (how, expected, taken) => {
    const { peer, running } = await live();
    const item = outgoing(`o-${how}`);
    peer.nextSend(how);
    expect(await running.channel.send(item)).toMatchObject(expected);
    expect(peer.taken(item)).toBe(taken);
  });

  it('sends to nobody when the server refuses one of several recipients', async () => {
    const { peer, running } = await live();
    const item = outgoing('partial', { cc: ['gone@example.net'] });
    peer.nextSend('refuse_recipient');
    expect(await running.channel.send(item)).toEqual({ type: 'refused', problem: '127.0.0.1 refused the mail: "550 5.1.1 No such user".' });
    peer.nextSend('greylist_recipient');
    expect(await running.channel.send(item)).toMatchObject({ type: 'retry', problem: '127.0.0.1 asks to try later: "450 4.2.0 Greylisted".' });
    expect(peer.smtp.mails).toEqual([]);
    peer.nextSend('accept');
    expect(await running.channel.send(item)).toMatchObject({ type: 'sent' });
    expect(peer.smtp.mails.map((mail) => mail.to)).toEqual([['maria@example.org', 'gone@example.net']]);
  });

  it('refuses, in words, what can never be sent', async () => {
    const { running } = await live();
    expect(await running.channel.send(outgoing('none', { to: [] }))).toEqual({ type: 'refused', problem: 'The mail has no recipient.' });
    expect(await running.channel.send(outgoing('gone', { files: [{ sha256: 'f'.repeat(64), name: 'a', type: 'a/b', size: 1, contentId: null, alt: null }] }))).toEqual({ type: 'refused', problem: 'An attachment of this mail is not on this computer any more.' });
    expect(await running.channel.send(outgoing('large', { text: 'x'.repeat(1_500_000) }))).toMatchObject({ type: 'refused', problem: expect.stringContaining('size') });
  });

  it('writes no header a subject or name smuggles in', async () => {
    const { peer, running } = await live({ displayName: 'Care"\r\nBcc: evil@example.org' });
    await running.channel.send(outgoing('smuggle', { subject: 'Hi\r\nBcc: evil@example.org\r\n\r\nbody' }));
    expect(peer.smtp.mails[0]?.to).toEqual(['maria@example.org']);
    expect(peer.smtp.mails[0]?.raw).not.toMatch(/^Bcc:/im);
  });

  it('puts one copy among the sent mails, read, byte for byte, and reads it back as ours', async () => {
    const { peer, running } = await live();
    const item = outgoing('copy');
    await running.channel.send(item);
    await jobsDone(running);
    // Dovecot keeps its files with LF.
    expect(peer.dovecot.mails('Sent').map((raw) => raw.trimEnd())).toEqual([peer.smtp.mails[0]?.raw.replaceAll('\r\n', '\n').trimEnd()]);
    expect((await peer.dovecot.doveadm('search', 'mailbox', 'Sent', 'unseen')).trim()).toBe('');
    await running.channel.poll();
    expect(running.messages()).toMatchObject([{ externalId: item.idempotencyKey, ownKey: item.idempotencyKey, direction: 'outbound' }]);
  });

  it('puts no second copy where the server filed one, and none when told not to', async () => {
    const filed = await live();
    filed.peer.smtp.onMail((raw) => filed.peer.dovecot.deliver([raw], 'Sent'));
    await filed.running.channel.send(outgoing('filed'));
    await jobsDone(filed.running);
    expect(filed.peer.dovecot.mails('Sent')).toHaveLength(1);
    const off = await live({ keepSentCopy: false });
    await off.running.channel.send(outgoing('off'));
    await jobsDone(off.running);
    expect(off.peer.dovecot.mails('Sent')).toHaveLength(0);
  });

  it('counts as sent when the copy has to wait, and stores the copy with the next connection', async () => {
    const { peer, running } = await live();
    await peer.imap.cut();
    await running.untilState('waiting');
    const item = outgoing('later-copy');
    expect((await running.channel.send(item)).type).toBe('sent');
    await peer.imap.restore();
    await running.channel.poll();
    await running.untilState('live');
    await jobsDone(running);
    expect(peer.dovecot.mails('Sent')).toHaveLength(1);
  });
});

describe.skipIf(dovecotMissing !== null)(`settling a lost answer${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  it('finds the mail among the sent ones', async () => {
    const { peer, running } = await live();
    const item = outgoing('found');
    peer.smtp.onMail((raw) => peer.dovecot.deliver([raw], 'Sent'));
    peer.nextSend('vanish');
    expect((await running.channel.send(item)).type).toBe('unknown');
    expect(await running.channel.reconcile(item)).toMatchObject({ type: 'sent', externalId: item.idempotencyKey });
  });

  it('finds it by our header when the server rewrote the Message-ID', async () => {
    const { peer, running } = await live();
    const item = outgoing('rewritten');
    peer.smtp.onMail((raw) => peer.dovecot.deliver([raw.replace(/^Message-ID: .*$/m, 'Message-ID: <new@outlook.example>')], 'Sent'));
    peer.nextSend('vanish');
    await running.channel.send(item);
    expect(await running.channel.reconcile(item)).toMatchObject({ type: 'sent', externalId: '<new@outlook.example>', threadKeys: [item.idempotencyKey, '<new@outlook.example>'] });
  });

  it('takes an answer to it as proof', async () => {
    const { peer, running } = await live();
    const item = outgoing('answered');
    peer.nextSend('vanish');
    await running.channel.send(item);
    peer.dovecot.deliver([customerMail('reply').replace('Date:', `In-Reply-To: ${item.idempotencyKey}\r\nDate:`)]);
    expect(await running.channel.reconcile(item)).toMatchObject({ type: 'sent' });
  });

  it('stays undecided where a server does not always keep a copy, however often it looks', async () => {
    const { peer, running } = await live();
    const item = outgoing('unsure');
    peer.nextSend('drop_in_content');
    await running.channel.send(item);
    for (let i = 0; i < 3; i += 1) {
      expect(await running.channel.reconcile(item)).toMatchObject({ type: 'undecided', retryAt: null });
      running.clock.advance(10 * 60_000);
    }
  });

  it('is undecided, with a time to ask again, while the mailbox cannot be read', async () => {
    const { peer, running } = await live();
    await peer.outage();
    await running.untilState('waiting');
    const outcome = await running.channel.reconcile(outgoing('offline'));
    expect(outcome).toMatchObject({ type: 'undecided', retryAt: expect.any(Number) });
  });

  it('says "not found" only where the server files everything it takes, and only after giving it time', async () => {
    const { peer } = await live();
    const config = readConfig(peer.account.config);
    const client = imapClient(config, { type: 'password', user: config.user, password: peer.dovecot.password });
    cleanUp.push(async () => client.close());
    await client.connect();
    const { folders } = chosenOf(await listFolders(client), []);
    const ask = (host: string, now: number, item = outgoing('never')) => searchSent(client, folders, { item, config: { ...config, smtp: { ...config.smtp, host } }, now, firstAskedAt: 0 });
    expect(await ask('smtp.office365.com', 60_000)).toMatchObject({ type: 'undecided', retryAt: 120_000 });
    expect(await ask('smtp.office365.com', 120_000)).toEqual({ type: 'not_found' });
    expect(await ask('smtp.example.org', 120_000)).toMatchObject({ type: 'undecided', retryAt: null });
    expect(await searchSent(client, { ...folders, sent: null }, { item: outgoing('never'), config, now: 1e9, firstAskedAt: 0 })).toMatchObject({ type: 'undecided' });
  });
});
