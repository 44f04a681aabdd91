import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate } from '../migrate.ts';
import { migrations } from './index.ts';
import { xActions } from './0110-x-actions.ts';

test('posts that are there are found by their thread, and nothing waits to be taken off the disk', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < xActions.version));
  raw.exec(`INSERT INTO account VALUES ('a', 'x', 'X', '@acme', '{}', 1, 1, NULL);
    INSERT INTO customer (id, name, created_at) VALUES ('c', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v', 'c', 'open', 'x', 'post', 0, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1);
    INSERT INTO message (id, conversation_id, account_id, kind, direction, at, author, text, detail, arrived_at) VALUES (5, 'v', 'a', 'post', 'inbound', 1, 'Ann', 'hi', '{"type":"post","conversationId":"77"}', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= xActions.version));
  const thread = `SELECT id FROM message WHERE kind = 'post' AND json_extract(detail, '$.conversationId') = '77'`;
  expect(raw.prepare(thread).all()).toEqual([{ id: 5 }]);
  expect(JSON.stringify(raw.prepare(`EXPLAIN QUERY PLAN ${thread}`).all())).toContain('message_thread');
  expect(raw.prepare('SELECT count(*) AS n FROM file_left').get()).toEqual({ n: 0 });
  raw.close();
});
