import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { seats } from './0080-seats.ts';

test('a desk with an owner, a draft and a send takes the step: all stay, the draft is for whoever takes it up', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < seats.version));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1);
    INSERT INTO conversation (id, customer_id, state, owner, channel, kind, is_private, preview, unread, read_up_to, last_at, last_message_id, last_inbound_id, is_overdue, is_vip, rank, queue_at, reasons, created_at)
    VALUES ('v1', 'c1', 'open', 'RB', 'x', 'post', 0, 'hi', 1, 0, 1, 0, 0, 0, 0, -10, 1, '[]', 1);
    INSERT INTO draft (conversation_id, mode, text, attachments, updated_at) VALUES ('v1', 'dm', 'begun', '[]', 5)`);
  let backups = 0;
  migrate(raw, () => { backups += 1; }, migrations.filter((step) => step.version <= seats.version));
  expect([versionOf(raw), backups]).toEqual([seats.version, 1]);
  expect(raw.prepare('SELECT owner, claim_until FROM conversation').all()).toEqual([{ owner: 'RB', claim_until: null }]);
  expect(raw.prepare('SELECT conversation_id, mode, agent, text, updated_at FROM draft').all()).toEqual([{ conversation_id: 'v1', mode: 'dm', agent: '', text: 'begun', updated_at: 5 }]);
  raw.exec(`INSERT INTO notice (agent, by_agent, code, conversation_id, word, at) VALUES ('RB', 'MK', 'given', 'v1', 'please', 1); INSERT INTO agent VALUES ('a1', 'MK', '{}', 1); INSERT INTO seat VALUES (2, 'a1')`);
  // A word about somebody goes with them.
  raw.exec(`DELETE FROM draft; DELETE FROM conversation`);
  expect(raw.prepare('SELECT count(*) AS n FROM notice').get()).toEqual({ n: 0 });
  raw.close();
});
