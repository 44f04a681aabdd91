import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { command, openByName, rows, start, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { demoWorldOf } from '../fixtures/world.ts';

const composer = (page: Page) => page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]');
const customer = (page: Page) => page.getByRole('textbox', { name: 'Customer name' });

/** Out of the composer, to where letters are commands: Escape, and F6 walks on from wherever the focus is. */
async function out(page: Page): Promise<void> {
  const list = page.getByRole('listbox', { name: 'Conversations' });
  const isThere = (): Promise<boolean> => list.evaluate((element) => element === document.activeElement);
  await page.keyboard.press('Escape');
  for (let pane = 0; pane < 4 && !(await isThere()); pane += 1) await page.keyboard.press('F6');
  await expect(list).toBeFocused();
}
async function picture(page: Page, name: string): Promise<void> {
  const focused = await page.evaluateHandle(() => document.activeElement);
  await look(page, 'ten-minutes', name);
  await page.setViewportSize({ width: 1440, height: 900 });
  await focused.evaluate((element) => (element as HTMLElement | null)?.focus());
}
const sendAndSee = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
  // Until the text has gone from it, the box takes keys such as Ctrl+Z for its own.
  await expect(composer(page)).toHaveValue('');
};

test('ten minutes of an agent’s work by keyboard alone: triage, an answer on every channel, a call, a promise, a follow-up, a merge, a search', async ({ desk }) => {
  test.setTimeout(240_000);
  const { page } = desk;
  await start(page);
  const list = page.getByRole('listbox', { name: 'Conversations' });
  const mails = (): number => demoWorldOf(desk.workspaceDir).outgoing.length;
  const posts = () => Object.values(demoWorldOf(desk.workspaceDir).x.posts).filter((post) => post.text.includes('leaves today by courier'));

  // Triage: the most urgent first, by reason; the oldest first; who is VIP; back to all.
  await page.keyboard.press('F6');
  await expect(list).toBeFocused();
  await expect(rows(page).first()).toContainText('urgent:');
  await page.keyboard.press('o');
  await expect(page.getByRole('button', { name: 'Order: Longest waiting first' })).toBeVisible();
  await page.keyboard.press('o');
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await expect(page.getByRole('tab', { name: /VIP/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await expect(rows(page).nth(3)).toBeVisible();
  await picture(page, '1-triage');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const first = await rows(page).first().locator('.row-name').textContent();
  await expect(customer(page)).toHaveValue(first ?? '');
  await page.keyboard.press('c');
  await expect(timeline(page).getByText('RB claimed this')).toBeVisible();

  // A post: evaluated in four keys, answered in public.
  await openByName(page, 'from:"Dana Okafor" kind:post');
  await expect(customer(page)).toHaveValue('Dana Okafor');
  await page.keyboard.press('Shift+T');
  await expect(page.locator('[data-test=tree]')).toBeVisible();
  await page.keyboard.type('nnny');
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('Sorry, Dana. A power supply leaves today by courier.');
  await picture(page, '2-public');
  await sendAndSee(page);
  // And on in private, with the reason.
  await out(page);
  await page.keyboard.press('d');
  await page.keyboard.press('1');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('Which address may it go to?');
  await sendAndSee(page);

  // A mail from a canned response, its blanks filled by Tab.
  await openByName(page, 'from:"Maria Keller" is:inbound');
  await expect(customer(page)).toHaveValue('Maria Keller');
  await page.keyboard.press('m');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('/la');
  await expect(page.locator('[data-test=responses]')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(composer(page)).toHaveValue(/^Hello Maria, your router is late/);
  await page.keyboard.type('Friday');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Thursday');
  await picture(page, '3-canned');
  await sendAndSee(page);
  await page.keyboard.press('Control+z');
  await expect(composer(page)).toHaveValue(/says Friday; I will look again on Thursday/);
  await sendAndSee(page);
  // Gone before anything else is said: an answer the customer has overtaken would be stopped.
  await expect.poll(mails, { timeout: 40_000 }).toBe(1);

  // A call logged, and what was promised on it marked.
  await out(page);
  await page.keyboard.press('l');
  await page.getByRole('textbox', { name: 'Call note' }).focus();
  await page.keyboard.type('Asked about the slow evenings. Promised a refund of €20.');
  await picture(page, '4-call');
  await page.keyboard.press('Control+Enter');
  const call = timeline(page).locator('article', { hasText: 'Promised a refund of €20' });
  await expect(call).toBeVisible();
  await call.focus();
  await page.keyboard.press('p');
  await expect(page.getByRole('radio', { name: 'Asked about the slow evenings.' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-sheet=up] [data-test=pinned]')).toContainText('€20');

  // A note for colleagues, given to one with a word, and back tomorrow.
  await call.focus();
  await page.keyboard.press('n');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('She is at home from six.');
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).getByText('She is at home from six.')).toBeVisible();
  await out(page);
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByLabel('Or when?').focus();
  await page.keyboard.type('tomorrow 10:00');
  await expect(page.locator('[data-test=understood]')).toContainText('10:00');
  await picture(page, '5-follow-up');
  await page.getByLabel('Or when?').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();

  // Somebody else's, with a word.
  await openByName(page, 'from:"Hannah Brandt"');
  await expect(customer(page)).toHaveValue('Hannah Brandt');
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: 'Somebody else' }).focus();
  await page.keyboard.type('MK');
  await page.keyboard.press('Tab');
  await page.keyboard.type('You know her contract.');
  await picture(page, '6-assign');
  await page.getByRole('textbox', { name: /A word/ }).press('Enter');
  await expect(timeline(page).getByText('RB gave this to MK')).toBeVisible();

  // Two who are one.
  await openByName(page, 'from:"Ben Oakes"');
  await expect(customer(page)).toHaveValue('Ben Oakes');
  await command(page, 'Merge with another');
  await page.getByLabel('Find the other customer').focus();
  await page.keyboard.type('Okafor');
  await page.locator('[data-customer]').first().press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Both will be shown as');
  await page.locator('[data-action="merge.go"]').press('Enter');
  await expect(timeline(page).getByText('merged Dana Okafor into this customer')).toBeVisible();
  await timeline(page).locator('.system-line').getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(page.locator('.merge-line')).toHaveCount(0);

  // Search over everything, and done with the next.
  await openByName(page, 'slow evenings refund');
  await expect(customer(page)).toHaveValue('Maria Keller');
  await expect(call).toBeVisible();
  await out(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const top = (await rows(page).first().locator('.row-name').textContent()) ?? '';
  await expect(customer(page)).toHaveValue(top);
  await page.keyboard.press('e');
  await expect(rows(page).filter({ hasText: top })).toHaveCount(0);
  await expect(customer(page)).not.toHaveValue(top);
  await picture(page, '7-done');

  // What was written left, once each.
  expect(mails()).toBe(1);
  await expect.poll(() => posts().length, { timeout: 30_000 }).toBe(1);
});
