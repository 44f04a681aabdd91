import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { outcomes } from './0240-outcomes.ts';

test('a conversation takes the step without a mark', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < outcomes.version));
  raw.pragma('foreign_keys = OFF');
  raw.exec(`INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at) VALUES ('v', 'c', 'open', 'note', 'note', 1, '', 0, 0, 1, 0, 0, 0, 0, 0, 1, '[]', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= outcomes.version));
  expect(versionOf(raw)).toBe(outcomes.version);
  expect(raw.prepare('SELECT id, outcome FROM conversation').all()).toEqual([{ id: 'v', outcome: null }]);
  raw.close();
});
