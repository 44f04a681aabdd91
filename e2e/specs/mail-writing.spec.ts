import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, start } from '../fixtures/desk.ts';
import { writeMbox } from '../fixtures/mail-file.ts';
import { demoWorldOf, readMail } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };
const looks = resolve(import.meta.dirname, '../results/look');

test('an answer to all leaves out our own address and nobody else, a blind copy is seen by nobody, and the composer says how many read it', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  mkdirSync(looks, { recursive: true });
  await start(page);
  const folder = mkdtempSync(join(tmpdir(), 'parley-mails-'));
  // We stand in copy only.
  const path = writeMbox(folder, [{
    from: 'Norah Field <norah@fields.example>', to: 'Bob Stone <bob@stone.example>', cc: 'Acme <CARE@acme.example>, eve@fields.example', subject: 'Who brings the pergola?', html: '<p>Who of you brings the pergola?</p>', text: 'Who of you brings the pergola?', at: new Date(Date.now() - 3_600_000),
  }]);
  await page.evaluate((file) => window.parley.invoke['import.start']({ path: file }), path);
  await expect.poll(() => page.evaluate(async () => { const found = await window.parley.invoke['search.query']({ text: 'pergola', before: null, limit: 5 }); return found.ok && JSON.stringify(found.value).includes('Norah Field'); }), { timeout: 20_000 }).toBe(true);
  rmSync(folder, { recursive: true });
  await openByName(page, 'pergola');

  const audience = page.locator('[data-sheet=up] [data-test=audience]');
  await expect(audience).toHaveText('Private: only Norah Field');
  await page.screenshot({ path: resolve(looks, 'mail-reply.png') });
  await leaveComposer(page);
  await page.keyboard.press('Shift+M');
  await expect(page.getByRole('textbox', { name: 'To', exact: true })).toHaveValue('norah@fields.example');
  await expect(page.getByRole('textbox', { name: 'Cc', exact: true })).toHaveValue('bob@stone.example, eve@fields.example');
  await expect(audience).toHaveText('Private: Norah Field and 2 others');
  await expect(page.getByRole('button', { name: 'Reply all' })).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Mail to Norah Field' }).fill('Bob brings it, we bring the screws.');
  // A blind copy, written, taken back and sent: the same each time, and nobody sees it.
  await page.getByRole('button', { name: 'Bcc', exact: true }).click();
  await page.keyboard.type('boss@acme.example');
  await expect(audience).toHaveText('Private: Norah Field and 3 others');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-sheet=up] [data-test=send-bar]').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Bcc', exact: true })).toHaveValue('boss@acme.example');
  await expect(page.getByRole('textbox', { name: 'Cc', exact: true })).toHaveValue('bob@stone.example, eve@fields.example');
  for (const [theme, width] of [['light', 1440], ['dark', 1024]] as const) {
    await page.setViewportSize({ width, height: width === 1024 ? 700 : 900 });
    await page.evaluate((wanted) => window.parley.invoke['settings.update']({ patch: { theme: wanted } }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await page.screenshot({ path: resolve(looks, `mail-reply-all-${theme}.png`) });
  }
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect.poll(() => demoWorldOf(desk.workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
  const [sent] = demoWorldOf(desk.workspaceDir).outgoing;
  expect(sent?.to.toSorted((a, b) => a.localeCompare(b))).toEqual(['bob@stone.example', 'boss@acme.example', 'eve@fields.example', 'norah@fields.example']);
  expect(sent?.raw).toMatch(/^Cc: bob@stone\.example, eve@fields\.example\r$/m);
  expect(sent?.raw).not.toContain('boss');
  expect((await readMail(sent?.raw ?? '')).text).toContain('Bob brings it');
});
