import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../test-desk.ts';
import { saveExport } from './handlers/downloads.ts';

test('an export goes where the person says, begins in the downloads folder, and nowhere when they would rather not', async () => {
  const downloadsDir = tempDir();
  const asked: string[] = [];
  const to = (path: string | null) => ({ downloadsDir, askWhere: async (suggested: string) => { asked.push(suggested); return path; } });
  const chosen = join(downloadsDir, 'team.json');
  expect(await saveExport(to(chosen), 'setup.json', '{}')).toBe(chosen);
  // The dialog has asked whether the old one may go.
  expect(await saveExport(to(chosen), 'setup.json', '{"a":1}')).toBe(chosen);
  expect(readFileSync(chosen, 'utf8')).toBe('{"a":1}');
  await expect(saveExport(to(null), 'setup.json', '{}')).rejects.toMatchObject({ code: 'cancelled' });
  mkdirSync(join(downloadsDir, 'folder'));
  for (const bad of [join(downloadsDir, 'folder'), join(downloadsDir, 'nowhere', 'setup.json')]) await expect(saveExport(to(bad), 'setup.json', '{}')).rejects.toMatchObject({ code: 'unavailable' });
  expect(readdirSync(downloadsDir).toSorted()).toEqual(['folder', 'team.json']);
  expect(new Set(asked)).toEqual(new Set([join(downloadsDir, 'setup.json')]));
});

test('a shell that cannot ask puts it into the downloads folder under the first free name', async () => {
  const downloadsDir = tempDir();
  for (const name of ['setup.json', 'setup (1).json']) expect(await saveExport({ downloadsDir, askWhere: null }, 'setup.json', '{}')).toBe(join(downloadsDir, name));
});
