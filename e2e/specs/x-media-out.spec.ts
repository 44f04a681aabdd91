import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { photo } from '../../src-main/demo/make/photos.ts';
import { expect, test } from '../fixtures/console.ts';
import { openByName, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { demoWorldOf } from '../fixtures/world.ts';

test('a public answer takes pictures with descriptions along; what X would not take is said before sending', async ({ page, desk }) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'parley-media-'));
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 30_000 });
  await openByName(page, 'zip storm torn');
  await page.locator('[data-focus-target=customer]').focus();
  await page.keyboard.press('r');
  await page.keyboard.type('Pull the plug for ten seconds, like this.');
  const picker = '[data-sheet=up] [data-test=composer] input[type=file]';
  await desk.pick(picker, [file('router.png', photo('lamps') ?? new Uint8Array()), file('wall.png', photo('cable') ?? new Uint8Array())]);
  const staged = page.getByRole('list', { name: 'Attached files' });
  await expect(staged.getByRole('listitem')).toHaveCount(2);
  const undescribed = page.locator(':is([data-sheet=up], [role=dialog]) [data-test=undescribed]');
  await expect(undescribed).toHaveText('2 pictures without description');
  await staged.getByLabel('Description of router.png').fill('Which plug it is');
  await page.keyboard.press('Enter');
  await expect(undescribed).toHaveText('1 picture without description');

  await desk.pick(picker, [file('film.mp4', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'))]);
  await expect(page.locator('[data-sheet=up] [data-test=problem]')).toContainText('one GIF, or one video');
  await expect(page.getByRole('button', { name: /Reply as/ })).toBeDisabled();
  await look(page, 'x-media', 'composer');
  await staged.getByRole('button', { name: 'Remove film.mp4' }).click();
  await expect(page.locator('[data-sheet=up] [data-test=problem]')).toBeHidden();
  await page.getByRole('button', { name: /Reply as/ }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  const ours = timeline(page).locator('.entry.is-ours').last();
  await expect(ours.locator('.delivery')).toHaveText('Sent', { timeout: 20_000 });
  await expect(ours.locator('[data-test=media] img')).toHaveCount(2);
  await look(page, 'x-media', 'sent');
  const { posts, media } = demoWorldOf(desk.workspaceDir).x;
  const post = Object.values(posts).find((one) => one.text.includes('Pull the plug'));
  expect(post?.mediaIds?.map((id) => [media[id]?.alt, media[id]?.ready])).toEqual([['Which plug it is', true], [undefined, true]]);
});
