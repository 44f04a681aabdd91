import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMail } from './parse-mail.ts';
import { brokenPromises } from './promises.fixture.ts';

const FOLDER = join(import.meta.dirname, 'fuzz-corpus');
const NOW = Date.UTC(2026, 0, 5);

// What `npm run fuzz` found once, made small.
test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.eml')))('a mail that was once read wrongly: %s', async (name) => {
  const raw = readFileSync(join(FOLDER, name));
  const started = performance.now();
  expect(brokenPromises(raw, await readMail(raw, { own: ['care@acme.example'], receivedAt: NOW }), NOW)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(10_000);
});
