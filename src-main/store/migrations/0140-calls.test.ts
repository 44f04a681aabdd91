import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';

test('follow-ups made before are no calls', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < 140));
  raw.pragma('foreign_keys = OFF');
  raw.exec(`INSERT INTO follow_up (id, conversation_id, at, ends, state, made_by, made_at) VALUES ('f', 'v', 1, 'date', 'waiting', 'RB', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= 140));
  expect(versionOf(raw)).toBe(140);
  expect(raw.prepare('SELECT id, is_call FROM follow_up').all()).toEqual([{ id: 'f', is_call: 0 }]);
  raw.close();
});
