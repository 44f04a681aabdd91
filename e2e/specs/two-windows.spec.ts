import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { command, leaveComposer, openByName, rows, start, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { demoWorldOf, readMail } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

const entry = resolve(import.meta.dirname, '../../out/main/entry-node.js');
const composer = (page: Page) => page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]');
const opened = (page: Page) => page.getByRole('textbox', { name: 'Customer name' });

/** A guest asks, a colleague looks: gives back with a word, changes, sends. */
async function secondLook(ruth: Page, mike: Page, workspaceDir: string): Promise<void> {
  const size = (page: Page) => page.setViewportSize({ width: 1440, height: 900 });
  await command(ruth, 'Work as somebody else');
  await ruth.getByRole('button', { name: 'Role and PIN of Mike Kemp' }).click();
  await ruth.getByRole('combobox', { name: 'Role' }).selectOption('Guest');
  await expect(ruth.getByText('A colleague looks at everything before it leaves.')).toBeVisible();
  await ruth.keyboard.press('Escape');

  await openByName(mike, 'from:"Liz Farrow" kind:mail');
  await leaveComposer(mike);
  await mike.keyboard.press('m');
  await expect(composer(mike)).toBeFocused();
  await mike.keyboard.type('Your new router leaves tomorow.');
  await expect(mike.locator('[data-sheet=up] [data-action="composer.send"]')).toHaveText('Ask for a second look');
  await mike.keyboard.press('Control+Enter');
  await expect(mike.locator('[data-sheet=up] [data-delivery=review]')).toContainText('Waits for a second look');
  await expect(mike.locator('[data-test=to-look]')).toHaveText('1 waits for a second look');

  // Every colleague who may look sees it, and is there with one key.
  await expect(ruth.locator('[data-test=to-look]')).toHaveText('1 for a second look');
  await ruth.locator('[data-focus-target=queue]').focus();
  await ruth.keyboard.press('g');
  await ruth.keyboard.press('l');
  await expect(opened(ruth)).toHaveValue('Liz Farrow');
  const box = ruth.locator('[data-sheet=up] [data-test=second-look]');
  await expect(box).toContainText('MK asks for a second look');
  await look(ruth, 'two-windows', 'look-box');
  await size(ruth);
  await box.getByRole('button', { name: 'Change or give back' }).click();
  const dialog = ruth.locator('[data-test=look-dialog]');
  await dialog.getByRole('textbox', { name: /^A word to MK/ }).fill('Two r, please.');
  await look(ruth, 'two-windows', 'look-dialog');
  await size(ruth);
  await dialog.locator('[data-action="look.giveBack"]').click();
  await expect(mike.locator('[data-test=notice]')).toContainText('RB gave your answer to Liz Farrow back“Two r, please.”');
  await expect(composer(mike)).toHaveValue('Your new router leaves tomorow.');
  await mike.locator('[data-action="notice.seen"]').click();

  // Asked again, it leaves in the colleague's words; both names stay with it.
  await composer(mike).focus();
  await mike.keyboard.press('Control+Enter');
  await expect(ruth.locator('[data-test=to-look]')).toBeVisible();
  await box.getByRole('button', { name: 'Change or give back' }).click();
  await dialog.getByRole('textbox', { name: 'What MK wrote' }).fill('Your new router leaves tomorrow at nine.');
  await ruth.keyboard.press('Control+Enter');
  await ruth.getByRole('button', { name: 'Send now' }).click();
  await expect.poll(() => demoWorldOf(workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
  expect((await readMail(demoWorldOf(workspaceDir).outgoing[0]?.raw ?? '')).text).toMatch(/^Your new router leaves tomorrow at nine\./);
  await expect(timeline(mike).locator('[data-delivery=sent]').filter({ hasText: 'tomorrow at nine' })).toContainText('changed by RB');
  await expect(timeline(mike).getByText('RB changed the answer of MK and sent it')).toBeVisible();
}

/** A rule of the team is changed: on screen at once, kept with the PIN. */
async function limits(page: Page): Promise<void> {
  const kept = async () => {
    const now = await page.evaluate(() => window.parley.invoke['app.snapshot']({}));
    return now.ok ? now.value.settings.limits.map((limit) => limit.roles.agent.perCase) : null;
  };
  await command(page, 'What agents may give');
  const amount = page.getByRole('textbox', { name: 'Agent, One case' }).first();
  await amount.fill('40');
  await amount.press('Tab');
  const bar = page.locator('[data-test=proof-bar]');
  await expect(bar).toContainText('Not saved yet');
  await expect(amount).toHaveValue('40.00');
  expect(await kept()).toEqual([2_500, 1]);
  await bar.getByLabel('Your PIN').fill('1111');
  await page.keyboard.press('Enter');
  await expect(bar).toContainText('This PIN is not right.');
  await bar.getByLabel('Your PIN').fill('4711');
  await page.keyboard.press('Enter');
  await expect(bar).toBeHidden();
  expect(await kept()).toEqual([4_000, 1]);
  await page.keyboard.press('Escape');
}

/** A note names a colleague: suggested while it is written, told on the desktop, in a view of their own until they go on. */
async function mention(ruth: Page, mike: Page): Promise<void> {
  // Something else is in front of Mike's window: what would be shown on the desktop is kept here.
  await mike.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told, Notification: class extends EventTarget { constructor(title: string, { body }: { body: string }) { super(); told.push(`${title}: ${body}`); } } });
    document.hasFocus = () => false;
  });
  await openByName(ruth, 'from:"Jonas Petit" kind:mail');
  await leaveComposer(ruth);
  await ruth.keyboard.press('n');
  await expect(composer(ruth)).toBeFocused();
  await ruth.keyboard.type('Was this promised, @mi');
  await expect(ruth.getByRole('option', { name: /Mike Kemp/ })).toBeVisible();
  await ruth.keyboard.press('Enter');
  await expect(composer(ruth)).toHaveValue('Was this promised, @Mike Kemp ');
  await ruth.keyboard.press('Control+Enter');
  const tab = mike.locator('[data-view=mentioned]');
  await expect(tab).toHaveText('Mentioned 1');
  await expect(ruth.locator('[data-view=mentioned]')).toHaveText('Mentioned 0');
  expect(await mike.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual(['RB mentioned you at Jonas Petit: Was this promised, @Mike Kemp']);
  await mike.locator('[data-focus-target=queue]').focus();
  await mike.keyboard.press('g');
  await mike.keyboard.press('n');
  await expect(rows(mike)).toHaveCount(1);
  await mike.keyboard.press('Enter');
  await expect(opened(mike)).toHaveValue('Jonas Petit');
  await expect(timeline(mike).locator('.mention.is-me')).toHaveText('@Mike Kemp');
  await look(mike, 'two-windows', 'mentioned');
  await mike.setViewportSize({ width: 1440, height: 900 });
  // Going on is enough; what was read is not asked for again.
  await openByName(mike, 'from:"Liz Farrow" kind:mail');
  await expect(tab).toHaveText('Mentioned 0');
  await expect(mike.locator('[data-test=notice]')).toBeHidden();
}

