import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { openByName, rows, start } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

// What is saved here stays out of the person's own downloads.
test.use({ consoleOptions: { env: { XDG_DOWNLOAD_DIR: mkdtempSync(join(tmpdir(), 'parley-downloads-')) } } });

const choose = async (page: Page, action: string): Promise<void> => {
  await page.locator('[data-action="customer.menu"]').press('Enter');
  await page.locator(`[data-action="${action}"]`).press('Enter');
};

test('everything about one customer is exported, then the customer is erased once the name is typed, by keyboard', async ({ page }) => {
  test.setTimeout(120_000);
  await start(page);
  await openByName(page, 'from:"Ben Oakes"');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Ben Oakes');
  await choose(page, 'customer.export');
  await page.locator('[data-action="export.go"]').press('Enter');
  await expect(page.locator('[data-test=export-job][data-state=done]')).toContainText('.zip');
  await look(page, 'rights', 'export');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await choose(page, 'customer.erase');
  await expect(page.locator('[data-test=erase-list]')).toContainText('entries of the timeline');
  await expect(page.getByRole('dialog')).toContainText('Parley - Ben Oakes - ');
  await look(page, 'rights', 'erase');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel('Type “Ben Oakes” to go on').fill('Ben');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByLabel('Type “Ben Oakes” to go on').fill('ben oakes');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast', { hasText: 'Ben Oakes was erased' })).toBeVisible({ timeout: 20_000 });
  await expect(rows(page).filter({ hasText: 'Ben Oakes' })).toHaveCount(0);
  await expect(page.getByText('Open a conversation to see the customer')).toBeVisible();
});
