import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, start, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { connectTelephone } from '../fixtures/telephone.ts';

declare const window: Window & { parley: Bridge };

const bar = (page: Page) => page.locator('[data-test=call-bar]');
const numberOf = (page: Page, name: string): Promise<string> => page.evaluate(async (wanted) => {
  const found = await window.parley.invoke['customer.find']({ text: wanted, limit: 1 });
  const conversationId = found.ok ? found.value.customers[0]?.conversationId : null;
  const opened = conversationId == null ? null : await window.parley.invoke['conversation.open']({ conversationId, limit: 1 });
  return opened?.ok === true ? (opened.value.customer.identities.find((identity) => identity.kind === 'phone')?.value ?? '') : '';
}, name);

const callsWith = (page: Page, name: string): Promise<number> => page.evaluate(async (wanted) => {
  const found = await window.parley.invoke['customer.find']({ text: wanted, limit: 1 });
  const entries = await window.parley.invoke['customer.entries']({ customerId: found.ok ? (found.value.customers[0]?.id ?? '') : '', kind: 'call', before: null, limit: 200 });
  return entries.ok ? entries.value.entries.length : -1;
}, name);

test('by keyboard: a call is logged within ten seconds with its promise, which stands above a post and stops another amount', async ({ page }) => {
  test.setTimeout(90_000);
  await start(page);
  await openByName(page, 'from:"Tom Whitcombe" kind:post');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Tom Whitcombe');
  await leaveComposer(page);
  const begun = Date.now();
  await page.keyboard.press('l');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) .outcomes [aria-checked=true]')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Line was dead since Monday.\nWe take £20 off the next bill.', { delay: 25 });
  await page.keyboard.press('Control+Shift+Digit1');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-test=call-mark]')).toContainText('We take £20 off the next bill.');
  await page.keyboard.press('Tab');
  if (await page.locator(':is([data-sheet=up], [role=dialog]) [data-test=call-mark] button').evaluate((button) => button === document.activeElement)) await page.keyboard.press('Tab');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-test=disposition]')).toBeFocused();
  await page.keyboard.type('Sol');
  await page.keyboard.press('Tab');
  await page.keyboard.type('tomorrow 9');
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).locator('article', { hasText: 'Line was dead since Monday' })).toContainText('Solved');
  expect(Date.now() - begun).toBeLessThan(10_000);
  await expect(page.locator('.follow-list')).toContainText('Call back');

  await leaveComposer(page);
  await page.keyboard.press('b');
  await expect(page.locator('[data-sheet=up] [data-test=pinned]')).toContainText('We take £20 off the next bill.');
  await page.keyboard.type('We take £35 off your bill, Tom.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=differs]')).toContainText('This says £35; £20 is pinned');
});

test('who rings comes up without touching what is being written; one key opens, and what is logged and told is one entry', async ({ page }) => {
  test.setTimeout(120_000);
  await start(page);
  const telephone = await connectTelephone(page);
  const number = await numberOf(page, 'Maria Keller');
  const callsBefore = await callsWith(page, 'Maria Keller');
  await openByName(page, 'from:"Tom Whitcombe" kind:post');
  await leaveComposer(page);
  await page.keyboard.press('n');
  await page.keyboard.type('A note in the ');
  expect(await telephone.says('ringing', 'call-1', { number, extension: '101' })).toBe(202);
  await expect(bar(page)).toContainText('Maria Keller');
  await page.keyboard.type('middle');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]')).toHaveValue('A note in the middle');
  await look(page, 'phone', 'ringing');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Maria Keller');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) [data-test=call-pad]')).toBeVisible();
  await telephone.says('answered', 'call-1');
  await expect(bar(page)).toHaveAttribute('data-state', 'answered');
  await page.getByRole('textbox', { name: 'Call note' }).focus();
  await page.keyboard.type('Asked about the router.\nShe said: the app is confusing.');
  await page.keyboard.press('Control+Shift+Digit4');
  await telephone.says('ended', 'call-1');
  await expect(bar(page)).toHaveAttribute('data-state', 'ended');
  await look(page, 'phone', 'pad');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).locator('article', { hasText: 'Asked about the router' })).toHaveCount(1);
  await expect(bar(page)).toBeHidden();
  expect(await callsWith(page, 'Maria Keller')).toBe(callsBefore + 1);

  // Nobody has this number; the telephone system has a name for it.
  await telephone.says('ringing', 'call-2', { number: '+44 7700 900999', name: 'Ben Oakes' });
  await expect(bar(page)).toContainText('Is this Ben Oakes');
  await look(page, 'phone', 'guess');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('F4');
  await expect(bar(page)).toContainText('Nobody has this number yet.');
  await page.keyboard.press('Shift+F2');
  await expect(bar(page)).toBeHidden();
  await telephone.says('ringing', 'call-3', { number: '+44 7700 900998', name: 'Ben Oakes' });
  await expect(bar(page)).toContainText('Is this Ben Oakes');
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Ben Oakes');
  await expect(page.locator('.identity-list')).toContainText('+44 7700 900998');
});

test('a telephone link of a second start opens the pad with its number; a hostile one is one sentence', async ({ desk }) => {
  test.setTimeout(60_000);
  const { page } = desk;
  await start(page);
  test.skip(desk.shell === 'electron', 'Electron hands a second start over by its own lock, which its own tests show');
  const second = (link: string): Promise<void> => new Promise((done) => {
    spawn(process.execPath, [resolve(import.meta.dirname, '../../out/main/entry-node.js'), '--workspace', desk.workspaceDir, link], { stdio: 'ignore' }).once('close', () => done());
  });
  await second('tel:+44%207700%20900355');
  await expect(page.getByRole('dialog')).toContainText('Log a call');
  await expect(page.getByRole('textbox', { name: 'Number' })).toHaveValue('+44 7700 900355');
  await expect(page.locator('.found .preset')).toHaveCount(1);
  await look(page, 'phone', 'link');
  await page.keyboard.press('Escape');
  await second('tel:*%2306%23');
  await expect(page.getByRole('alert')).toContainText('a command for telephones');
});

test('the telephone is set up in the settings: the token is shown once, Asterisk needs its secret', async ({ page }) => {
  test.setTimeout(60_000);
  await start(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
  await page.keyboard.type('Telephone system');
  await expect(page.locator('[data-test=palette] [data-chosen=true]')).toContainText('Telephone system');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-test=phone-page]')).toBeVisible();
  await page.locator('[data-test=phone-http]').click();
  await expect(page.locator('[data-test=phone-token] code')).toHaveText(/^[\w-]{32}$/);
  await expect(page.locator('.phone-state').first()).toContainText('Takes call events at');
  // Its state stands in the title bar beside the accounts.
  await expect(page.locator('[data-call-source=http]')).toHaveAttribute('aria-label', 'Events from a telephone system: On');
  await page.locator('[data-test=phone-ami]').click();
  await expect(page.getByRole('alert')).toContainText('both are needed');
  await look(page, 'phone', 'settings');
});
