import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, rows, start } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

declare const window: Window & { parley: Bridge };

test('what is known about a customer is kept by keyboard, warns where it must, and each change has one undo', async ({ page }) => {
  test.setTimeout(150_000);
  await start(page);
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { customFields: [{ id: 'plan', name: 'Plan', type: 'choice', choices: ['Fibre 100', 'Fibre 500'] }, { id: 'lines', name: 'Lines', type: 'number', choices: [] }] } }));
  await openByName(page, 'from:"Tom Whitcombe"');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Tom Whitcombe');

  await page.getByRole('radiogroup', { name: 'Influencer' }).getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Wide reach', exact: true })).toBeChecked();
  await page.getByLabel('Why influencer').fill('Local radio host');
  await page.keyboard.press('Enter');
  await expect(rows(page).filter({ hasText: 'Tom Whitcombe' })).toContainText('influencer');

  const calls = page.locator('[data-test=wishes]').getByRole('radiogroup', { name: 'Call' });
  await calls.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(calls.getByRole('radio', { name: 'refuses' })).toBeChecked();
  await expect(page.locator('[data-sheet=up] [data-test=channel-wishes]')).toContainText('No calls');
  await leaveComposer(page);
  await page.keyboard.press('l');
  await expect(page.locator('[data-sheet=up] [data-test=channel-wishes]')).toHaveText('Tom Whitcombe wants no calls.');

  await leaveComposer(page);
  await page.locator('[data-action="customer.addDate"]').press('Enter');
  await page.getByLabel('Day', { exact: true }).fill('29');
  await page.getByLabel('Month').selectOption('February');
  await look(page, 'customer-panel', 'date');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.customer-scroll')).toContainText('29 February');
  const fields = page.locator('[data-test=own-fields]');
  await fields.getByLabel('Plan').selectOption('Fibre 500');
  await fields.getByLabel('Lines').fill('3');
  await page.keyboard.press('Enter');
  await fields.getByLabel('Language').selectOption('Portuguese');
  await expect(page.locator('.toast').last()).toContainText('Saved for Tom Whitcombe');
  await page.locator('.toast').last().getByRole('button', { name: 'Undo' }).click();
  await expect(fields.getByLabel('Lines')).toHaveValue('3');
  await expect(fields.getByLabel('Plan')).toHaveValue('Fibre 500');
  await leaveComposer(page);
  await look(page, 'customer-panel', 'panel');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('.customer-scroll').evaluate((pane) => pane.scrollTo(0, 10_000));
  await page.screenshot({ path: 'e2e/results/customer-panel/panel-below.png' });

  await page.locator('[data-action="customer.contacts"]').press('Enter');
  await expect(page.getByRole('dialog')).toContainText('All contacts with Tom Whitcombe');
  await look(page, 'customer-panel', 'contacts');
});

test('files of all channels stand in one place and open the message they came on', async ({ page }) => {
  test.setTimeout(90_000);
  await start(page);
  const found = await page.evaluate(async () => {
    const queue = await window.parley.invoke['queue.page']({ view: 'open', sort: 'priority', accountId: null, after: null, limit: 100 });
    for (const row of queue.ok ? queue.value.rows : []) {
      const files = await window.parley.invoke['customer.files']({ customerId: row.customerId, before: null, limit: 6 });
      if (files.ok && files.value.files.length > 0) return { name: row.customerName, file: files.value.files[0]?.attachment.name ?? '', messageId: files.value.files[0]?.messageId ?? 0 };
    }
    return null;
  });
  expect(found).not.toBeNull();
  await openByName(page, `from:"${found?.name ?? ''}"`);
  await expect(page.locator('[data-test=files] .file-tile').first()).toContainText(found?.file ?? '');
  await page.locator('[data-test=files]').scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'e2e/results/customer-panel/files.png' });
  await page.locator('[data-test=files] .file-tile').first().press('Enter');
  await expect(page.locator(`[data-sheet=up] [data-entry="${found?.messageId ?? 0}"]`)).toBeVisible();
});
