import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { leaveComposer, openByName, rows, start, timeline } from '../fixtures/desk.ts';
import { expect, mailAccount, test } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

const composer = (page: Page) => page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]');

test.describe('on a desk of one mailbox', () => {
  test.use({ consoleOptions: { demo: 'never' } });

  test('a VIP mark is on row 1 within two seconds, an urgent word is named and outranks older questions, and a stale answer is stopped with what came', async ({ page, world }) => {
    test.setTimeout(90_000);
    const { imap } = world;
    let n = 0;
    const deliver = (from: string, text: string, minutesAgo: number): void => {
      n += 1;
      imap.peer.deliver(imap.user, `Message-ID: <proof${n}@example.org>\r\nDate: ${new Date(Date.now() - minutesAgo * 60_000).toUTCString()}\r\nFrom: ${from}\r\nTo: ${imap.user}\r\nSubject: Question ${n}\r\n\r\n${text}\r\n`);
    };
    deliver('Ann Lee <ann@example.org>', 'Where is my parcel?', 120);
    deliver('Bob Ray <bob@example.org>', 'Do you open on Sunday?', 30);
    const added = await page.evaluate((account) => window.parley.invoke['account.add']({ account }), mailAccount(world));
    expect(added).toMatchObject({ ok: true });
    await expect(rows(page)).toHaveCount(2, { timeout: 15_000 });
    await expect(rows(page).first()).toContainText('Ann Lee');
    await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });

    deliver('Carla Diaz <carla@example.org>', 'We are stranded at the airport.', 0);
    await expect(rows(page).first()).toContainText('Carla Diaz', { timeout: 15_000 });
    await expect(rows(page).first()).toContainText('urgent: stranded');

    await rows(page).filter({ hasText: 'Bob Ray' }).click();
    await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Bob Ray');
    await page.getByRole('switch', { name: 'VIP' }).click();
    await expect(rows(page).first()).toContainText('Bob Ray', { timeout: 2_000 });

    await leaveComposer(page);
    await page.keyboard.press('m');
    await page.keyboard.type('We do, from ten.');
    deliver('Bob Ray <bob@example.org>', 'Forget it, I found another shop.', 0);
    await expect(timeline(page).getByText('I found another shop')).toBeVisible({ timeout: 15_000 });
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('[data-sheet=up] [data-test=stale]')).toContainText('Forget it, I found another shop.');
    expect(world.smtp.peer.messages()).toHaveLength(0);
    // The choice that costs nothing has the focus, and the text is whole.
    await expect(page.getByRole('button', { name: 'Keep editing' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(composer(page)).toHaveValue('We do, from ten.');
    // Having read it, the writer may send.
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
  });

  test('order, view and the conversation on screen are there again after a restart', async ({ desk, world }) => {
    const { imap } = world;
    for (const [name, minutes] of [['ann', 90], ['bob', 60], ['eve', 30]] as const) {
      imap.peer.deliver(imap.user, `Message-ID: <order-${name}@example.org>\r\nDate: ${new Date(Date.now() - minutes * 60_000).toUTCString()}\r\nFrom: ${name}@example.org\r\nTo: ${imap.user}\r\nSubject: Hi\r\n\r\n${name === 'eve' ? 'urgent!' : 'hello'}\r\n`);
    }
    await desk.page.evaluate((account) => window.parley.invoke['account.add']({ account }), mailAccount(world));
    await expect(rows(desk.page)).toHaveCount(3, { timeout: 15_000 });
    await expect(rows(desk.page).first()).toContainText('eve@example.org');
    await desk.page.getByRole('listbox', { name: 'Conversations' }).focus();
    await desk.page.keyboard.press('o');
    await expect(rows(desk.page).first()).toContainText('ann@example.org');
    await desk.page.keyboard.press('g');
    await desk.page.keyboard.press('u');
    await expect(desk.page.getByRole('tab', { name: /Unassigned/ })).toHaveAttribute('aria-selected', 'true');
    await expect(rows(desk.page)).toHaveCount(3);
    await desk.page.keyboard.press('End');
    await desk.page.keyboard.press('Enter');
    await expect(desk.page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('eve@example.org');
    // What is on screen is kept when the agent has stopped walking.
    await expect.poll(() => desk.page.evaluate(async () => { const now = await window.parley.invoke['app.snapshot']({}); return now.ok && now.value.settings.selectedConversation !== null; })).toBe(true);
    const page = await desk.restart();
    await expect(page.getByRole('tab', { name: /Unassigned/ })).toHaveAttribute('aria-selected', 'true');
    await expect(rows(page).first()).toContainText('ann@example.org');
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('eve@example.org');
    await expect(page.locator('.queue-row.is-open')).toContainText('eve@example.org');
  });
});

test('undo on each channel gives text, recipients and attachments back exactly', async ({ desk }) => {
  test.setTimeout(120_000);
  const { page } = desk;
  await start(page);
  const folder = mkdtempSync(join(tmpdir(), 'parley-undo-'));
  const file = join(folder, 'plan ग्राहक.txt');
  writeFileSync(file, 'a plan');
  const undo = async (): Promise<void> => {
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
    await expect(composer(page)).toHaveValue('');
    await page.keyboard.press('Control+z');
    await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toBeHidden();
  };
  await openByName(page, 'from:"Tom Whitcombe" kind:mail');
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Tom Whitcombe');
  await leaveComposer(page);
  await page.keyboard.press('m');
  const text = 'Dear Tom,\n\n  two spaces, a tab\t, धन्यवाद and an emoji 👩🏽‍🔧.\n';
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Cc', exact: true }).press('Enter');
  await page.keyboard.type('Second <second@example.org>, third@example.org');
  await page.getByRole('button', { name: 'Bcc', exact: true }).press('Enter');
  await page.keyboard.type('boss@acme.example');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('tom@example.org, "Whitcombe, T." <t@example.org>');
  await timeline(page).getByLabel('Subject').fill('Re: the plan, again');
  await desk.pick('[data-sheet=up] .writer input[type=file]', [file]);
  await expect(page.locator('[data-sheet=up] .writer')).toContainText('plan ग्राहक.txt');
  const head = async () => ({
    to: await page.getByRole('textbox', { name: 'To', exact: true }).inputValue(), cc: await page.getByRole('textbox', { name: 'Cc', exact: true }).inputValue(), bcc: await page.getByRole('textbox', { name: 'Bcc', exact: true }).inputValue(),
    subject: await timeline(page).getByLabel('Subject').inputValue(),
  });
  const before = await head();
  await composer(page).focus();
  await undo();
  await expect(composer(page)).toHaveValue(text);
  expect(await head()).toEqual(before);
  await expect(page.locator('[data-sheet=up] .writer')).toContainText('plan ग्राहक.txt');
  rmSync(folder, { recursive: true });

  for (const [key, words] of [['r', 'In public: “quotes”, ^ and \n\na blank line'], ['d', 'In private: 50 % off\n']] as const) {
    await openByName(page, 'from:"Dana Okafor" kind:post');
    await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('Dana Okafor');
    await leaveComposer(page);
    await page.keyboard.press(key);
    if (key === 'd') await page.keyboard.press('1');
    await expect(composer(page)).toBeFocused();
    await composer(page).fill(words);
    await undo();
    await expect(composer(page)).toHaveValue(words);
    await composer(page).fill('');
  }
});
