import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate } from '../migrate.ts';
import { migrations } from './index.ts';
import { posts } from './0090-posts.ts';

test('a desk with quotes in it knows afterwards where they stand; who erases an entry takes both along', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < posts.version));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v1', 'c1', 'open', 'x', 'post', 0, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1);
    INSERT INTO message (id, conversation_id, kind, direction, at, author, text, detail, arrived_at) VALUES
      (1, 'v1', 'post', 'inbound', 1, 'Ann', 'hi', '{"type":"post","quoted":{"postId":"77"}}', 1), (2, 'v1', 'post', 'inbound', 1, 'Ann', 'hi', '{"type":"post","quoted":null}', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= posts.version));
  expect(raw.prepare('SELECT post_id, message_id FROM post_reference').all()).toEqual([{ post_id: '77', message_id: 1 }]);
  expect(raw.prepare('SELECT is_ad FROM conversation').all()).toEqual([{ is_ad: 0 }]);
  raw.exec(`INSERT INTO media_wanted (message_id, key, url) VALUES (1, '3_1', 'https://pbs.twimg.com/a.jpg'); DELETE FROM message WHERE id = 1`);
  expect(raw.prepare('SELECT (SELECT count(*) FROM post_reference) + (SELECT count(*) FROM media_wanted) AS n').get()).toEqual({ n: 0 });
  raw.close();
});
