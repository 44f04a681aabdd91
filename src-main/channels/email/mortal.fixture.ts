import { BroadcastChannel } from 'node:worker_threads';

// The thread of e-mail, for tests in which it dies when told.
new BroadcastChannel('parley-test-death').onmessage = () => process.exit(1);
await import(new URL('../../mail-thread.ts', import.meta.url).href);
