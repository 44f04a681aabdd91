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
