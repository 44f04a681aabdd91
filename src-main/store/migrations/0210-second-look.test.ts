import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { secondLook } from './0210-second-look.ts';

test('a send that waits takes the step: nobody has to look at it', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < secondLook.version));
  raw.pragma('foreign_keys = OFF');
  raw.exec(`INSERT INTO outbox (id, request_id, idempotency_key, message_id, conversation_id, account_id, mode, state, item, draft, seen_at, attempt, created_at, updated_at) VALUES ('o', 'r', 'k', 1, 'v', 'a', 'mail', 'queued', '{}', '{}', 1, 0, 1, 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= secondLook.version));
  expect(versionOf(raw)).toBe(secondLook.version);
  expect(raw.prepare('SELECT id, state, look, looked_by FROM outbox').all()).toEqual([{ id: 'o', state: 'queued', look: null, looked_by: null }]);
  raw.close();
});
