import { threadSource } from './channels/thread-source.ts';
import { workerUrl } from './kernel/index.ts';

/** Threads in which mailboxes are read. A file of its own, so that one can be started before all the rest is loaded. */
export const mailThreads = threadSource(workerUrl(import.meta.url, 'mail-thread'), 1_024);
