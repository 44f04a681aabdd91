import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { incidents } from './0180-incidents.ts';
import { migrations } from './index.ts';

test('a desk takes the step without an incident; what was reported goes with the incident', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version <= incidents.version));
  expect(versionOf(raw)).toBe(incidents.version);
  expect(raw.prepare('SELECT count(*) AS n FROM incident').get()).toEqual({ n: 0 });
  expect(raw.prepare(`SELECT "table" AS t, on_delete FROM pragma_foreign_key_list('incident_report') ORDER BY t`).all()).toEqual([{ t: 'incident', on_delete: 'CASCADE' }, { t: 'message', on_delete: 'CASCADE' }]);
  raw.close();
});
