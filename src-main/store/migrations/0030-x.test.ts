import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';
import { x } from './0030-x.ts';

test('what was spent by the hour is kept to the cent, and nothing is limited', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, [foundation]);
  raw.exec(`INSERT INTO account VALUES ('a', 'x', 'X', '@acme', '{}', 1, 1, NULL);
    INSERT INTO spend (account_id, hour, action, usd, n) VALUES ('a', 490000, 'postRead', 0.5, 100), ('a', 490001, 'postRead', 0.005, 1), ('a', 490001, 'dmCreate', 0.015, 1)`);
  migrate(raw, () => {}, [foundation, x]);
  expect(raw.prepare('SELECT slot, action, usd, n FROM spend ORDER BY slot, action').all()).toEqual([
    { slot: 1_960_000, action: 'postRead', usd: 0.5, n: 100 }, { slot: 1_960_004, action: 'dmCreate', usd: 0.015, n: 1 }, { slot: 1_960_004, action: 'postRead', usd: 0.005, n: 1 },
  ]);
  expect(raw.prepare('SELECT count(*) AS n FROM spend_limit').get()).toEqual({ n: 0 });
  expect(raw.pragma('foreign_key_check')).toEqual([]);
  raw.close();
});
