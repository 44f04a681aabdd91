import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test, xAccount } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

test.use({ consoleOptions: { demo: 'never' } });

const folder = resolve(import.meta.dirname, '../results/look');

test('watch words are heard in a list of their own, taken in by one click, and never mixed with who waits', async ({ page, world }) => {
  mkdirSync(folder, { recursive: true });
  const { x } = world;
  await page.setViewportSize({ width: 1440, height: 900 });
  const added = await page.evaluate((account) => window.parley.invoke['account.add']({ account }), xAccount(world));
  expect(added).toMatchObject({ ok: true });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  const joe = x.peer.addUser({ username: 'joe_zip', name: 'Joe Zip' });
  x.peer.addPost({ authorId: joe.id, text: 'Zebrafone lost my number again, third time' });
  x.peer.addPost({ authorId: joe.id, text: 'anybody else with trouble tonight?' });
  const openBefore = await page.locator('.queue-title-count').textContent();

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
  await page.keyboard.type('Settings');
  await page.locator('[data-test=palette]').getByText('Settings', { exact: true }).click();
  await page.getByRole('tab', { name: 'Listening' }).click();
  await page.getByLabel('Watch words and @handles').fill('zebrafone\nOutage: trouble tonight, no signal\n@rival');
  await page.screenshot({ path: resolve(folder, 'light-listening.png') });
  await page.keyboard.press('Escape');
  const [accountId] = await page.evaluate(async () => {
    const answer = await window.parley.invoke['app.snapshot']({});
    return answer.ok ? answer.value.accounts.map((a) => a.id) : [];
  });
  await page.evaluate((id) => window.parley.invoke['account.sync']({ accountId: id }), accountId ?? '');
  await expect(page.locator('[data-action="heard.open"]')).toHaveText('2 heard', { timeout: 15_000 });
  expect(await page.locator('.queue-title-count').textContent()).toBe(openBefore);
  await page.locator('[data-action="heard.open"]').click();
  await expect(page.locator('[data-heard]')).toHaveCount(2);
  await page.getByRole('dialog').getByRole('radio', { name: 'Outage 1' }).click();
  await expect(page.locator('[data-heard]')).toContainText(['Outage: trouble tonight']);
  await expect(page.locator('[data-heard]')).toHaveCount(1);
  await page.getByRole('dialog').getByRole('radio', { name: 'All 2' }).click();
  await expect(page.locator('[data-heard]')).toHaveCount(2);
  await page.screenshot({ path: resolve(folder, 'light-heard.png') });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[role=dialog]').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' ')}`)).toEqual([]);
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { theme: 'dark' } }));
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.screenshot({ path: resolve(folder, 'dark-heard.png') });
  await page.locator('[data-heard]').last().locator('[data-action="heard.dismiss"]').click();
  await expect(page.locator('[data-heard]')).toHaveCount(1);
  await page.locator('[data-action="heard.take"]').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.locator('[data-sheet=up]')).toContainText(/trouble tonight|Zebrafone lost/, { timeout: 10_000 });
  // X takes no answer here, and the composer knows before the first key.
  await expect(page.locator('[data-sheet=up] [data-test=composer]')).toBeVisible();
  await expect(page.locator('[data-sheet=up] [data-test=composer]').getByRole('radio', { name: /Public reply, not possible here/ })).toBeVisible();
});
