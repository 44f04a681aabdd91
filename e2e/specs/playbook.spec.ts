import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, rows, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';

declare const window: Window & { parley: Bridge };

const command = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
};
const start = async (page: Page): Promise<void> => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
};

test('what may be given is counted at the composer; above the limit a reason and a colleague’s PIN, and it can be taken back', async ({ page }) => {
  test.setTimeout(150_000);
  await start(page);
  await page.evaluate(async () => {
    const run = window.parley.invoke;
    await run['agent.add']({ name: 'Mike Kemp', initials: 'MK' });
    const listed = await run['agent.list']({});
    const mike = listed.ok ? (listed.value.agents.find((agent) => agent.initials === 'MK')?.agentId ?? null) : null;
    await run['agent.role']({ agentId: mike, role: 'senior' });
    await run['agent.pin']({ agentId: mike, pin: '4711', old: null });
    await run['agent.use']({ agentId: null });
  });
  await expect(page.getByRole('button', { name: /^RB, .*: menu/ })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await rows(page).first().click();
  await leaveComposer(page);
  await openByName(page, 'from:"Maria Keller" is:inbound');
  const strip = page.locator('[data-test=ledger]');
  await expect(strip).toContainText('Goodwill £150.00 left');
  await page.locator('[data-action="ledger.give"]').click();
  await page.getByRole('textbox', { name: 'Amount, GBP' }).fill('12.50');
  await page.getByRole('textbox', { name: 'What for' }).fill('Refund of the delivery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(strip).toContainText('Goodwill £137.50 left');
  await expect(timeline(page).getByText('RB gave £12.50 (Goodwill)')).toContainText('Refund of the delivery');

  await page.locator('[data-action="ledger.give"]').click();
  await page.getByRole('textbox', { name: 'Amount, GBP' }).fill('200');
  await page.getByRole('textbox', { name: 'What for' }).fill('A new router');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('£200.00 is above your limit (£137.50 left).');
  await page.getByRole('textbox', { name: 'Why it has to be more' }).fill('Third failure in a month');
  await page.getByLabel('PIN of Mike Kemp').fill('1111');
  await page.locator('[data-action="ledger.go"]').click();
  await expect(page.getByText('This PIN is not right.')).toBeVisible();
  await look(page, 'playbook', 'gift');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel('PIN of Mike Kemp').fill('4711');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const given = timeline(page).getByText('RB gave £200.00 (Goodwill)');
  await expect(given).toContainText('approved by MK');
  await expect(strip).toContainText('Goodwill £0.00 left');
  await look(page, 'playbook', 'ledger');
  await page.setViewportSize({ width: 1440, height: 900 });
  await given.getByRole('button', { name: 'Take back' }).click();
  await expect(timeline(page).getByText('RB took back £200.00 (Goodwill)')).toBeVisible();
  await expect(strip).toContainText('Goodwill £137.50 left');
  await leaveComposer(page);
  await command(page, 'What agents may give');
  await expect(page.locator('[data-test=limits-page]')).toBeVisible();
  await look(page, 'playbook', 'settings-limits');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  await command(page, 'Work as somebody else');
  await page.getByRole('button', { name: 'Role and PIN of Mike Kemp' }).click();
  await look(page, 'playbook', 'agents');
});

test('the playbook opens with a key at the scenario that fits, and its words go into the answer', async ({ page }) => {
  test.setTimeout(150_000);
  await start(page);
  await page.evaluate(async () => {
    const text = { any: 'Hello {first_name|there}, we look into the Zip. It is known and being mended.', reply: null, dm: null, mail: null };
    const scenario = { id: 'zip', title: 'The Zip', words: ['5G box', 'zip'], languages: [], channels: [], steps: ['Ask which model it is.', 'Send the link to the reset.'], texts: text, limitId: 'goodwill' };
    const before = await window.parley.invoke['app.snapshot']({});
    await window.parley.invoke['settings.update']({ patch: { playbook: [...(before.ok ? before.value.settings.playbook : []), scenario] } });
  });
  await openByName(page, 'from:"Dana Okafor" kind:post');
  await expect(page.locator('[data-action="playbook.open"]')).toContainText('Playbook: The Zip');
  await leaveComposer(page);
  await page.keyboard.press('Shift+P');
  await expect(page.locator('[data-test=playbook] .playbook-title')).toHaveText('The Zip');
  await look(page, 'playbook', 'playbook');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('[data-action="playbook.insert"]').click();
  await expect(page.locator('[data-focus-target=composer]')).toHaveValue(/we look into the Zip\. It is known and being mended\.$/);
  await leaveComposer(page);
  await command(page, 'Edit the playbook');
  await page.locator('[data-test=playbook-page]').getByRole('button', { name: 'The Zip' }).click();
  await expect(page.locator('[data-test=playbook-page] .rule-hits li').first()).toBeVisible();
  await look(page, 'playbook', 'settings-playbook');
});

test('an incident gathers its reports, posts one notice, answers each customer once and each can be taken back', async ({ page }) => {
  test.setTimeout(150_000);
  await start(page);
  await openByName(page, 'from:"Doris Vale"');
  await leaveComposer(page);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.locator('[data-action="incident.new"]').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('The Zip is offline');
  await page.getByRole('textbox', { name: 'Words in the reports' }).fill('zip');
  await page.getByRole('textbox', { name: 'Answer to each' }).fill('Hello {first_name|there}, the Zip is offline for some of you. We are mending it and write again by noon.');
  await page.getByRole('textbox', { name: 'Public notice' }).fill('Some Zips are offline. We are mending it and write again by noon.');
  await look(page, 'playbook', 'declare');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('[data-action="incident.declare"]').click();
  const view = page.locator('[data-test=incident]');
  await expect(view.getByRole('listitem').filter({ hasText: 'Doris Vale' })).toContainText('Hello Doris, the Zip is offline');
  await expect(view.locator('[data-test=to-notice]')).toHaveText('no notice yet');
  await page.locator('[data-action="incident.post"]').click();
  await expect(view.locator('[data-test=to-notice]')).not.toHaveText('no notice yet');
  await look(page, 'playbook', 'incident');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('[data-action="incident.answer"]').click();
  await expect(view.getByRole('listitem').filter({ hasText: 'Doris Vale' })).toContainText('Has the answer');
});
