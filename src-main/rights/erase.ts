import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParleyError } from '../kernel/index.ts';
import { tables, type ContentStore, type Operation, type Store } from '../store/index.ts';
import { copiesIn } from './save.ts';

export interface EraseReport {
  entries: number;
  files: number;
  /** Copies of the database made earlier: they are somebody's decision, so they are named and left. */
  backups: string[];
}

const eraseRows: Operation<{ customerId: string }, tables.PersonScope> = {
  name: 'customer.erase',
  // Not even the id: the log says that somebody was erased, not who.
  summarise: () => null,
  apply(tx, { customerId }) {
    const scope = tables.personScope(tx.db, customerId);
    // A send that may have left is not forgotten before it is known whether it did.
    if (tables.unfinished(tx.db).some((o) => scope.outbox.includes(o.id) && (o.state === 'sending' || o.state === 'unknown'))) {
      throw new ParleyError('conflict', 'An answer to this customer is leaving right now. Wait until it has, then erase.', { retryable: true });
    }
    tables.erasePerson(tx.db, scope);
    for (const id of scope.conversations) tx.touch('timeline', id);
    const settings = tables.settingsOf(tx.db);
    if (settings.selectedConversation !== null && scope.conversations.includes(settings.selectedConversation)) {
      tables.putSettings(tx.db, { ...settings, selectedConversation: null });
      tx.touch('settings', '');
    }
    return scope;
  },
};

/** The announcement that a conversation is gone names it; once it was made, nothing may. */
const forgetChanges: Operation<{ ids: readonly string[] }, void> = {
  name: 'customer.erased',
  summarise: () => null,
  apply: (tx, { ids }) => tables.forgetChanges(tx.db, ids),
};

const backupsIn = (dir: string, own: string): string[] => readdirSync(dir).filter((name) => name.endsWith('.db') && join(dir, name) !== own).map((name) => join(dir, name));

/** What an erasure would take, and which copies made earlier would still hold it. */
export function previewErase(store: Store, dir: string, copiesDir: string, customerId: string): { name: string; identities: string[]; entries: number; files: number; drafts: number; followUps: number; copies: string[] } {
  const customer = tables.customerView(store.read, customerId);
  if (!customer) throw new ParleyError('not_found', 'This customer is not here any more.');
  const scope = tables.personScope(store.read, customerId);
  return {
    name: customer.name, identities: customer.identities.map((i) => i.display), entries: scope.messages.length, files: new Set(scope.attachments.map((a) => a.sha256)).size,
    drafts: scope.conversations.flatMap((id) => tables.draftsOf(store.read, id)).length, followUps: customer.followUps.length,
    copies: [...backupsIn(dir, store.path), ...copiesIn(copiesDir, customer.name)],
  };
}

/** Erases one person from rows, both indexes, attachments, drafts, sends, operation log, change log, logs, write-ahead log and free pages (B10). */
export function erasePerson(deps: { store: Store; files: ContentStore; dir: string; onProgress?(step: string): void }, customerId: string, by: { at: number; agent: string }): EraseReport {
  const { store, files, dir } = deps;
  deps.onProgress?.('Deleting rows');
  const { value: scope } = store.run(eraseRows, { customerId }, by);
  store.run(forgetChanges, { ids: scope.conversations }, by);
  deps.onProgress?.('Deleting attachments');
  const gone = [...new Set(scope.attachments.map((a) => a.sha256))].filter((sha256) => !tables.isFileUsed(store.read, sha256));
  for (const sha256 of gone) files.remove(sha256);
  scrubLogs(join(dir, 'logs'), scope.needles);
  deps.onProgress?.('Rewriting the database');
  store.scrub();
  return {
    entries: scope.messages.length, files: gone.length,
    backups: backupsIn(dir, store.path),
  };
}

/** Drops every line that names the person. In place: a console may have the file open for appending. */
function scrubLogs(folder: string, needles: readonly string[]): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    const lines = readFileSync(path, 'utf8').split('\n');
    const kept = lines.filter((line) => !needles.some((needle) => line.includes(needle)));
    if (kept.length < lines.length) writeFileSync(path, kept.join('\n'));
  }
}
