import { afterAll } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { channelContract } from '../contract-suite.ts';
import { shared, startMailPeer } from './peer.fixture.ts';

afterAll(async () => (await shared.server)?.close());

channelContract('e-mail', () => startMailPeer(), dovecotMissing);
