import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { command, leaveComposer, openByName } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { expect, test } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

test.use({ consoleOptions: { demo: 'never' } });

const box = (page: Page) => page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]');
const composer = (page: Page) => page.locator('[data-sheet=up] [data-test=composer]');
const sync = (page: Page): Promise<unknown> => page.evaluate(async () => {
  const answer = await window.parley.invoke['app.snapshot']({});
  if (answer.ok) for (const account of answer.value.accounts) await window.parley.invoke['account.sync']({ accountId: account.id });
});

/** What the person does in the browser: picks the account on X's page, presses the button, and is led back. */
async function allow(url: string, userId: string): Promise<void> {
  const form = new URLSearchParams(new URL(url).searchParams);
  form.set('user_id', userId);
  form.set('decision', 'allow');
  const decided = await fetch(new URL('/i/oauth2/authorize', url), { method: 'POST', body: form, redirect: 'manual' });
  expect((await fetch(decided.headers.get('location') ?? '')).status).toBe(200);
}

test('one story on X: signed in, a mention arrives, a reply X would refuse is explained, a DM leaves, a post deleted on X is gone here and not found', async ({ page, world }) => {
  test.setTimeout(120_000);
  const { x } = world;
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('[data-test=welcome] [data-action="app.connectX"]').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Client ID').fill(x.care.oauth2.clientId);
  await form.getByText('Company gateway', { exact: true }).click();
  await form.getByLabel('API address').fill(x.url);
  await form.getByLabel('Sign-in page').fill(x.url);
  await form.locator('[data-action="account.signIn"]').click();
  await expect(page.locator('[data-test=sign-in-waiting]')).toBeVisible();
  await allow((await page.locator('[data-test=sign-in-waiting]').getAttribute('data-url')) ?? '', x.care.userId);
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });

  const zara = x.peer.addUser({ username: 'zara_q', name: 'Zara Quill' });
  const mention = x.peer.addPost({ authorId: zara.id, text: '@acmecare my zebrafone line is dead' });
  await sync(page);
  await openByName(page, 'from:"Zara Quill"');
  await expect(page.locator('[data-sheet=up]')).toContainText('zebrafone line is dead');
  await expect(composer(page)).toHaveAttribute('data-mode', 'reply');

  // She goes on in the thread without naming us: X would refuse a reply, and the composer knows before the first key.
  const follow = x.peer.addPost({ authorId: zara.id, text: 'it is still dead, zebrafone people', inReplyToId: mention.id });
  await sync(page);
  await expect(page.locator('[data-sheet=up]')).toContainText('still dead', { timeout: 15_000 });
  await box(page).focus();
  await expect(composer(page).locator('.composer-reason')).toContainText('X takes our reply only if the author mentioned or quoted us');
  await expect(composer(page).locator('.composer-reason')).toContainText('Open on X');
  await look(page, 'x-story', 'refused');
  await leaveComposer(page);
  await page.keyboard.press('d');
  await expect(composer(page)).toHaveAttribute('data-mode', 'dm');
  await page.keyboard.press('6');
  await box(page).fill('Dear Zara, what is your number?');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => x.peer.dms().filter((dm) => dm.senderId === x.care.userId && dm.text.startsWith('Dear Zara')).length, { timeout: 20_000 }).toBe(1);

  x.peer.deletePost(follow.id);
  await sync(page);
  await expect(page.locator('[data-sheet=up] .is-tombstone')).toHaveCount(1, { timeout: 15_000 });
  await expect(page.locator('[data-sheet=up]')).not.toContainText('still dead');
  const found = await page.evaluate(() => window.parley.invoke['search.query']({ text: 'zebrafone', before: null, limit: 20 }));
  expect(found).toMatchObject({ ok: true, value: { hits: [{ excerpt: expect.stringContaining('line is dead') }] } });
  expect(found.ok && found.value.hits.length).toBe(1);
});

