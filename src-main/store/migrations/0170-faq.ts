import type { Migration } from './migration.ts';

export const faq: Migration = {
  version: 170,
  name: 'faq',
  rewrites: false,
  up: (exec) => exec(`
    -- Public help pages an answer can point to. words: what people call it, beside its title; language '' = for any.
    CREATE TABLE faq (
      id TEXT PRIMARY KEY, title TEXT NOT NULL, url TEXT NOT NULL, words TEXT NOT NULL, language TEXT NOT NULL, uses INTEGER NOT NULL DEFAULT 0, last_used_at INTEGER,
      updated_at INTEGER NOT NULL, updated_by TEXT NOT NULL, UNIQUE (url, language)
    ) STRICT;
  `),
};
