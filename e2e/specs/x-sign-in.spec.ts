import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import type { DemoWorld } from '../../src-main/demo/world.ts';
import { look } from '../fixtures/look.ts';
import { expect, test } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

test.use({ consoleOptions: { demo: 'never' } });

const folder = resolve(import.meta.dirname, '../results/look');

/** What the person does in the browser: picks the account on X's page, presses the button, and is led back. */
async function onXsPage(url: string, userId: string, decision: 'allow' | 'cancel'): Promise<void> {
  expect((await fetch(url)).status).toBe(200);
  const form = new URLSearchParams(new URL(url).searchParams);
  form.set('user_id', userId);
  form.set('decision', decision);
  const decided = await fetch(new URL('/i/oauth2/authorize', url), { method: 'POST', body: form, redirect: 'manual' });
  expect((await fetch(decided.headers.get('location') ?? '')).status).toBe(200);
}

const waiting = (page: Page) => page.locator('[data-test=sign-in-waiting]');
const addressOf = async (page: Page): Promise<string> => (await waiting(page).getAttribute('data-url')) ?? '';

async function begin(page: Page, { x }: DemoWorld): Promise<void> {
  const form = page.getByRole('dialog');
  await form.getByLabel('Client ID').fill(x.care.oauth2.clientId);
  await form.getByText('Company gateway', { exact: true }).click();
  await form.getByLabel('API address').fill(x.url);
  await form.getByLabel('Sign-in page').fill(x.url);
  await form.locator('[data-action="account.signIn"]').click();
  await expect(waiting(page)).toBeVisible();
}

test('sign in on X’s page: declined, cancelled, then given; the account appears and mentions arrive; signing in again keeps everything', async ({ page, world }) => {
  test.setTimeout(120_000);
  mkdirSync(folder, { recursive: true });
  const { x } = world;
  // The question before a page is opened outside; the test is the browser itself.
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.locator('[data-test=welcome] [data-action="app.connectX"]').click();
  await expect(page.getByLabel('Client ID')).toBeVisible();
  await page.screenshot({ path: resolve(folder, 'light-x-sign-in.png') });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[role=dialog]').analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
  await look(page, 'look', 'x-page');
  await page.getByRole('dialog').getByText('OAuth 2 token', { exact: true }).click();
  await expect(page.getByLabel('App bearer token')).toHaveAttribute('type', 'password');
  await look(page, 'look', 'x-tokens');
  await page.getByRole('dialog').getByText('Sign in on x.com', { exact: true }).click();
  await page.setViewportSize({ width: 1024, height: 700 });

  await begin(page, world);
  await onXsPage(await addressOf(page), x.care.userId, 'cancel');
  await expect(page.getByRole('alert')).toContainText('declined');
  await page.locator('[data-action="account.signIn"]').click();
  await expect(waiting(page)).toBeVisible();
  await page.screenshot({ path: resolve(folder, 'light-x-sign-in-waiting.png') });
  await page.locator('[data-action="account.cancelSignIn"]').click();
  await expect(page.locator('[data-action="account.signIn"]')).toBeVisible();

  await page.locator('[data-action="account.signIn"]').click();
  await expect(waiting(page)).toBeVisible();
  await onXsPage(await addressOf(page), x.care.userId, 'allow');
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 15_000 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole('listbox', { name: 'Conversations' }).getByRole('option').first()).toBeVisible({ timeout: 15_000 });

  // X ends the sign-in: the banner leads to a new one, and the client ID is not asked again.
  const rowsBefore = (await page.evaluate(() => window.parley.invoke['app.snapshot']({}))) as { ok: true; value: { accounts: { id: string; address: string }[]; counts: { open: number } } };
  for (const grant of x.peer.state.grants) grant.revoked = true;
  const [account] = rowsBefore.value.accounts;
  await page.evaluate((accountId) => window.parley.invoke['account.sync']({ accountId }), account?.id ?? '');
  await page.locator('[data-action="banner.signIn"]').click();
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { theme: 'dark' } }));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.screenshot({ path: resolve(folder, 'dark-x-sign-in-again.png') });
  await page.locator('[data-action="account.signIn"]').click();
  await expect(waiting(page)).toBeVisible();
  await onXsPage(await addressOf(page), x.care.userId, 'allow');
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 15_000 });
  await expect(page.locator('[data-action="banner.signIn"]')).toBeHidden({ timeout: 15_000 });
  const rowsAfter = (await page.evaluate(() => window.parley.invoke['app.snapshot']({}))) as typeof rowsBefore;
  expect(rowsAfter.value.accounts.map((a) => [a.id, a.address])).toEqual([[account?.id, '@acmecare']]);
  expect(rowsAfter.value.counts.open).toBe(rowsBefore.value.counts.open);
});
