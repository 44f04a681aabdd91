import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, rows, start, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

declare const window: Window & { parley: Bridge };

test('a promise marked on a call stands above the answer to a post, and stops another amount, by keyboard', async ({ page }) => {
  test.setTimeout(90_000);
  await start(page);
  await openByName(page, 'from:"Maria Keller" is:inbound');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Maria Keller');
  await leaveComposer(page);
  await page.keyboard.press('l');
  await page.getByRole('textbox', { name: 'Call note' }).fill('Apologised for the outage. Promised a refund of €20 with the next bill.\nShe will not get the router fee back.');
  await page.keyboard.press('Control+Enter');
  const called = timeline(page).locator('article', { hasText: 'Promised a refund of €20' });
  await expect(called).toBeVisible();
  await called.focus();
  await page.keyboard.press('p');
  await expect(page.getByRole('radio', { name: 'Apologised for the outage.' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await look(page, 'customers', 'mark');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-sheet=up] [data-test=pinned]')).toContainText('Promised a refund of €20 with the next bill.');
  await expect(page.locator('[data-test=mark]')).toBeHidden();
  await called.focus();
  await page.keyboard.press('p');
  await expect(page.getByRole('radio', { name: 'Apologised for the outage.' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-sheet=up] [data-test=pinned] .pinned-line')).toHaveCount(2);

  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('Dear Maria, we will refund €25 with your next bill.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=differs]')).toContainText('This says €25; €20 is pinned');
  await look(page, 'customers', 'differs');
  await page.setViewportSize({ width: 1440, height: 900 });
  // The safe answer has the focus.
  await page.keyboard.press('Enter');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]')).toHaveValue(/€25/);
  await page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]').fill('Dear Maria, we will refund €20 with your next bill.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
});

test('two customers are compared, merged, and the merge undone from the timeline and from the pane', async ({ page }) => {
  test.setTimeout(90_000);
  await start(page);
  await openByName(page, 'from:"Ben Oakes"');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Ben Oakes');
  const merge = async (): Promise<void> => {
    await page.locator('[data-action="customer.menu"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-action="customer.merge"]').press('Enter');
    await page.getByLabel('Find the other customer').fill('Okafor');
    await page.locator('[data-customer]').first().press('Enter');
    await expect(page.getByRole('dialog')).toContainText('Both will be shown as');
  };
  await merge();
  await look(page, 'customers', 'merge');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel('How do we know?').fill('Told us on the phone');
  await page.locator('[data-action="merge.go"]').press('Enter');
  await expect(timeline(page).getByText('merged Dana Okafor into this customer')).toBeVisible();
  await expect(page.locator('.merge-line')).toContainText('Dana Okafor');
  await expect(rows(page).filter({ hasText: 'Dana Okafor' })).toHaveCount(0);
  await look(page, 'customers', 'merged');
  await page.setViewportSize({ width: 1440, height: 900 });
  await timeline(page).locator('.system-line').getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.merge-line')).toHaveCount(0);
  await expect(timeline(page).getByText('merged Dana Okafor into this customer')).toHaveCount(0);
  await openByName(page, 'from:"Dana Okafor"');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Dana Okafor');

  await openByName(page, 'from:"Ben Oakes"');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Ben Oakes');
  await merge();
  await page.locator('[data-action="merge.go"]').press('Enter');
  await page.locator('[data-action="customer.unmerge"]').press('Enter');
  await expect(page.locator('.merge-line')).toHaveCount(0);
});

test('a number that belongs to somebody else is not taken from them: the two are offered for comparison', async ({ page }) => {
  test.setTimeout(60_000);
  await start(page);
  await openByName(page, 'from:"Ben Oakes"');
  const found = await page.evaluate(() => window.parley.invoke['customer.find']({ text: 'Maria Keller', limit: 1 }));
  const maria = found.ok ? found.value.customers[0] : undefined;
  const opened = await page.evaluate((conversationId) => window.parley.invoke['conversation.open']({ conversationId, limit: 1 }), maria?.conversationId ?? '');
  const mail = opened.ok ? opened.value.customer.identities.find((identity) => identity.kind === 'email')?.display : undefined;
  await page.locator('[data-action="customer.menu"]').click();
  await page.locator('[data-action="customer.link"]').click();
  await page.getByRole('radio', { name: 'Address' }).click();
  await page.getByLabel('Address', { exact: true }).fill(mail ?? '');
  await page.getByLabel('How do we know it is the same person?').selectOption('told_us');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('belongs to Maria Keller');
  await look(page, 'customers', 'link');
  await page.locator('[data-action="link.merge"]').click();
  await expect(page.getByRole('dialog')).toContainText('Both will be shown as');
});