test('our own post: written, undone, sent, its replies seen, one hidden, the post deleted; and a matter moved from public to private with both drafts beside each other', async ({ page, world }) => {
  test.setTimeout(180_000);
  const { x } = world;
  await page.setViewportSize({ width: 1440, height: 900 });
  // The care handle with pasted OAuth 1.0a keys, the brand's own with a pasted OAuth 2 token.
  const form = page.getByRole('dialog');
  const { oauth1 } = x.care;
  await page.locator('[data-test=welcome] [data-action="app.connectX"]').click();
  await form.getByText('OAuth 1 keys', { exact: true }).click();
  await form.getByLabel('API address').fill(x.url);
  await form.getByLabel('API key', { exact: true }).fill(oauth1.appKey);
  await form.getByLabel('API key secret').fill(oauth1.appSecret);
  await form.getByLabel('Access token', { exact: true }).fill(oauth1.accessToken);
  await form.getByLabel('Access token secret').fill(`${oauth1.accessSecret}x`);
  await form.locator('[data-action="account.test"]').click();
  await expect(form.locator('.test-step.is-bad')).toContainText('X does not accept these tokens');
  await look(page, 'x-story', 'keys-refused');
  await form.getByLabel('Access token secret').fill(oauth1.accessSecret);
  await form.locator('[data-action="account.save"]').click();
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  await command(page, 'Connect X');
  await form.getByText('OAuth 2 token', { exact: true }).click();
  await form.getByLabel('API address').fill(x.url);
  await form.getByLabel('Access token', { exact: true }).fill(x.main.oauth2.accessToken);
  await form.locator('[data-action="account.save"]').click();
  await expect(page.locator('.account-dot.is-live')).toHaveCount(2, { timeout: 20_000 });
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { undoSeconds: { mail: 1, reply: 1, dm: 1 } } }));

  await page.locator('[data-focus-target=queue]').first().focus().catch(() => {});
  await page.keyboard.press('Shift+N');
  await form.getByRole('button', { name: '@acmecare' }).click();
  await expect(composer(page)).toHaveAttribute('data-mode', 'post', { timeout: 10_000 });
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('We open on Sunday, zebra stripes and all: https://acme.example/sunday');
  await expect(page.locator('[data-sheet=up] [data-test=counter]')).toContainText('with link');
  await look(page, 'x-story', 'own-post');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => x.peer.posts().find((p) => p.text.startsWith('We open on Sunday'))?.id ?? '', { timeout: 20_000 }).not.toBe('');
  const root = x.peer.posts().find((p) => p.text.startsWith('We open on Sunday'));
  const spam = x.peer.addUser({ username: 'spam_q', name: 'Spam Q' });
  const reply = x.peer.addPost({ authorId: spam.id, text: '@acmecare buy my coins', inReplyToId: root?.id ?? '' });
  await sync(page);
  const own = page.locator('[data-sheet=up] .entry.is-ours', { hasText: 'We open on Sunday' });
  await own.locator('[data-action="post.replies"]').click();
  await expect(own.locator('.reply-line')).toContainText('buy my coins');
  await look(page, 'x-story', 'replies');
  await own.locator('.reply-line').click();
  const theirs = page.locator('[data-sheet=up] .entry.is-theirs', { hasText: 'buy my coins' });
  await expect(theirs).toBeVisible();
  await theirs.focus();
  await page.keyboard.press('Shift+H');
  await expect.poll(() => x.peer.state.posts[reply.id]?.hidden, { timeout: 20_000 }).toBe(true);
  await expect(theirs).toContainText('Hidden by us');
  await look(page, 'x-story', 'hidden');

  // From public to private in one step: the line everybody sees, and the draft only she sees.
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { undoSeconds: { mail: 5, reply: 5, dm: 5 } } }));
  await leaveComposer(page);
  await page.keyboard.press('r');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('What is your order number?');
  await page.keyboard.press('Control+Shift+D');
  await expect(composer(page)).toHaveAttribute('data-mode', 'dm');
  const line = page.locator('[data-sheet=up] [data-test=public-line]');
  await expect(line.getByRole('textbox')).toHaveValue('I have sent you a direct message.');
  await expect(box(page)).toHaveValue('What is your order number?');
  await look(page, 'x-story', 'move-private');
  await page.locator('[data-sheet=up] [data-test=why] button').first().click();
  await line.getByRole('button', { name: /Reply as/ }).click();
  await expect(line).toBeHidden();
  await box(page).focus();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => [x.peer.posts().some((p) => p.text.includes('I have sent you a direct message.')), x.peer.dms().some((dm) => dm.text.startsWith('What is your order number?'))], { timeout: 20_000 }).toEqual([true, true]);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+N');
  await form.getByRole('button', { name: '@acmecare' }).click();
  await expect(own).toBeVisible();
  await own.focus();
  await page.keyboard.press('Shift+D');
  await expect(page.locator('[data-sheet=up] .action-line')).toBeVisible();
  await look(page, 'x-story', 'deleting');
  await expect.poll(() => x.peer.state.posts[root?.id ?? '']?.deletedAt, { timeout: 20_000 }).toBeDefined();
  await expect(page.locator('[data-sheet=up] .is-tombstone')).toHaveCount(1);
});