/** How a matter ended: one key, taken back by the toast, and counted with the rows behind it. */
async function outcome(page: Page): Promise<void> {
  const mark = page.locator('[data-sheet=up] [data-action="desk.mark"]');
  await leaveComposer(page);
  await page.keyboard.press('1');
  await expect(mark).toHaveAccessibleName('The customer is satisfied. Change the mark');
  await page.locator('.toast').filter({ hasText: 'Liz Farrow: satisfied' }).getByRole('button', { name: 'Undo' }).click();
  await expect(mark).toHaveAccessibleName('Mark how satisfied the customer is');
  await leaveComposer(page);
  await page.keyboard.press('3');
  await expect(timeline(page).getByText('MK marked the outcome · dissatisfied · in private')).toBeVisible();
  await command(page, 'How satisfied customers are');
  await page.getByRole('button', { name: '1: Dissatisfied, in private. Show the rows' }).click();
  await expect(page.locator('.outcome-rows li')).toHaveText([/Liz Farrow.*MK · in private/]);
  await look(page, 'two-windows', 'outcomes');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
}

test('two processes, one send: a second start is a second window with an agent of its own, claims hold in both, and of two answers at once one leaves', async ({ desk }) => {
  test.setTimeout(240_000);
  test.skip(desk.shell === 'electron', 'Electron takes a second start by its own lock, which is tested against the stand-in');
  const ruth = desk.page;
  await start(ruth);

  // A second process on the same workspace opens a window on the running core and ends.
  const second = spawnSync(process.execPath, [entry, '--workspace', desk.workspaceDir], { encoding: 'utf8', timeout: 20_000 });
  expect([second.status, second.stdout]).toEqual([0, expect.stringContaining('another window of it opens')]);
  const mike = await desk.window(2);
  await mike.setViewportSize({ width: 1440, height: 900 });
  await expect(rows(mike).first()).toBeVisible();

  // Who works here is chosen in the window.
  await command(mike, 'Work as somebody else');
  await expect(mike.locator('[data-test=agents]')).toBeVisible();
  await mike.getByRole('textbox', { name: 'Name' }).fill('Mike Kemp');
  await mike.getByRole('textbox', { name: 'Initials' }).fill('RB');
  await mike.keyboard.press('Enter');
  await expect(mike.getByText(/^RB is .* already\.$/)).toBeVisible();
  await look(mike, 'two-windows', 'agents');
  await mike.setViewportSize({ width: 1440, height: 900 });
  await mike.getByRole('textbox', { name: 'Initials' }).fill('MK');
  await mike.keyboard.press('Enter');
  await expect(mike.getByRole('button', { name: 'MK, Mike Kemp: menu' })).toBeVisible();
  await expect(ruth.getByRole('button', { name: /^RB, .*: menu/ })).toBeVisible();

  // A claim is on the other desk within two seconds.
  for (const page of [ruth, mike]) {
    await openByName(page, 'from:"Dana Okafor" kind:post');
    await expect(opened(page)).toHaveValue('Dana Okafor');
    await leaveComposer(page);
  }
  await ruth.keyboard.press('c');
  await expect(mike.locator('[data-sheet=up] .conversation-head .initials')).toHaveText('RB', { timeout: 2_000 });
  await look(mike, 'two-windows', 'claimed');
  await mike.setViewportSize({ width: 1440, height: 900 });

  // Taking over with a word; the former owner reads it.
  await leaveComposer(mike);
  await mike.keyboard.press('c');
  await expect(mike.locator('[data-test=take-over]')).toBeVisible();
  await mike.keyboard.type('You are on the phone, I take it.');
  await look(mike, 'two-windows', 'take-over');
  await mike.setViewportSize({ width: 1440, height: 900 });
  await mike.keyboard.press('Enter');
  await expect(ruth.locator('[data-test=notice]')).toContainText('MK took over Dana Okafor from you“You are on the phone, I take it.”', { timeout: 2_000 });
  await expect(timeline(ruth).getByText('MK took this over from RB')).toBeVisible();
  await look(ruth, 'two-windows', 'notice');
  await ruth.setViewportSize({ width: 1440, height: 900 });
  await ruth.locator('[data-action="notice.seen"]').click();
  await expect(ruth.locator('[data-test=notice]')).toBeHidden();

  // Both answer the same post and press Send at the same moment.
  for (const [page, text] of [[ruth, 'Ruth here, we look into it.'], [mike, 'Mike here, we look into it.']] as const) {
    await leaveComposer(page);
    await page.keyboard.press('r');
    await expect(composer(page)).toBeFocused();
    await page.keyboard.type(text);
  }
  await Promise.all([ruth.keyboard.press('Control+Enter'), mike.keyboard.press('Control+Enter')]);
  const stopped = (page: Page) => page.locator('[data-sheet=up] [data-test=stale]');
  await expect.poll(async () => (await stopped(ruth).count()) + (await stopped(mike).count())).toBe(1);
  const wasRuthStopped = (await stopped(ruth).count()) === 1;
  const [loser, winnerText, loserText] = wasRuthStopped ? [ruth, 'Mike here', 'Ruth here'] as const : [mike, 'Ruth here', 'Mike here'] as const;
  await expect(loser.locator('[data-sheet=up] [data-test=stale]')).toContainText(winnerText);
  await expect(composer(loser)).toHaveValue(new RegExp(loserText));
  await look(loser, 'two-windows', 'one-send');
  await loser.setViewportSize({ width: 1440, height: 900 });
  const ours = () => Object.values(demoWorldOf(desk.workspaceDir).x.posts).filter((post) => post.text.includes('we look into it')).map((post) => post.text);
  await expect.poll(ours, { timeout: 30_000 }).toEqual([expect.stringContaining(winnerText)]);
  // The other one has the choice, and chooses not to.
  await loser.getByRole('button', { name: 'Keep editing' }).click();
  await expect(composer(loser)).toHaveValue(new RegExp(loserText));
  await expect(timeline(loser).locator('[data-delivery=sent]').filter({ hasText: winnerText })).toBeVisible();
  expect(ours()).toHaveLength(1);

  await secondLook(ruth, mike, desk.workspaceDir);
  await mention(ruth, mike);
  await outcome(mike);

  // Ruth got her PIN at another window: what agents may give is changed at hers once it knows that it is her.
  await mike.evaluate(() => window.parley.invoke['agent.pin']({ agentId: null, pin: '4711', old: null, senior: null }));
  await limits(ruth);

  // A closed window costs the other nothing; opened again it is still Mike's.
  await mike.close();
  await command(ruth, 'Open another window');
  await expect.poll(() => desk.output().split('@ready {"seat":2').length, { timeout: 20_000 }).toBe(3);
  await expect(opened(ruth)).toHaveValue('Jonas Petit');

  // A new window on her place shows nothing of the desk before the PIN is given.
  await command(ruth, 'Open another window');
  const third = await desk.window(3);
  await third.setViewportSize({ width: 1440, height: 900 });
  await expect(third.getByRole('heading', { name: 'Who works in this window?' })).toBeVisible();
  expect((await third.evaluate(() => window.parley.invoke['app.snapshot']({}))).ok).toBe(false);
  await look(third, 'two-windows', 'sit-down', 'system');
  await expect(third.getByRole('textbox', { name: /^PIN of/ })).toBeFocused();
  await third.keyboard.type('1111');
  await third.keyboard.press('Enter');
  await expect(third.getByText('This PIN is not right.')).toBeVisible();
  await third.keyboard.type('4711');
  await third.keyboard.press('Enter');
  await expect(rows(third).first()).toBeVisible();
  await expect(rows(ruth).first()).toBeVisible();
});
