import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../test-desk.ts';
import { connect } from '../db.ts';
import { migrate, versionOf } from '../migrate.ts';
import { migrations } from './index.ts';
import { faq } from './0170-faq.ts';

test('a desk that had none takes help pages, each address once in a language', () => {
  const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
  migrate(raw, () => {}, migrations.filter((step) => step.version < faq.version));
  migrate(raw, () => {}, migrations.filter((step) => step.version <= faq.version));
  expect(versionOf(raw)).toBe(faq.version);
  const add = (id: string, language: string): unknown => raw.exec(`INSERT INTO faq (id, title, url, words, language, updated_at, updated_by) VALUES ('${id}', 'Returns', 'https://acme.example/returns', '', '${language}', 1, 'RB')`);
  add('1', 'en');
  add('2', 'hi');
  expect(() => add('3', 'en')).toThrow(/UNIQUE/);
  raw.close();
});
