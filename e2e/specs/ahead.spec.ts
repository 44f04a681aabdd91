import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bridge } from '../../src-preload/bridge.ts';
import { rows, timeline } from '../fixtures/desk.ts';
import { expect, mailAccount, test } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

test.use({ consoleOptions: { demo: 'never', env: { PARLEY_TRACE: 'bridge' } } });

test('the next conversations stand ready under the open one and do nothing before they are opened; then they are as new', async ({ desk, page, world }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  const { imap } = world;
  let n = 0;
  const deliver = (name: string, text: string, minutesAgo: number, type = 'text/plain'): void => {
    n += 1;
    imap.peer.deliver(imap.user, `Message-ID: <ahead${n}@example.org>\r\nDate: ${new Date(Date.now() - minutesAgo * 60_000).toUTCString()}\r\nFrom: ${name} <${name.toLowerCase()}@example.org>\r\nTo: ${imap.user}\r\nSubject: Question ${n}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${text}\r\n`);
  };
  expect(await page.evaluate((account) => window.parley.invoke['account.add']({ account }), mailAccount(world))).toMatchObject({ ok: true });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  deliver('Ann', 'Where is my parcel?', 120);
  deliver('Bob', 'Do you open on Sunday?', 90);
  deliver('Eve', '<p>My <b>lamp</b> is broken.</p><table><tr><td>Order</td><td>4711</td></tr></table>', 60, 'text/html');
  await expect(rows(page)).toHaveCount(3, { timeout: 15_000 });
  const asked = (command: string): number => readFileSync(join(desk.workspaceDir, 'logs', 'console.jsonl'), 'utf8').split('\n').filter((line) => line.includes('"bridge.call"') && line.includes(`"${command}"`)).length;
  const ahead = (name: string) => page.locator('[data-sheet=ahead]', { has: page.locator('.conversation-name', { hasText: name }) });
  const row = (name: string) => rows(page).filter({ hasText: name });

  // The claim of the one that waits runs out by itself.
  await row('Bob').click();
  await page.locator('[data-sheet=up] [data-action="desk.claim"]').click();
  await expect(row('Bob').locator('.initials')).toBeVisible();
  await row('Ann').click();
  await expect(ahead('Bob')).toHaveAttribute('inert', '');
  await expect(ahead('Eve').locator('.mail-frame iframe')).toBeAttached();
  await expect(page.locator('[data-sheet=up] .conversation-name')).toHaveText('Ann');
  const kept = asked('desk.keep');

  await expect(row('Ann')).not.toHaveClass(/is-unread/, { timeout: 5_000 });
  for (const command of ['draft.save', 'draft.discard', 'mention.seen']) expect(asked(command), command).toBe(0);
  expect(asked('desk.keep')).toBe(kept);

  // Nobody finds what waits: no key, no name, no click.
  await page.keyboard.press('m');
  await expect(page.locator('[data-sheet=up] [data-focus-target=composer]')).toBeFocused();
  await page.keyboard.type('To Ann.');
  await expect(page.getByRole('textbox', { name: 'Mail to Bob' })).toHaveCount(0);
  expect(await page.locator('[data-sheet=ahead] textarea').evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value))).toEqual(['', '']);

  // Somebody writes to one that stands ready.
  deliver('Bob', 'On Sunday evening, I mean.', 0);
  await expect(row('Bob')).toHaveClass(/is-unread/, { timeout: 15_000 });
  await expect(ahead('Bob').getByText('On Sunday evening, I mean.')).toBeAttached();
  await page.locator('[data-focus-target=queue]').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  // Keys behind it are for the conversation that is open now, however quick they are.
  await page.keyboard.press('m');
  await page.keyboard.type('Until nine.');
  await expect(timeline(page).getByText('On Sunday evening, I mean.')).toBeInViewport();
  await expect(timeline(page).getByText('New', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Mail to Bob' })).toHaveValue('Until nine.');
  await expect.poll(() => asked('desk.keep')).toBeGreaterThan(kept);
  // Read is what was on screen for a second; Eve stood ready all the time.
  await expect(row('Bob')).not.toHaveClass(/is-unread/, { timeout: 5_000 });
  await expect(row('Eve')).toHaveClass(/is-unread/);

  // What came while it waited was on screen from the first moment: it is no news. What comes now is.
  deliver('Bob', 'Forget it.', 0);
  await expect(timeline(page).getByText('Forget it.')).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=stale] .stale-news li')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');

  // A formatted mail that stood ready is there with its page; what was begun for Ann is still hers.
  await page.keyboard.press('Escape');
  const waited = await ahead('Eve').elementHandle();
  await page.keyboard.press('e');
  expect(await waited?.evaluate((element) => (element as HTMLElement).dataset['sheet'])).toBe('up');
  await expect(page.frameLocator('[data-sheet=up] .mail-frame iframe').getByText('4711')).toBeVisible();
  await row('Ann').click();
  await expect(page.getByRole('textbox', { name: 'Mail to Ann' })).toHaveValue('To Ann.');
  await expect(page.locator('.sheet')).toHaveCount(2);
});
