import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { scheduled } from './0190-scheduled.ts';

test('a send that waits takes the step and stays what it was', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < scheduled.version));
  raw.pragma('foreign_keys = OFF');
  raw.exec(`INSERT INTO outbox (id, request_id, idempotency_key, message_id, conversation_id, account_id, mode, state, item, draft, seen_at, attempt, created_at, updated_at) VALUES ('o', 'r', 'k', 1, 'v', 'a', 'mail', 'queued', '{}', '{}', 1, 0, 1, 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= scheduled.version));
  expect(versionOf(raw)).toBe(scheduled.version);
  expect(raw.prepare('SELECT id, state, ends_on_reply FROM outbox').all()).toEqual([{ id: 'o', state: 'queued', ends_on_reply: 0 }]);
  raw.close();
});
