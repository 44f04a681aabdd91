import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, rows, timeline } from '../fixtures/desk.ts';
import { demoWorldOf, readMail } from '../fixtures/world.ts';

test('an agent takes the top of the queue by keyboard, answers a mail and a post, logs a call: one story, and the other side holds both answers', async ({ desk }) => {
  const { page } = desk;
  await expect(page.locator('[data-test=demo-banner]')).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  // History, mailbox and both X accounts are in when the last of them is live.
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });

  // The top conversation, by keyboard.
  await page.getByRole('listbox', { name: 'Conversations' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.keyboard.press('c');
  await expect(timeline(page).getByText('RB claimed this')).toBeVisible();

  // One customer known on every channel, who wrote mails and posts and called.
  await openByName(page, 'from:"Tom Whitcombe" kind:mail');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Tom Whitcombe');

  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('Hello Tom, the line card is replaced tonight. धन्यवाद!');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
  await expect.poll(() => demoWorldOf(desk.workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
  const mail = await readMail(demoWorldOf(desk.workspaceDir).outgoing[0]?.raw ?? '');
  expect(mail.text).toContain('the line card is replaced tonight. धन्यवाद!');
  expect(mail.inReplyTo).toMatch(/^<[^<>\s]+>$/);
  expect(mail.references.at(-1)).toBe(mail.inReplyTo);
  expect(mail.references.length).toBeGreaterThan(1);

  // A call, in the same conversation.
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.getByRole('textbox', { name: 'Call note' }).fill('Told him about tonight. He will be at home from six.');
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).getByText('He will be at home from six.')).toBeVisible();

  // His post that mentions us, answered in public.
  await leaveComposer(page);
  await page.keyboard.press('b');
  await expect(page.locator('[data-sheet=up] [data-test=audience]')).toHaveText('Public: everyone sees this');
  await page.keyboard.type('Our engineer comes tonight, Tom.');
  await page.keyboard.press('Control+Enter');
  const ours = () => Object.values(demoWorldOf(desk.workspaceDir).x.posts).find((post) => post.text.includes('Our engineer comes tonight'));
  await expect.poll(() => ours()?.text, { timeout: 30_000 }).toContain('^RB');
  const parent = Object.values(demoWorldOf(desk.workspaceDir).x.posts).find((post) => post.id === ours()?.inReplyToId);
  expect(parent?.text).toContain('@acmecare');

  // A restart loses nothing of it.
  await desk.restart();
  const after = desk.page;
  await expect(rows(after).first()).toBeVisible();
  await openByName(after, 'line card replaced tonight');
  await expect(after.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Tom Whitcombe');
  await expect(timeline(after).getByText('the line card is replaced tonight')).toBeVisible();
  await expect(timeline(after).getByText('He will be at home from six.')).toBeVisible();
  await expect(timeline(after).getByText('Our engineer comes tonight, Tom.')).toBeVisible();
  expect(demoWorldOf(desk.workspaceDir).outgoing).toHaveLength(1);
});

test('leaving the demo desk leads to an own, empty desk, and back', async ({ page }) => {
  await page.locator('[data-action="app.leaveDemo"]').click();
  await expect(page.locator('[data-test=welcome]')).toBeVisible();
  await page.locator('[data-test=welcome] [data-action="app.openDemo"]').click();
  await expect(page.locator('[data-test=demo-banner]')).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
});

test('a VIP mark puts a customer on row 1 within two seconds, and undo of a send gives the text back', async ({ page }) => {
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await openByName(page, 'from:"Ben Oakes" kind:post');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Ben Oakes');
  await page.getByRole('switch', { name: 'VIP' }).click();
  await expect(rows(page).filter({ hasText: 'Ben Oakes' })).toBeVisible({ timeout: 2_000 });
  await leaveComposer(page);
  await page.keyboard.press('b');
  await page.keyboard.type('We are on our way');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-sheet=up] [data-action="outbox.undo"]').first().click();
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]')).toHaveValue('We are on our way');
});

test('a button says what it does to whoever rests on it or comes to it by key; going on leaves no key behind in the composer', async ({ page }) => {
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  const list = page.getByRole('listbox', { name: 'Conversations' });
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const tip = page.locator('.tooltip');
  const snooze = page.locator('[data-sheet=up] [data-action="desk.snooze"]');
  await snooze.hover();
  await expect(tip).toHaveText(/^Snooze/u);
  // The next one needs no wait, and words that change are changed where they stand.
  await page.locator('[data-sheet=up] [data-action="desk.claim"]').hover();
  await expect(tip).toHaveText(/^Take it/u);
  await page.keyboard.press('c');
  await expect(tip).toHaveText(/^Give it back/u);
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await page.mouse.move(700, 500);
  await snooze.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(tip).toHaveText(/^Snooze/u);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(tip).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const before = await page.locator('[data-sheet=up] .conversation-name').textContent();
  await page.locator('[data-sheet=up] .mode-switch [role=radio][aria-checked=true]').focus();
  await page.keyboard.press('e');
  await expect(page.locator('[data-sheet=up] .conversation-name')).not.toHaveText(before ?? '');
  expect(await page.evaluate(() => document.activeElement?.closest('.composer') ?? null)).toBeNull();
});
