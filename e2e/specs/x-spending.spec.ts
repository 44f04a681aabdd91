import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Bridge } from '../../src-preload/bridge.ts';
import { leaveComposer, openByName } from '../fixtures/desk.ts';
import { expect, test } from '../fixtures/console.ts';

declare const window: Window & { parley: Bridge };

const folder = resolve(import.meta.dirname, '../results/look');

test('X spending: what for, a limit that asks before a paid answer, and reading that stops until it is let on', async ({ page }) => {
  test.setTimeout(120_000);
  mkdirSync(folder, { recursive: true });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { theme: 'light' } }));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('[data-action="spend.open"]').click();
  const care = page.getByRole('region', { name: '@acmecare' });
  await expect(care.locator('[data-spend]').first()).toBeVisible();
  await page.screenshot({ path: resolve(folder, 'light-spending.png') });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[role=dialog]').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' ')}`)).toEqual([]);
  // A limit far under what is spent: reading stops at once, and says so where one looks.
  await care.getByLabel('Limit a day, $').fill('0.01');
  await care.getByLabel('Limit a day, $').press('Enter');
  await expect(care.getByText('Reading is paused.')).toBeVisible({ timeout: 15_000 });
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { theme: 'dark' } }));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: resolve(folder, 'dark-spending-paused.png') });
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-test=spend-banner]')).toContainText('@acmecare: Reading is paused', { timeout: 15_000 });
  await expect(page.locator('.account-dot.is-paused')).toHaveCount(1);

  await page.setViewportSize({ width: 1440, height: 900 });
  await openByName(page, 'from:"Martha Quill" kind:post');
  await leaveComposer(page);
  await page.keyboard.press('r');
  await page.keyboard.type('Written over the limit.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=over-limit]')).toContainText('This costs $0.010');
  await page.screenshot({ path: resolve(folder, 'dark-over-limit.png') });
  await page.locator('[data-sheet=up] [data-action="composer.sendOverLimit"]').click();
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toBeVisible();

  await page.locator('[data-action="spend.allowToday"]').click();
  await expect(page.locator('[data-test=spend-banner]')).toBeHidden({ timeout: 15_000 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 15_000 });
});
