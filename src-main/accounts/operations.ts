import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation } from '../store/index.ts';

export const putAccount: Operation<tables.AccountRecord, void> = {
  name: 'account.put',
  apply(tx, account) {
    tables.putAccount(tx.db, account, tx.at);
    tx.touch('account', account.id);
  },
};

export const removeAccount: Operation<{ accountId: string }, void> = {
  name: 'account.remove',
  apply(tx, { accountId }) {
    tables.removeAccount(tx.db, accountId, tx.at);
    tx.touch('account', accountId);
  },
};

const chosenIn = (config: Record<string, unknown> | undefined): string[] => (Array.isArray(config?.['folders']) ? config['folders'].filter((path) => typeof path === 'string') : []);

/** Which folders of a mailbox are read. */
export const chooseFolders: Operation<{ accountId: string; paths: string[] }, tables.AccountRecord> = {
  name: 'account.folders',
  apply(tx, { accountId, paths }) {
    const account = tables.accountById(tx.db, accountId);
    if (!account) throw new ParleyError('not_found', 'This mailbox is not connected.');
    for (const path of chosenIn(account.config)) if (!paths.includes(path)) tables.stopFolder(tx.db, accountId, path);
    const changed = { ...account, config: { ...account.config, folders: [...new Set(paths)] } };
    tables.putAccount(tx.db, changed, tx.at);
    tables.foldersSeen(tx.db, accountId);
    tx.touch('account', accountId);
    return changed;
  },
};

/** A mailbox has other settings, or is connected anew. One that is not the same as before is read from the beginning. */
export const changeMailbox: Operation<{ account: tables.AccountRecord; isSame: boolean }, void> = {
  name: 'account.change',
  apply(tx, { account, isSame }) {
    const stays = chosenIn(account.config);
    const before = chosenIn(tables.accountById(tx.db, account.id)?.config);
    for (const path of isSame ? before.filter((one) => !stays.includes(one)) : tables.foldersOf(tx.db, account.id)) tables.stopFolder(tx.db, account.id, path);
    tables.putAccount(tx.db, account, tx.at);
    tx.touch('account', account.id);
  },
};

/** An account that never came to be: without messages, it leaves nothing. */
export const dropAccount: Operation<{ accountId: string }, void> = {
  name: 'account.drop',
  apply(tx, { accountId }) {
    tables.dropAccount(tx.db, accountId);
    tx.touch('account', accountId);
  },
};

export const sealSecret: Operation<{ accountId: string; sealed: Uint8Array | null }, void> = {
  name: 'account.secret',
  summarise: ({ accountId }) => ({ accountId }),
  apply: (tx, { accountId, sealed }) => tables.putSealedSecret(tx.db, accountId, sealed),
};
