import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { eventually, startChannel, type RunningChannel } from '../contract-suite.ts';
import type { OwedMark } from '../port.ts';
import { ADDRESS, customerMail, shared, startMailPeer, type MailPeer } from './peer.fixture.ts';
import { SIZE_CURSOR } from './smtp-size.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});
afterAll(async () => (await shared.server)?.close());

async function setUp(config: Record<string, unknown> = {}): Promise<MailPeer> {
  const peer = await startMailPeer(config);
  cleanUp.push(() => peer.close());
  return peer;
}
function run(...args: Parameters<typeof startChannel>): RunningChannel {
  const running = startChannel(...args);
  cleanUp.push(() => running.channel.stop());
  return running;
}
const ids = (running: RunningChannel): string[] => running.messages().map((event) => event.externalId);
const numbered = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, i) => `${prefix}${String(i + 1).padStart(4, '0')}`);

describe.skipIf(dovecotMissing !== null)(`reading a mailbox${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  it('reads 1,100 mails newest page first, each page ascending, with progress', async () => {
    const peer = await setUp();
    peer.dovecot.deliver(numbered(1_100, 'p').map((id) => customerMail(id)));
    const running = run(peer);
    await running.untilState('live');
    const pages = running.batches.filter((batch) => batch.events.some((event) => event.type === 'message'));
    const pageIds = pages.map((batch) => batch.events.map((event) => (event.type === 'message' ? event.externalId : '')));
    expect(pageIds.map((page) => page.length)).toEqual([200, 200, 200, 200, 200, 100]);
    expect(pageIds.map((page) => page.at(-1))).toEqual(['<p1100@example.org>', '<p0900@example.org>', '<p0700@example.org>', '<p0500@example.org>', '<p0300@example.org>', '<p0100@example.org>']);
    for (const page of pageIds) expect(page).toEqual([...page].sort());
    expect(pages.every((batch) => batch.origin === 'backfill')).toBe(true);
    const progress = running.statuses.filter((status) => status.state === 'syncing').map((status) => status.progress?.done);
    expect(progress).toEqual([0, 200, 400, 600, 800, 1_000, 1_100]);
    expect(running.statuses.find((status) => status.progress?.done === 400)).toMatchObject({ status: 'Reading mail: 400 of 1,100.', progress: { total: 1_100 } });
  });

  it('resumes after the connection broke in the middle of a FETCH, without a gap and without reading a page twice', async () => {
    const peer = await setUp();
    const all = numbered(1_050, 'r');
    peer.dovecot.deliver(all.map((id) => customerMail(id, 'x'.repeat(2_000))));
    const running = run(peer);
    const cut = peer.imap.cutDone();
    // A page of 200 mails has some 0.5 MB: this is in the fourth.
    peer.imap.cutAfter(1_700_000);
    await cut;
    await running.untilState('waiting');
    const before = ids(running).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1_050);
    await running.channel.poll();
    await running.untilState('live');
    expect(ids(running).sort()).toEqual(all.map((id) => `<${id}@example.org>`));
  });

  it('resumes in another process from stored cursors', async () => {
    const peer = await setUp();
    const all = numbered(2_050, 'q');
    peer.dovecot.deliver(all.map((id) => customerMail(id)));
    const first = startChannel(peer);
    await first.until(() => ids(first).length >= 400);
    await first.channel.stop();
    expect(ids(first).length).toBeLessThan(2_050);
    const second = run(peer, { cursors: first.cursors });
    await second.untilState('live');
    expect([...ids(first), ...ids(second)].sort()).toEqual(all.map((id) => `<${id}@example.org>`));
  });

  it('stops the first sync when a person says so, says how far it came, still hears of new mail, and goes on later', async () => {
    const peer = await setUp();
    const all = numbered(2_050, 'h');
    peer.dovecot.deliver(all.map((id) => customerMail(id)));
    const first = startChannel(peer);
    await first.until(() => ids(first).length >= 400);
    await first.channel.stop();
    const read = ids(first).length;
    const stopped = startChannel({ ...peer, account: { ...peer.account, config: { ...(peer.account.config as object), readsOlder: false } } }, { cursors: first.cursors });
    await stopped.untilState('live');
    const figures = `${read.toLocaleString('en')} of 2,050`;
    expect(stopped.statuses.at(-1)).toMatchObject({ state: 'live', status: `New mail arrives at once. Older mail waits: ${figures} are here.`, progress: { done: read, total: 2_050 } });
    const [fresh] = await peer.deliver(1);
    await stopped.until(() => ids(stopped).length === 1);
    await stopped.channel.stop();
    const rest = run(peer, { cursors: stopped.cursors });
    await rest.untilState('live');
    expect(rest.statuses.at(-1)).toMatchObject({ state: 'live', progress: null });
    expect([...ids(first), ...ids(rest)].sort()).toEqual(all.map((id) => `<${id}@example.org>`));
    expect(ids(stopped)).toEqual([fresh]);
  });

  it('reads two mailboxes side by side; one that is cut off leaves the other as it is, and comes back at once when asked', async () => {
    const [near, far] = [await setUp(), await setUp()];
    near.dovecot.deliver(numbered(600, 'n').map((id) => customerMail(id)));
    far.dovecot.deliver(numbered(600, 'f').map((id) => customerMail(id)));
    const [one, other] = [run(near), run(far)];
    await Promise.all([one.untilState('live'), other.untilState('live')]);
    expect([ids(one).length, ids(other).length]).toEqual([600, 600]);
    expect([ids(one).every((id) => id.startsWith('<n')), ids(other).every((id) => id.startsWith('<f'))]).toEqual([true, true]);
    await far.imap.cut();
    await other.untilState('waiting');
    const [heard] = await near.deliver(1);
    await one.until(() => ids(one).length === 601);
    expect([ids(one).at(-1), one.statuses.at(-1)?.state]).toEqual([heard, 'live']);
    // As the shell does after sleep: not only once the back-off is over.
    await far.imap.restore();
    const [late] = await far.deliver(1);
    await other.channel.poll();
    await other.until(() => ids(other).length === 601);
    expect(ids(other).at(-1)).toBe(late);
  });

  it('hears of new mail by IDLE and hands several over as one batch', async () => {
    const peer = await setUp();
    const running = run(peer);
    await running.untilState('live');
    const before = running.batches.length;
    const more = await peer.deliver(3);
    await running.until(() => ids(running).length >= 3);
    // What the mail server takes at most is learnt meanwhile, as a batch without a mail.
    expect(running.batches.slice(before).filter((batch) => batch.cursors?.[SIZE_CURSOR] === undefined).map((batch) => [batch.origin, batch.events.length])).toEqual([['live', 3]]);
    expect(ids(running)).toEqual(more);
  });

  it('hears of mail that comes while others are expunged (the QRESYNC trap)', async () => {
    const peer = await setUp();
    await peer.deliver(5);
    const running = run(peer);
    await running.untilState('live');
    for (let round = 0; round < 3; round += 1) {
      const before = ids(running).length;
      await peer.dovecot.doveadm('expunge', 'mailbox', 'INBOX', 'all');
      await peer.deliver(1);
      await running.until(() => ids(running).length === before + 1);
    }
    expect(running.batches.flatMap((batch) => batch.events).filter((event) => event.type === 'deleted')).toEqual([]);
  });

  it('finds mail without any event when the safety fetch is due', async () => {
    const peer = await setUp();
    const running = run(peer);
    await running.untilState('live');
    peer.dovecot.deliver([customerMail('by-hand').replace('From: Maria Silva <maria@example.org>', `From: ${ADDRESS}`).replace(`To: Acme Care <${ADDRESS}>`, 'To: maria@example.org')], 'Sent');
    // Nobody watches Sent: only the clock brings this.
    running.clock.advance(3 * 60_000);
    await running.until(() => ids(running).length === 1);
    expect(running.messages()[0]).toMatchObject({ direction: 'outbound', party: { value: 'maria@example.org' } });
  });

  it('reads answers given from other programs as ours, whatever alias they carry', async () => {
    const peer = await setUp();
    peer.dovecot.deliver([customerMail('alias').replace('From: Maria Silva <maria@example.org>', 'From: sales@acme.example').replace(`To: Acme Care <${ADDRESS}>`, 'To: Joao <joao@example.net>')], 'Sent');
    peer.dovecot.deliver([customerMail('inbound')]);
    const running = run(peer);
    await running.untilState('live');
    expect(running.messages().map((event) => [event.direction, event.party.value]).sort(([a = ''], [b = '']) => a.localeCompare(b))).toEqual([['inbound', 'maria@example.org'], ['outbound', 'joao@example.net']]);
  });

  it('reads everything again under the same ids when UIDVALIDITY changes', async () => {
    const peer = await setUp();
    await peer.deliver(3);
    const running = run(peer);
    await running.untilState('live');
    const first = ids(running).sort();
    await running.channel.stop();
    await peer.dovecot.changeUidValidity('INBOX', 4_242_424);
    const second = run(peer, { cursors: running.cursors });
    await second.untilState('live');
    expect(ids(second).sort()).toEqual(first);
    expect([...second.cursors.keys()]).toContain('INBOX:4242424');
  });

  it('gives a mail delivered twice one id', async () => {
    const peer = await setUp();
    peer.dovecot.deliver([customerMail('twice'), customerMail('twice'), customerMail('none').replace(/^Message-ID.*\r\n/m, ''), customerMail('none').replace(/^Message-ID.*\r\n/m, '')]);
    const running = run(peer);
    await running.untilState('live');
    expect(new Set(ids(running)).size).toBe(2);
  });

  it('is not stopped by malformed mail and never loses one', async () => {
    const peer = await setUp();
    const nested = Array.from({ length: 300 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('');
    peer.dovecot.deliver([customerMail('a'), '', '\0\0\0', `From: evil@example.org\r\nMessage-ID: <nested@example.org>\r\n${nested}`, Buffer.from([0xff, 0xfe, 0x0a, 0x0a, 0xff]), customerMail('b')]);
    const running = run(peer);
    await running.untilState('live');
    expect(running.messages()).toHaveLength(6);
    expect(running.messages().find((event) => event.externalId === '<nested@example.org>')?.detail).toMatchObject({ unreadable: expect.stringContaining('kept whole') });
  });

  it('reads a mail of 25 MB', async () => {
    const peer = await setUp();
    const attachment = Buffer.alloc(18 * 1_048_576, 7).toString('base64').replace(/.{76}/g, '$&\r\n');
    peer.dovecot.deliver([customerMail('big', '--b\r\nContent-Type: text/plain\r\n\r\nsee attached\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n' + attachment + '\r\n--b--').replace('Date:', 'Content-Type: multipart/mixed; boundary=b\r\nDate:')]);
    const running = run(peer);
    await running.untilState('live');
    expect(running.messages()[0]).toMatchObject({ text: 'see attached', files: [{ name: 'a.zip', size: 18 * 1_048_576 }] });
  });

  it('marks what was read in another program as seen', async () => {
    const peer = await setUp();
    await peer.deliver(2);
    await peer.dovecot.doveadm('flags add', '\\Seen', 'mailbox', 'INBOX', '1');
    const running = run(peer);
    await running.untilState('live');
    expect(running.messages().map((event) => event.isSeen)).toEqual([true, false]);
    // Looking must not mark anything as read.
    expect((await peer.dovecot.doveadm('search', 'mailbox', 'INBOX', 'unseen')).trim().split('\n')).toHaveLength(1);
  });

  it('gives the server the marks it is owed, at once and after an outage, and still hears new mail', async () => {
    const peer = await setUp();
    await peer.deliver(4);
    let owed: OwedMark[] = [];
    const running = run(peer, {
      owed: () => owed,
      onBatch: (batch) => void batch.events.forEach((event) => event.type === 'marked' && (owed = owed.filter((mark) => !event.keys.includes(mark.key)))),
    });
    await running.untilState('live');
    const places = running.messages().map((event) => event.place);
    const owe = (index: number, isAnswered: boolean): OwedMark => ({ path: 'INBOX', epoch: '', key: 0, ...places[index], isSeen: true, isAnswered });
    owed = [owe(0, false), owe(1, true)];
    running.channel.marksWait?.();
    await running.until(() => owed.length === 0);
    expect((await peer.dovecot.doveadm('fetch', 'flags', 'mailbox', 'INBOX', 'all')).match(/\\(?:Seen|Answered)/g)).toEqual(['\\Seen', '\\Answered', '\\Seen']);
    const [fresh = ''] = await peer.deliver(1);
    await running.until(() => ids(running).includes(fresh));
    await peer.outage();
    await running.channel.poll();
    await running.untilState('waiting');
    owed = [owe(2, false)];
    running.channel.marksWait?.();
    await peer.restore();
    await running.channel.poll();
    await running.until(() => owed.length === 0);
    expect((await peer.dovecot.doveadm('search', 'mailbox', 'INBOX', 'unseen')).trim().split('\n')).toHaveLength(2);
  });

  it('hears of mail read in another program while it watches and while it was away', async () => {
    const peer = await setUp();
    await peer.deliver(3);
    const running = run(peer);
    await running.untilState('live');
    const seen = (r: RunningChannel): number[] => r.batches.flatMap((batch) => batch.events.flatMap((event) => (event.type === 'seen' ? event.keys : [])));
    await peer.dovecot.doveadm('flags add', '\\Seen', 'mailbox', 'INBOX', '2');
    await running.until(() => seen(running).includes(2));
    await running.channel.stop();
    await peer.dovecot.doveadm('flags add', '\\Seen', 'mailbox', 'INBOX', '3');
    const later = run(peer, { cursors: running.cursors });
    await later.untilState('live');
    expect(seen(later)).toEqual([3]);
  });

  it('reads at once when the clock has jumped: the computer slept', async () => {
    const peer = await setUp();
    const running = run(peer);
    await running.untilState('live');
    const taken = peer.imap.taken();
    peer.dovecot.deliver([customerMail('asleep').replace('From: Maria Silva <maria@example.org>', `From: ${ADDRESS}`)], 'Sent');
    running.clock.advance(8 * 3_600_000);
    await running.until(() => ids(running).includes('<asleep@example.org>'));
    expect(running.statuses.at(-1)?.state).toBe('live');
    expect(peer.imap.taken()).toBe(taken);
  });

  it('takes a mail moved to another watched folder for the same one', async () => {
    const peer = await setUp();
    const [id = ''] = await peer.deliver(1);
    const running = run(peer);
    await running.untilState('live');
    await peer.dovecot.doveadm('move', 'Sent', 'mailbox', 'INBOX', 'all');
    running.clock.advance(3 * 60_000);
    await running.until(() => running.messages().length === 2);
    expect(ids(running)).toEqual([id, id]);
    expect(running.messages().map((event) => event.place?.path)).toEqual(['INBOX', 'Sent']);
  });

  it('opens one connection, and another only after the first is lost', async () => {
    const peer = await setUp();
    const running = run(peer);
    await running.untilState('live');
    await running.channel.poll();
    expect([peer.imap.connections(), peer.imap.taken()]).toEqual([1, 1]);
    await peer.imap.cut();
    await running.untilState('waiting');
    await peer.imap.restore();
    await running.channel.poll();
    await running.untilState('live');
    await eventually(() => peer.imap.connections() === 1);
    expect(peer.imap.taken()).toBe(2);
  });

  it('does not try a refused password again by itself, but when asked', async () => {
    const peer = await setUp();
    const running = run(peer, { secrets: { password: 'wrong' } });
    await running.untilState('sign_in_needed');
    expect(running.statuses.at(-1)?.status).toBe('127.0.0.1 does not accept this user name and password.');
    running.clock.advance(24 * 3_600_000);
    expect(peer.imap.taken()).toBe(1);
    await running.channel.poll();
    expect(peer.imap.taken()).toBe(2);
  });

  it('fails for good, in words, when the settings cannot be used', async () => {
    const peer = await setUp({ imap: { host: 'imap.example.org', port: 143, security: 'none' } });
    const running = run(peer);
    await running.untilState('failed');
    expect(running.statuses.at(-1)?.status).toBe('The IMAP server imap.example.org may not be used without encryption: choose TLS or STARTTLS. Only a server on this computer may go without.');
    expect((await running.channel.send(peer.item('x'))).type).toBe('refused');
    expect((await running.channel.reconcile(peer.item('x'))).type).toBe('undecided');
  });
});
