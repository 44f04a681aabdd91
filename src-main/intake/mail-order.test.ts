import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { dovecotMissing } from '../../e2e/peers/dovecot.ts';
import { startChannel, type RunningChannel } from '../channels/contract-suite.ts';
import { ADDRESS, shared, startMailPeer, type MailPeer } from '../channels/email/peer.fixture.ts';
import { openTestDesk, type TestDesk } from '../test-desk.ts';

afterAll(async () => (await shared.server)?.close());

const START = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;

interface Mail { n: number; folder: 'INBOX' | 'Sent'; raw: string }

const mail = (n: number, who: string, direction: 'in' | 'out', subject: string, refs: number[] = []): Mail => ({
  n, folder: direction === 'in' ? 'INBOX' : 'Sent',
  raw: [
    ...(direction === 'in' ? [`From: ${who}@example.org`, `To: ${ADDRESS}`] : [`From: ${ADDRESS}`, `To: ${who}@example.org`]),
    `Subject: ${subject}`, `Message-ID: <o${n}@example.org>`, `Date: ${new Date(START + n * HOUR).toUTCString()}`,
    ...(refs.length === 0 ? [] : [`In-Reply-To: <o${refs.at(-1)}@example.org>`, `References: ${refs.map((r) => `<o${r}@example.org>`).join(' ')}`]), '', `text ${n}`, '',
  ].join('\r\n'),
});

/** Two customers, three threads, each over both folders; one answer names no mail, one question came while its answer was on its way. */
const story: Mail[] = [
  mail(1, 'ann', 'in', 'Router'), mail(2, 'bob', 'in', 'Router'), mail(3, 'ann', 'out', 'Re: Router', [1]), mail(4, 'ann', 'in', 'Invoice'), mail(5, 'ann', 'in', 'AW: Router', [1, 3]),
  mail(6, 'bob', 'out', 'Re: Router'), mail(7, 'ann', 'out', 'Re: Invoice', [4]), mail(8, 'bob', 'in', 'Re: Router', [2]), mail(9, 'ann', 'out', 'Re: Router', [1, 3, 5]), mail(10, 'ann', 'in', 'Re: Invoice', [4, 7]),
];

/** What an agent sees. */
function seen(desk: TestDesk): unknown {
  const rows = desk.store.read.all<{ who: string; conversation: string; thread: number; text: string; at: number; direction: string }>(
    `SELECT i.value AS who, m.conversation_id AS conversation, m.thread, m.text, m.at, m.direction FROM message m JOIN conversation v ON v.id = m.conversation_id JOIN identity i ON i.customer_id = v.customer_id WHERE m.kind = 'mail' ORDER BY m.id`);
  const threads = [...Map.groupBy(rows, (row) => `${row.conversation} ${row.thread}`).values()];
  return {
    order: rows.map((row) => `${row.at} ${row.direction} ${row.text}`),
    threads: threads.map((group) => `${group[0]?.who ?? ''}: ${group.map((row) => row.text).join(', ')}`).sort(),
    waiting: desk.store.read.all('SELECT i.value, v.waiting_since FROM conversation v JOIN identity i ON i.customer_id = v.customer_id ORDER BY i.value'),
  };
}

const put = (peer: MailPeer, mails: readonly Mail[]): void => mails.forEach(({ raw, folder }) => peer.dovecot.deliver([raw], folder));

async function start(): Promise<{ desk: TestDesk; peer: MailPeer; read(cursors?: Map<string, string>): RunningChannel; isHere(count: number): () => boolean }> {
  const desk = openTestDesk();
  const peer = await startMailPeer();
  onTestFinished(() => peer.close());
  return {
    desk, peer,
    read(cursors) {
      const running = startChannel(peer, { ...(cursors ? { cursors } : {}), onBatch: (batch) => void desk.take(desk.accounts.email, batch.events, { origin: batch.origin, cursors: batch.cursors }) });
      onTestFinished(() => running.channel.stop());
      return running;
    },
    isHere: (count) => () => desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM message')?.n === count,
  };
}

describe.skipIf(dovecotMissing !== null)(`mails in any order, from a real server into the store${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  const expected = {
    order: story.map(({ n, folder }) => `${START + n * HOUR} ${folder === 'INBOX' ? 'inbound' : 'outbound'} text ${n}`),
    threads: ['ann@example.org: text 1, text 3, text 5, text 9', 'ann@example.org: text 4, text 7, text 10', 'bob@example.org: text 2, text 6, text 8'],
    waiting: [{ value: 'ann@example.org', waiting_since: START + 10 * HOUR }, { value: 'bob@example.org', waiting_since: START + 8 * HOUR }],
  };

  test.each<[string, (peer: MailPeer) => void]>([
    ['as they were written', (peer) => put(peer, story)],
    ['numbered against their dates', (peer) => put(peer, story.toReversed())],
    ['shuffled', (peer) => put(peer, [7, 2, 9, 0, 4, 1, 8, 5, 3, 6].flatMap((n) => story[n] ?? []))],
    ['each read handed out in reverse', (peer) => {
      peer.wire.reverse();
      put(peer, story);
    }],
  ])('%s: one history', async (_, arrange) => {
    const { desk, peer, read } = await start();
    arrange(peer);
    const running = read();
    await running.untilState('live');
    expect(seen(desk)).toEqual(expected);
  });

  test('answers read before the questions they answer: one history', async () => {
    const { desk, peer, read, isHere } = await start();
    put(peer, story.filter(({ folder }) => folder === 'Sent'));
    const running = read();
    await running.untilState('live');
    for (const one of story.filter(({ folder }) => folder === 'INBOX').toReversed()) {
      const count = desk.store.read.get<{ n: number }>('SELECT count(*) AS n FROM message')?.n ?? 0;
      put(peer, [one]);
      await running.until(isHere(count + 1));
    }
    expect(seen(desk)).toEqual(expected);
  });

  test('parts of a thread moved to the other folder while it is read, and read again under a new numbering: one history', async () => {
    const { desk, peer, read, isHere } = await start();
    put(peer, story);
    peer.wire.during(async () => void (await peer.dovecot.doveadm('move', 'Sent', 'mailbox', 'INBOX', 'header', 'message-id', '<o5@example.org>')));
    const first = read();
    await first.until(isHere(story.length));
    await first.untilState('live');
    await first.channel.stop();
    await peer.dovecot.changeUidValidity('Sent', 777_777);
    const second = read(first.cursors);
    await second.untilState('live');
    expect(second.messages().length).toBeGreaterThan(0);
    expect(seen(desk)).toEqual(expected);
  });
});
