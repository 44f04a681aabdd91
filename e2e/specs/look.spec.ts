import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';

declare const window: Window & { parley: Bridge };

const folder = resolve(import.meta.dirname, '../results/look');
const SIZES = [[1024, 700], [1440, 900], [2560, 1440]] as const;

async function ready(page: Page): Promise<void> {
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await page.getByRole('listbox', { name: 'Conversations' }).focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).not.toHaveValue('');
}

test('both themes at three sizes: pictures to look at, nothing sticks out, no contrast or naming fault', async ({ page }) => {
  test.setTimeout(180_000);
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await ready(page);
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => window.parley.invoke['settings.update']({ patch: { theme: wanted } }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: resolve(folder, `${theme}-${width}x${height}.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect([theme, width, overflow]).toEqual([theme, width, 0]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    // The page came over a remote connection: axe may not open a second one to finish in.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`), theme).toEqual([]);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
    await page.keyboard.type('zip bro');
    await expect(page.locator('[data-test=palette] [data-message]').first()).toBeVisible();
    await page.screenshot({ path: resolve(folder, `${theme}-palette.png`) });
    await page.keyboard.press('Escape');
    await page.locator('[data-focus-target=customer]').focus();
    await page.keyboard.press('l');
    await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-test=call-pad]')).toBeVisible();
    await page.screenshot({ path: resolve(folder, `${theme}-call.png`) });
    await page.keyboard.press('Escape');
    await page.locator('[data-focus-target=queue]').first().focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.screenshot({ path: resolve(folder, `${theme}-shortcuts.png`) });
    await page.keyboard.press('Escape');
  }
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { theme: 'light', density: 'compact' } }));
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  await page.screenshot({ path: resolve(folder, 'light-compact.png') });
});

test('at 200 % zoom everything is reachable and nothing sticks out', async ({ page }) => {
  mkdirSync(folder, { recursive: true });
  // Zoom halves the space in CSS pixels: 1440x900 at 200 % is 720x450.
  await page.setViewportSize({ width: 720, height: 450 });
  await expect(page.getByRole('listbox', { name: 'Conversations' }).getByRole('option').first()).toBeVisible({ timeout: 20_000 }).catch(() => {});
  await page.screenshot({ path: resolve(folder, 'zoom-200.png') });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});
