import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { systemClock } from '../../kernel/index.ts';
import { openContentStore } from '../../store/files.ts';
import { openTestDesk } from '../../test-desk.ts';
import { apart } from '../apart.ts';
import { threadSource } from '../thread-source.ts';
import { startChannel, type RunningChannel } from '../contract-suite.ts';
import { emailDriver } from './index.ts';
import { shared, startMailPeer, type MailPeer } from './peer.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-death-'));
const death = new BroadcastChannel('parley-test-death');
afterAll(async () => {
  death.close();
  await (await shared.server)?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function setUp(): Promise<{ peer: MailPeer; run(onBatch: () => void): { running: RunningChannel; ids(): string[] } }> {
  const peer = await startMailPeer();
  onTestFinished(() => peer.close());
  const desk = openTestDesk();
  const inThread = apart(emailDriver, threadSource(new URL('./mortal.fixture.ts', import.meta.url), 1_024));
  const files = openContentStore(folder);
  return {
    peer,
    run(onBatch) {
      const running = startChannel({ ...peer, driver: { ...inThread, open: (context) => inThread.open({ ...context, clock: systemClock, files }) } }, {
        onBatch: (batch) => {
          desk.take(desk.accounts.email, batch.events, { origin: batch.origin, cursors: batch.cursors });
          if (batch.events.some((event) => event.type === 'message')) onBatch();
        },
      });
      onTestFinished(() => running.channel.stop());
      return { running, ids: () => desk.store.read.all<{ id: string }>(`SELECT external_id AS id FROM message WHERE direction = 'inbound'`).map(({ id }) => id) };
    },
  };
}

describe.skipIf(dovecotMissing !== null)(`the thread of e-mail dies${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  test('in the middle of a first sync: every mail is here once', async () => {
    const { peer, run } = await setUp();
    const delivered = await peer.deliver(600);
    let deaths = 0;
    const { running, ids } = run(() => {
      // Twice, with pages handed in, fetched and being taken apart.
      if (deaths < 2) death.postMessage((deaths += 1));
    });
    await running.until(() => running.statuses.at(-1)?.state === 'live' && ids().length >= delivered.length);
    expect(running.statuses.filter(({ state, status }) => state === 'waiting' && status.includes('interrupted')).length).toBeGreaterThan(0);
    expect(ids().sort()).toEqual([...delivered].sort());
  });
});
