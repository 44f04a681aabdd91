import type { AppState } from './model.ts';

/** Which of our accounts was addressed, where there are several of its kind; null where nobody need ask. */
export function addressedOf({ accounts }: Pick<AppState, 'accounts'>, accountId: string | null): string | null {
  const account = accounts.find((other) => other.id === accountId);
  if (account === undefined || accounts.every((other) => other === account || other.channel !== account.channel)) return null;
  return account.address;
}

/** The account the queue shows alone after `accountId`; all of them after the last. */
export function nextAccount({ accounts }: Pick<AppState, 'accounts'>, accountId: string | null): string | null {
  return accounts[accounts.findIndex((account) => account.id === accountId) + 1]?.id ?? null;
}
