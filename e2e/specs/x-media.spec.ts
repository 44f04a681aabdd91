import { expect, test } from '../fixtures/console.ts';
import { openByName, rows, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

test('pictures with their descriptions, a film, a quote, an edit and a reply under an advert: seen on the demo desk, by keyboard', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 30_000 });

  await openByName(page, 'zip storm torn');
  const grid = timeline(page).locator('[data-test=media]');
  await expect(grid.locator('img')).toHaveCount(4, { timeout: 15_000 });
  await expect(grid.getByRole('button').nth(3)).toContainText('0:32');
  await expect(timeline(page).locator('[data-test=post-counts]').first()).toHaveText('1 repost · 4 likes');
  await look(page, 'x-media', 'grid');
  await grid.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  const viewer = page.locator('[data-test=viewer]');
  await expect(viewer).toContainText('the second of its four lamps is red');
  await page.keyboard.press('ArrowRight');
  await expect(viewer).toContainText('torn off below its box');
  await look(page, 'x-media', 'viewer');
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(grid.getByRole('button').first()).toBeFocused();

  await openByName(page, 'Hafen street');
  await expect(timeline(page).locator('[data-test=quoted]')).toContainText('Works in the north district tonight');
  await expect(timeline(page).getByText('Only people it mentions can reply')).toBeVisible();
  await timeline(page).getByRole('button', { name: 'Edited' }).click();
  await expect(timeline(page).locator('[data-test=edits]')).toContainText('Never read here');
  await look(page, 'x-media', 'quoted');

  // Replies under adverts are a part of the queue of their own.
  await page.getByRole('button', { name: 'Show a part of the queue' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Only replies under ads' }).or(page.getByRole('menuitemradio', { name: 'Only replies under ads' })).or(page.getByRole('menuitem', { name: 'Only replies under ads' })).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('Kofi Mensah');
  await rows(page).first().click();
  const parent = timeline(page).locator('[data-test=post-parent]');
  await expect(parent).toContainText('Fibre from 19.90 a month');
  await parent.getByRole('button').click();
  await expect(parent.locator('.post-parent-full')).toContainText('installed within ten days');
  await expect(timeline(page).locator('.entry').getByText('Ad', { exact: true })).toBeVisible();
  await look(page, 'x-media', 'advert');
  await page.getByRole('button', { name: /Show all conversations/ }).click();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(3);

  // Two handles of one brand: each row says which was addressed, and one key shows the rows of each alone.
  await page.locator('[data-focus-target=customer]').focus();
  const to = (handle: string) => rows(page).filter({ hasText: new RegExp(`to ${handle}\\b`) });
  for (const handle of ['@acmecare', '@acme']) {
    while (!(await page.getByRole('button', { name: new RegExp(`not only ${handle}$`) }).isVisible())) {
      const before = await page.locator('[data-test=live]').textContent();
      await page.keyboard.press('i');
      await expect(page.locator('[data-test=live]')).not.toHaveText(before ?? '');
    }
    await expect(to(handle).first()).toBeVisible();
    await expect(rows(page)).toHaveCount(await to(handle).count());
  }
  await expect(rows(page)).toContainText(['Theo Lang']);
  await page.keyboard.press('i');
  await expect(page.locator('.filter-chip')).toHaveCount(0);
  await expect(to('@acmecare').first()).toBeVisible();
  await look(page, 'x-media', 'handles');
});
