import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { mail } from './0130-mail.ts';
import { migrations } from './index.ts';

test('mails from before keep their place, have no thread, and what belongs to a message goes with it', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < mail.version));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v1', 'c1', 'open', 'email', 'mail', 1, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1);
    INSERT INTO message (id, conversation_id, kind, direction, at, author, text, detail, arrived_at) VALUES (7, 'v1', 'mail', 'outbound', 1, 'us', 'hi', '{"unreadable":null}', 1), (8, 'v1', 'mail', 'inbound', 2, 'ann', '', '{"unreadable":"damaged"}', 2)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= mail.version));
  expect(versionOf(raw)).toBe(mail.version);
  expect(raw.prepare('SELECT id, thread FROM message ORDER BY id').all()).toEqual([{ id: 7, thread: null }, { id: 8, thread: null }]);
  raw.exec(`INSERT INTO undelivered VALUES (7, 8, 0, 'a@b.example', 1, '5.1.1', 'no', 2); INSERT INTO thread_key VALUES ('v1', '<a@b>', 7); DELETE FROM message WHERE id = 8`);
  expect(raw.prepare('SELECT count(*) AS n FROM undelivered').get()).toEqual({ n: 0 });
  raw.exec('DELETE FROM message; DELETE FROM conversation');
  expect(raw.prepare('SELECT count(*) AS n FROM thread_key').get()).toEqual({ n: 0 });
  expect(raw.pragma('foreign_key_check')).toEqual([]);
  raw.close();
});
