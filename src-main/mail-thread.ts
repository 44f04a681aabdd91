import { parentPort } from 'node:worker_threads';
import { serveApart } from './channels/apart-thread.ts';
import { emailDriver, warmImap } from './channels/email/index.ts';
import { openContentStore } from './store/files.ts';

// Entry of the thread in which mailboxes are read and mails leave: everything of e-mail but what is committed.
if (parentPort) {
  serveApart(parentPort, emailDriver, openContentStore);
  warmImap();
}
