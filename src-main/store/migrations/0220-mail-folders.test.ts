import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';

test('of a desk from before no mail is gone, and a message that goes takes its mark along', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version <= 220));
  expect(versionOf(raw)).toBe(220);
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v1', 'c1', 'open', 'x', 'post', 0, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1);
    INSERT INTO message (id, conversation_id, kind, direction, at, author, text, detail, arrived_at) VALUES (5, 'v1', 'mail', 'inbound', 1, 'Ann', '', '{}', 1)`);
  expect(raw.prepare('SELECT (SELECT count(*) FROM mail_gone) + (SELECT count(*) FROM mailbox_folder) AS n').get()).toEqual({ n: 0 });
  raw.exec('INSERT INTO mail_gone (message_id, at) VALUES (5, 7); DELETE FROM message');
  expect(raw.prepare('SELECT count(*) AS n FROM mail_gone').get()).toEqual({ n: 0 });
  raw.close();
});
