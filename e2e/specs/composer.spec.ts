import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, start } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

const box = (page: Page) => page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]');
const suggestions = (page: Page) => page.locator('[data-sheet=up] [data-test=suggestions]');
const lists = (page: Page) => page.locator('[data-test=responses]');

/** Misspelled words are marked where they stand, walked by one key, put right from a list or by the pointer, and taught. */
async function spelling(page: Page): Promise<void> {
  const marked = page.locator('[data-sheet=up] [data-test=spell-mirror] .misspelled');
  const list = page.locator('[data-test=spelling]');
  await box(page).fill('');
  await page.keyboard.type('Dear Jonas, your reciept for order AC-212x is at https://acme.exmple/reciept. A new router leaves tomorow, and the technicain will bring a Zipbox to your door, so that nobody has to wait at home for longer than one single hour. Write to jonas.ptit@northgate.example ');
  await expect(marked).toHaveText(['reciept', 'tomorow', 'technicain', 'Zipbox']);
  // Laid out as the field lays it out: what is pointed at is the word that is marked.
  const lines = await box(page).evaluate((area: HTMLTextAreaElement) => [area.scrollHeight, document.querySelector('.spell-copy')?.getBoundingClientRect().height]);
  expect(Math.abs((lines[0] ?? 0) - (lines[1] ?? 0))).toBeLessThan(1.5);
  await look(page, 'composer', 'spelling-marks');
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const word of ['technicain', 'tomorow']) {
    const at = await marked.filter({ hasText: word }).boundingBox();
    await page.mouse.click((at?.x ?? 0) + (at?.width ?? 0) / 2, (at?.y ?? 0) + (at?.height ?? 0) / 2, { button: 'right' });
    await expect(list).toHaveAttribute('aria-label', `Instead of “${word}”`);
    await page.keyboard.press('Escape');
  }
  await box(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 0));
  await page.keyboard.press('F7');
  await expect(list.getByRole('option').first()).toHaveText('receipt');
  await look(page, 'composer', 'spelling-list');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue(/^Dear Jonas, your receipt for .*exmple\/reciept\./);
  await expect(marked).toHaveText(['tomorow', 'technicain', 'Zipbox']);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('F7');
  await expect(list).toHaveAttribute('aria-label', 'Instead of “Zipbox”');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(marked).toHaveText(['tomorow', 'technicain']);
  // Its own undo takes a replaced word back.
  await page.keyboard.press('Control+z');
  await expect(box(page)).toHaveValue(/^Dear Jonas, your reciept for/);
  // With words selected Ctrl+K is a link.
  await page.keyboard.press('End');
}

test('suggestions stand beside the composer, one key inserts one and nothing leaves; help pages show what a link costs; emoji by name', async ({ page }) => {
  test.setTimeout(180_000);
  await start(page);
  await openByName(page, 'Zip router reboots is:inbound');
  await expect(suggestions(page).locator('[data-suggestion]').first()).toBeVisible();
  await leaveComposer(page);
  await page.keyboard.press('m');
  await expect(box(page)).toBeFocused();
  await look(page, 'composer', 'suggestions');
  await page.keyboard.press('Control+1');
  await expect(box(page)).not.toHaveValue('');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toBeHidden();
  // It was typed, as far as the field is concerned: its own undo takes it back.
  await page.keyboard.press('Control+z');
  await expect(box(page)).toHaveValue('');
  // Where there is little height they are a menu over the composer, and the key works as before.
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(suggestions(page)).toBeHidden();
  await page.locator('[data-sheet=up] [data-action="suggestions.fold"]').press('Enter');
  await page.locator('[data-action="suggestion.1"]').press('Enter');
  await expect(box(page)).not.toHaveValue('');
  await expect(box(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(box(page)).toHaveValue('');
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.keyboard.type('It restarts at three, see ');
  await page.keyboard.press('Control+Shift+h');
  await expect(lists(page)).toBeVisible();
  await page.keyboard.type('restarts');
  await expect(lists(page).getByRole('option').first()).toContainText('Your Zip router restarts by itself');
  await look(page, 'composer', 'help-pages');
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue('It restarts at three, see https://help.acme.example/zip-restarts');
  await page.keyboard.type(' :tada');
  await expect(lists(page).getByRole('option').first()).toContainText('🎉');
  await look(page, 'composer', 'emoji');
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue(/zip-restarts 🎉$/);
  await spelling(page);

  // The word that came back is chosen, and Ctrl+K would make a link of it.
  await leaveComposer(page);
  await openByName(page, 'from:"Dana Okafor" kind:post');
  await leaveComposer(page);
  await page.keyboard.press('r');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('//');
  await expect(lists(page)).toContainText('With a link this post costs $0.20 instead of $0.01.');
  await look(page, 'composer', 'help-page-price');
});

test('"send tomorrow 9" in words: it waits for its time, says so, and editing gives text and recipients back exactly', async ({ page }) => {
  test.setTimeout(120_000);
  await start(page);
  await openByName(page, 'Zip router reboots is:inbound');
  await leaveComposer(page);
  await page.keyboard.press('m');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('Good morning Jonas, the new box is on its way.');
  await page.keyboard.press('Control+Shift+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Send to Jonas Petit later');
  await dialog.getByRole('textbox').fill('tomorrow 9');
  await expect(dialog.locator('[data-test=understood]')).toBeVisible();
  await look(page, 'composer', 'send-later');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const bar = page.locator('[data-sheet=up] [data-test=send-bar]');
  await expect(bar).toContainText(/Sends .*09:00 · unless they write first/);
  await expect(box(page)).toHaveValue('');
  await look(page, 'composer', 'scheduled');
  await bar.getByRole('button', { name: 'Edit' }).click();
  await expect(box(page)).toHaveValue('Good morning Jonas, the new box is on its way.');
  await expect(bar).toBeHidden();
});
