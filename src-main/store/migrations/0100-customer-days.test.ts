import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { customerDays } from './0100-customer-days.ts';
import { migrations } from './index.ts';

test('customers take the step as they are; their days go with them', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  raw.pragma('foreign_keys = ON');
  migrate(raw, () => {}, migrations.filter((step) => step.version < customerDays.version));
  raw.exec(`INSERT INTO customer (id, name, created_at) VALUES ('c1', 'Ann', 1)`);
  migrate(raw, () => {}, migrations.filter((step) => step.version <= customerDays.version));
  expect(versionOf(raw)).toBe(customerDays.version);
  raw.exec(`INSERT INTO customer_day VALUES ('05-14', 'c1', 'd1'); DELETE FROM customer`);
  expect(raw.prepare('SELECT count(*) AS n FROM customer_day').get()).toEqual({ n: 0 });
  raw.close();
});
