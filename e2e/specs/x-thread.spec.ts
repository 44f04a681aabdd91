import { expect, test } from '../fixtures/console.ts';
import { openByName, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import type { Bridge } from '../../src-preload/bridge.ts';
import { demoWorldOf } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

const TEXT = 'Sorry about the zip, Maria. We have looked at the whole batch, and yours is one of two hundred that left the works with the wrong slider. A new jacket is on its way to you today, free of charge.\n\nPlease keep the old one until the parcel is there. The label for sending it back lies inside; drop it at any post office, and tell us here if anything is unclear. Details: https://acme.com/zips';

test('an answer too long for one post is offered as several, shown, taken back exactly and sent as a thread, by keyboard', async ({ page, desk }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 30_000 });
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { undoSeconds: { mail: 0, reply: 60, dm: 0 } } }));
  await openByName(page, 'zip storm torn');
  await page.locator('[data-focus-target=customer]').focus();
  await page.keyboard.press('r');
  const writer = page.getByRole('textbox', { name: /Public reply to/ });
  await writer.fill(TEXT);
  await expect(page.getByRole('button', { name: 'As 2 posts' })).toBeVisible();
  await look(page, 'x-thread', 'offered');
  await writer.focus();
  // What does not fit one post is shown as several first; the second press sends them.
  await page.keyboard.press('Control+Enter');
  const parts = page.locator('[data-sheet=up] [data-test=thread-part]');
  await expect(parts).toHaveCount(2);
  await page.getByLabel('Number them').check();
  await expect(parts.first()).toContainText('1/2');
  await expect(parts.last()).toContainText('$0.20');
  await look(page, 'x-thread', 'parts');

  await writer.focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('2 posts');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar] .send-bar')).toHaveCount(1);
  await look(page, 'x-thread', 'held');
  await writer.focus();
  await page.keyboard.press('Control+z');
  await expect(writer).toHaveValue(TEXT);

  await page.keyboard.press('Control+Enter');
  await expect(parts).toHaveCount(2);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).click();
  const ours = timeline(page).locator('.entry.is-ours');
  await expect(ours.last().locator('.delivery')).toContainText('Sent', { timeout: 20_000 });
  await look(page, 'x-thread', 'sent');
  const posts = Object.values(demoWorldOf(desk.workspaceDir).x.posts);
  const first = posts.filter((post) => post.text.includes('Sorry about the zip, Maria'));
  const second = posts.filter((post) => post.text.includes('Details: https://acme.com/zips'));
  expect([first.length, second.length, second[0]?.inReplyToId]).toEqual([1, 1, first[0]?.id]);
});
