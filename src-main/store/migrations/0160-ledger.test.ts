import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { ledger } from './0160-ledger.ts';

test('a desk takes the step with nothing booked yet, and what is booked goes with its entry', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < ledger.version));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v1', 'c1', 'open', 'x', 'post', 0, 'hi', 0, 0, 1, 0, 0, 0, 0, 0, 1, '[]', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= ledger.version));
  expect(versionOf(raw)).toBe(ledger.version);
  expect(raw.prepare('SELECT count(*) AS n FROM ledger').get()).toEqual({ n: 0 });
  expect(raw.prepare(`SELECT on_delete FROM pragma_foreign_key_list('ledger') WHERE "table" = 'message'`).get()).toEqual({ on_delete: 'CASCADE' });
  raw.close();
});
