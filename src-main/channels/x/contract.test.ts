import { channelContract } from '../contract-suite.ts';
import { startXTestPeer } from './test-peer.ts';

channelContract('x', () => startXTestPeer());
