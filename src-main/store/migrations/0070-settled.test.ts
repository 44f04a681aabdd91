import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';

test('conversations from before count as not settled: history that comes in derives their rows once more', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < 70));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v1', 'c1', 'open', 'x', 'post', 0, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= 70));
  expect(versionOf(raw)).toBe(70);
  expect(raw.prepare('SELECT id, settled_id FROM conversation').all()).toEqual([{ id: 'v1', settled_id: 0 }]);
  raw.close();
});
