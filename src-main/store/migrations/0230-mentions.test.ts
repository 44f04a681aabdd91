import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { mentions } from './0230-mentions.ts';

test('a word from a colleague takes the step and stays unread', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < mentions.version));
  raw.pragma('foreign_keys = OFF');
  raw.exec(`INSERT INTO notice (agent, by_agent, code, conversation_id, word, at) VALUES ('MK', 'RB', 'given', 'v', 'yours', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= mentions.version));
  expect(versionOf(raw)).toBe(mentions.version);
  expect(raw.prepare('SELECT agent, word, message_id, seen_at FROM notice').all()).toEqual([{ agent: 'MK', word: 'yours', message_id: null, seen_at: null }]);
  raw.close();
});
