import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { access } from './0150-access.ts';
import { migrations } from './index.ts';

test('a desk with agents takes the step: nobody has a PIN or a role of their own yet', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < access.version));
  raw.exec(`INSERT INTO agent VALUES ('a1', 'MK', '{}', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= access.version));
  expect(versionOf(raw)).toBe(access.version);
  expect(raw.prepare('SELECT count(*) AS n FROM agent_access').get()).toEqual({ n: 0 });
  raw.exec(`INSERT INTO agent_access (agent, role) VALUES ('a1', 'guest')`);
  expect(raw.prepare('SELECT pin, tries, blocked_until FROM agent_access').all()).toEqual([{ pin: null, tries: 0, blocked_until: 0 }]);
  raw.close();
});
