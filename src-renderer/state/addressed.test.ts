import { expect, test } from 'vitest';
import type { AccountRow } from '../../src-preload/contract/index.ts';
import { addressedOf, nextAccount } from './addressed.ts';

const account = (id: string, channel: AccountRow['channel'], address: string): AccountRow => ({ id, channel, address }) as AccountRow;
const accounts = [account('m', 'email', 'care@acme.example'), account('c', 'x', '@acmecare'), account('b', 'x', '@acme')];

test('an account is named only where there are others of its kind', () => {
  expect(['m', 'c', 'b', 'gone', null].map((id) => addressedOf({ accounts }, id))).toEqual([null, '@acmecare', '@acme', null, null]);
});

test('one key walks through the accounts and back to all of them', () => {
  let at: string | null = null;
  const walked: (string | null)[] = [];
  for (let i = 0; i < 5; i += 1) walked.push((at = nextAccount({ accounts }, at)));
  expect(walked).toEqual(['m', 'c', 'b', null, 'm']);
  expect([nextAccount({ accounts }, 'gone'), nextAccount({ accounts: [] }, null)]).toEqual(['m', null]);
});
