import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { systemClock } from '../../kernel/index.ts';
import { openContentStore } from '../../store/files.ts';
import { apart } from '../apart.ts';
import { threadSource } from '../thread-source.ts';
import { channelContract } from '../contract-suite.ts';
import type { Channel, ChannelDriver } from '../port.ts';
import { emailDriver } from './index.ts';
import { shared, startMailPeer } from './peer.fixture.ts';

// In the thread of its own, as the console runs it; with tokens (contract-oauth.test.ts) in the caller's.
const folder = mkdtempSync(join(tmpdir(), 'parley-contract-'));
/** Never started: the thread stays for the next case. */
let kept: Channel | null = null;
afterAll(async () => {
  await kept?.stop();
  await (await shared.server)?.close();
  rmSync(folder, { recursive: true, force: true });
});

const inThread = apart(emailDriver, threadSource(new URL('../../mail-thread.ts', import.meta.url), 1_024));
const files = openContentStore(folder);
const driver: ChannelDriver = {
  ...inThread,
  open(context) {
    const really = { ...context, clock: systemClock, files };
    kept ??= inThread.open(really);
    return inThread.open(really);
  },
};

channelContract('e-mail in its thread', async () => ({ ...(await startMailPeer()), driver }), dovecotMissing);
