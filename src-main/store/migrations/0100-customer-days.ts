import type { Migration } from './migration.ts';

export const customerDays: Migration = {
  version: 100,
  name: 'customer days',
  rewrites: false,
  up: (exec) => exec(`
    -- Birthdays and other dates of customers by day ("05-14"); the profile holds them, this finds them.
    CREATE TABLE customer_day (
      day TEXT NOT NULL, customer_id TEXT NOT NULL REFERENCES customer ON DELETE CASCADE, date_id TEXT NOT NULL, PRIMARY KEY (day, customer_id, date_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX customer_day_customer ON customer_day (customer_id);
  `),
};
