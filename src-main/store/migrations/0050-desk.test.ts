import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';

test('a desk with conversations in it takes the step, keeps its rows and has nothing due to warn of', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < 50));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at, due_at)
    VALUES ('v1', 'c1', 'open', 'x', 'post', 0, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1, 99)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= 50));
  expect(versionOf(raw)).toBe(50);
  expect(raw.prepare('SELECT id, state, due_at, warn_at FROM conversation').all()).toEqual([{ id: 'v1', state: 'open', due_at: 99, warn_at: null }]);
  expect(raw.prepare(`SELECT view, n FROM queue_count WHERE view = 'open'`).get()).toEqual({ view: 'open', n: 1 });
  raw.exec(`INSERT INTO rule_log (rule_id, rule_name, conversation_id, message_id, at, did) VALUES ('r', 'r', 'v1', 1, 1, '{}'); INSERT INTO customer_limit VALUES ('c1', 60)`);
  // Whoever erases a customer takes what rules did and the limit along.
  raw.exec(`DELETE FROM conversation; DELETE FROM customer`);
  expect(raw.prepare('SELECT (SELECT count(*) FROM rule_log) + (SELECT count(*) FROM customer_limit) AS n').get()).toEqual({ n: 0 });
  raw.close();
});
