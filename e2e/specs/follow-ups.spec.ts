import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, rows, start } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

declare const window: Window & { parley: Bridge };

test('a follow-up in Bengali words with a prepared answer comes back at its minute, and its text is taken beside the draft, by keyboard', async ({ page }) => {
  test.setTimeout(120_000);
  await start(page);
  await openByName(page, 'from:"Maria Keller" is:inbound');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Maria Keller');
  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('What I was writing');
  await leaveComposer(page);
  await page.keyboard.press('h');
  await page.getByLabel('Or when?').fill('আগামী মঙ্গলবার সকাল ১০টা');
  await expect(page.locator('[data-test=understood]')).toContainText(/Tuesday, .* at 10:00/);
  await page.getByLabel('Note for then').fill('Ask about the flowers');
  await page.getByLabel('Answer for then').fill('Dear Maria, did the flowers arrive?');
  await look(page, 'follow-ups', 'make');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Come back then' }).click();
  await expect(page.getByText('Back with Maria Keller: Tuesday')).toBeVisible();

  // The same follow-up, now: nobody waits for Tuesday here.
  const moved = await page.evaluate(async () => {
    const list = await window.parley.invoke['followup.list']({ scope: 'mine' });
    const one = list.ok ? list.value.rows[0] : undefined;
    if (one === undefined) return false;
    const saved = await window.parley.invoke['followup.save']({ followUpId: one.id, conversationId: one.conversationId, at: Date.now() + 700, ends: one.ends, note: one.note, draft: one.draft });
    return saved.ok;
  });
  expect(moved).toBe(true);
  await expect(rows(page).filter({ hasText: 'Maria Keller' })).toContainText('follow-up', { timeout: 10_000 });
  await page.locator('[data-focus-target=queue]').first().focus();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.locator('[data-test=follow-ups]')).toContainText('Ask about the flowers');
  await expect(page.locator('.follow-open').first()).toBeFocused();
  await look(page, 'follow-ups', 'list');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-sheet=up] [data-test=due-follow-ups]')).toContainText('did the flowers arrive?');
  await leaveComposer(page);
  await look(page, 'follow-ups', 'due');
  await page.setViewportSize({ width: 1440, height: 900 });
  await leaveComposer(page);
  await page.keyboard.press('Shift+F');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]')).toHaveValue('What I was writing\n\nDear Maria, did the flowers arrive?');
  await expect(page.locator('[data-sheet=up] [data-test=due-follow-ups]')).toBeHidden();
});

test('a follow-up is changed and finished in the list, each with one undo', async ({ page }) => {
  test.setTimeout(90_000);
  await start(page);
  await openByName(page, 'from:"Ben Oakes"');
  await leaveComposer(page);
  await page.keyboard.press('h');
  await page.getByLabel('Note for then').fill('Ask again');
  await page.getByRole('radio', { name: 'Until they write' }).click();
  await page.locator('[data-preset=week]').click();
  await expect(page.getByText('Back with Ben Oakes')).toBeVisible();
  await page.locator('[data-focus-target=queue]').first().focus();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.locator('.follow-open').first()).toBeFocused();
  await page.keyboard.press('h');
  await page.getByLabel('Note for then').fill('Ask once more');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Now with Ben Oakes')).toBeVisible();
  await page.locator('[data-focus-target=queue]').first().focus();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.locator('[data-test=follow-ups]')).toContainText('Ask once more');
  await expect(page.locator('.follow-open').first()).toBeFocused();
  await page.keyboard.press('e');
  await expect(page.getByText('Nothing to come back to')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('.toast', { hasText: 'Follow-up done' }).getByRole('button', { name: 'Undo' }).click();
  const states = await page.evaluate(async () => {
    const list = await window.parley.invoke['followup.list']({ scope: 'all' });
    return list.ok ? list.value.rows.map((row) => [row.note, row.ends, row.state]) : [];
  });
  expect(states).toEqual([['Ask once more', 'reply', 'waiting']]);
});
