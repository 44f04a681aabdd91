import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { giftAsks } from './0200-gift-asks.ts';
import { migrations } from './index.ts';

test('a desk with PINs takes the step: a PIN from before it has always been there, and nothing was asked for', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < giftAsks.version));
  raw.exec(`INSERT INTO agent_access (agent, role, pin) VALUES ('', 'senior', 'scrypt$x')`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= giftAsks.version));
  expect(versionOf(raw)).toBe(giftAsks.version);
  expect(raw.prepare('SELECT pin, pin_since FROM agent_access').all()).toEqual([{ pin: 'scrypt$x', pin_since: 0 }]);
  expect(raw.prepare('SELECT gift_asked_at FROM conversation').all()).toEqual([]);
  raw.close();
});
