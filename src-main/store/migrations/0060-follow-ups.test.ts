import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { followUps } from './0060-follow-ups.ts';

test('a snoozed conversation keeps its time and note through the step, and follow-ups can be kept beside it', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < followUps.version));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at, snoozed_until, follow_up_note)
    VALUES ('v1', 'c1', 'snoozed', 'x', 'post', 0, 'hi', 0, 0, 1, 0, 0, 0, 0, 0, 1, '[]', 1, 99, 'flowers')`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= followUps.version));
  expect(versionOf(raw)).toBe(followUps.version);
  expect(raw.prepare('SELECT state, snoozed_until, follow_up_note FROM conversation').all()).toEqual([{ state: 'snoozed', snoozed_until: 99, follow_up_note: 'flowers' }]);
  raw.exec(`INSERT INTO follow_up (id, conversation_id, at, ends, state, made_by, made_at, occasion) VALUES ('f1', 'v1', 5, 'date', 'waiting', 'RB', 1, 'birthday 2026')`);
  expect(() => raw.exec(`INSERT INTO follow_up (id, conversation_id, at, ends, state, made_by, made_at, occasion) VALUES ('f2', 'v1', 5, 'date', 'due', 'RB', 1, 'birthday 2026')`)).toThrow('UNIQUE');
  raw.close();
});
