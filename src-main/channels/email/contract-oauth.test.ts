import { afterAll } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { channelContract } from '../contract-suite.ts';
import { shared, sharedOAuth, startTokenMailPeer } from './peer.fixture.ts';

afterAll(async () => {
  await (await shared.server)?.close();
  await (await sharedOAuth.peer)?.close();
});

channelContract('e-mail signed in to with tokens', () => startTokenMailPeer(), dovecotMissing);
