import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { command, leaveComposer, openByName, start, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { asctime } from '../fixtures/mail-file.ts';
import { demoWorldOf } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

const downloads = mkdtempSync(join(tmpdir(), 'parley-downloads-'));
// What is saved here stays out of the person's own downloads.
test.use({ consoleOptions: { env: { XDG_DOWNLOAD_DIR: downloads } } });

const box = (page: Page) => page.locator(':is([data-sheet=up], [role=dialog]) [data-focus-target=composer]');
const problem = (page: Page) => page.locator('[data-sheet=up] [data-test=problem]');
const responses = (page: Page) => page.locator('[data-test=responses]');

test('/late is inserted with three keystrokes, its blanks are walked by Tab, and it does not leave until they are filled', async ({ desk }) => {
  test.setTimeout(120_000);
  const { page } = desk;
  await start(page);
  await openByName(page, 'from:"Maria Keller" is:inbound');
  await leaveComposer(page);
  await page.keyboard.press('m');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('/');
  await expect(responses(page)).toBeVisible();
  await look(page, 'desk', 'responses');
  await page.keyboard.type('la');
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue(/^Hello Maria, your router is late/);
  expect(await page.evaluate(() => { const a = document.activeElement as HTMLTextAreaElement; return a.value.slice(a.selectionStart, a.selectionEnd); })).toBe('[[day]]');
  await expect(problem(page)).toContainText('“day” is still to be filled in.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toBeHidden();
  await look(page, 'desk', 'blank');

  // The core refuses it, too, whoever asks.
  const refused = await page.evaluate(async () => {
    const conversationId = document.querySelector('.queue-row.is-open')?.getAttribute('data-conversation') ?? document.querySelector('[data-conversation]')?.getAttribute('data-conversation') ?? '';
    const opened = await window.parley.invoke['conversation.open']({ conversationId, limit: 1 });
    if (!opened.ok) return opened;
    const mail = opened.value.capabilities.find((c) => c.mode === 'mail');
    return window.parley.invoke['reply.send']({ requestId: crypto.randomUUID(), conversationId, mode: 'mail', accountId: mail?.accountId ?? '', to: mail?.to ?? [], cc: [], subject: '', text: 'by [[day]]', inReplyTo: mail?.inReplyTo ?? null, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: true });
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'guarded', detail: { guard: 'blank', what: 'day' } } });

  await page.keyboard.type('Friday');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Thursday evening');
  await expect(box(page)).toHaveValue(/says Friday; I will look again on Thursday evening and write/);
  await expect(problem(page)).toBeHidden();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => demoWorldOf(desk.workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
});

test('a card number and a question for one are stopped in public and move to a DM; a watched word is read once more', async ({ page }) => {
  test.setTimeout(120_000);
  await start(page);
  await openByName(page, 'from:"Dana Okafor" kind:post');
  await leaveComposer(page);
  await page.keyboard.press('r');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('Your card 4111 1111 1111 1111 was charged twice.');
  await expect(problem(page)).toHaveAttribute('data-guard', 'card');
  await look(page, 'desk', 'card');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toBeHidden();
  await page.locator('[data-sheet=up] [data-action="guard.dm"]').click();
  await expect(page.locator('[data-sheet=up] [data-test=composer]')).toHaveAttribute('data-mode', 'dm');
  await expect(box(page)).toHaveValue(/4111 1111 1111 1111/);
  await expect(problem(page)).toBeHidden();
  await leaveComposer(page);
  await page.keyboard.press('r');
  await expect(box(page)).toHaveValue('');
  await page.keyboard.type('We guarantee it works tonight.');
  await expect(problem(page)).toHaveAttribute('data-guard', 'watch');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=watch]')).toBeVisible();
  await look(page, 'desk', 'watch');
  await page.getByRole('button', { name: 'I have read it, send' }).click();
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
  await page.keyboard.press('Control+z');
  await expect(box(page)).toHaveValue('We guarantee it works tonight.');
});

test('with enforced claims only the owner answers, and a take-over sends', async ({ page }) => {
  await start(page);
  await openByName(page, 'from:"Maria Keller" is:inbound');
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { enforceClaims: true } }));
  await leaveComposer(page);
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: 'Somebody else' }).fill('MK');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('On its way.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-sheet=up] [data-test=claimed]')).toContainText('MK has this conversation.');
  await page.getByRole('button', { name: 'Take over and send' }).click();
  await expect(page.locator('[data-sheet=up] [data-test=send-bar]')).toContainText('Sending in');
  await expect(timeline(page).getByText('RB took this over from MK')).toBeVisible();
});

test('responses and guards are set up in the console, each with a preview; a search lands far back in a long story without reading the way there', async ({ page }) => {
  test.setTimeout(180_000);
  await start(page);
  await command(page, 'Canned responses');
  await expect(page.locator('[data-test=responses-page]')).toBeVisible();
  await page.getByRole('button', { name: /\/refund.*EN/ }).click();
  await expect(page.locator('.responses-preview mark').first()).toHaveText('amount');
  await look(page, 'desk', 'settings-responses');
  await page.getByRole('button', { name: 'New response' }).click();
  await page.getByRole('textbox', { name: 'Shortcut, typed after /' }).fill('parking');
  await page.getByRole('textbox', { name: 'Title' }).fill('Where to park');
  await page.getByRole('textbox', { name: 'Text' }).fill('Hello {first_name|there}, park behind the house. {colour}');
  await expect(page.getByText('Nobody can fill {colour}.')).toBeVisible();
  await page.getByRole('button', { name: 'Save response' }).click();
  await expect(page.getByRole('button', { name: '/parking Where to park' })).toBeVisible();
  await page.getByRole('tab', { name: 'Guards' }).click();
  await page.getByRole('textbox', { name: 'Try a public answer' }).fill('What is your account number?');
  await expect(page.getByText('“account number” must not be asked for in public.')).toBeVisible();
  await look(page, 'desk', 'settings-guards');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Escape');
  const mbox = join(mkdtempSync(join(tmpdir(), 'parley-long-')), 'long.mbox');
  const day = Date.UTC(2025, 0, 6);
  writeFileSync(mbox, Array.from({ length: 1_200 }, (_, i) => `From x@mail.example ${asctime(new Date(day + i * 3_600_000))}\nDelivered-To: care@acme.example\nFrom: Lena Long <lena.long@example.org>\nTo: care@acme.example\nSubject: Part ${i}\nMessage-ID: <long${i}@example.org>\nDate: ${new Date(day + i * 3_600_000).toUTCString()}\n\nThis is part number${i} of it.${'\nAnd more.'.repeat(i % 7)}\n`).join('\n'));
  await page.evaluate((path) => window.parley.invoke['import.start']({ path, map: null }), mbox);
  await expect.poll(() => page.evaluate(() => window.parley.invoke['search.query']({ text: 'number1199', before: null, limit: 1 }).then((found) => found.ok && found.value.hits.length))).toBe(1);
  await openByName(page, 'number1199');
  await expect(timeline(page).getByText('number1199 of it')).toBeVisible();
  await openByName(page, 'number300');
  const landed = timeline(page).getByText('number300 of it');
  await expect(landed).toBeInViewport();
  // It stands where it landed: nothing that is laid out or read around it moves it.
  const tops = await landed.evaluate(async (node) => {
    const seen: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      await new Promise((next) => requestAnimationFrame(next));
      seen.push(Math.round(node.getBoundingClientRect().top));
    }
    return seen;
  });
  expect(Math.max(...tops.slice(5)) - Math.min(...tops.slice(5))).toBeLessThanOrEqual(1);
  await expect(timeline(page).getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  await look(page, 'desk', 'jump');
  await page.setViewportSize({ width: 1440, height: 900 });
  // Down through two more pages, row by row, without a gap.
  const feed = page.getByRole('feed', { name: 'Messages' });
  await feed.hover();
  const parts = new Set<number>();
  for (let i = 0; i < 200 && !parts.has(480); i += 1) {
    await page.mouse.wheel(0, 500);
    for (const words of await feed.getByText(/number\d+ of it/).allTextContents()) parts.add(Number(/number(\d+)/.exec(words)?.[1]));
  }
  expect(Array.from({ length: 150 }, (_, i) => 325 + i).filter((part) => !parts.has(part))).toEqual([]);
  await timeline(page).getByRole('button', { name: 'Go to the newest message' }).click();
  await expect(timeline(page).getByText('number1199 of it')).toBeInViewport();
  await expect(timeline(page).getByRole('button', { name: 'Go to the newest message' })).toBeHidden();
  // Letters typed while a chosen response is on its way stay behind it.
  await page.locator('[data-focus-target=customer]').focus();
  await page.keyboard.press('m');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('/park');
  await expect(responses(page)).toBeVisible();
  await page.evaluate(() => {
    const area = document.activeElement as HTMLTextAreaElement;
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    document.execCommand('insertText', false, ' and bring the box.');
  });
  await expect(box(page)).toHaveValue('Hello Lena, park behind the house. {colour} and bring the box.');
  await page.keyboard.type(' Thanks');
  await expect(box(page)).toHaveValue(/the box\. Thanks$/);
  await page.keyboard.press('Escape');
  await page.locator('[data-focus-target=customer]').focus();
  await page.keyboard.press('n');
  await page.keyboard.type('A word for the team');
  await page.keyboard.press('Control+Enter');
  await expect(timeline(page).getByText('A word for the team')).toBeVisible();
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue('');
});

test('hours and rules are made in the console, each with a preview; the whole setup leaves as one file, comes in by areas and is taken back', async ({ desk }) => {
  test.setTimeout(180_000);
  const { page } = desk;
  await start(page);
  await command(page, 'Hours and due');
  await expect(page.locator('[data-test=hours-page]')).toBeVisible();
  const mail = page.locator('[data-policy=Mail]');
  await expect(mail.getByText(/A message now would be due /)).toBeVisible();
  const before = await mail.getByRole('status').textContent();
  await mail.getByRole('combobox', { name: 'Clock runs' }).selectOption('Office hours');
  await mail.getByRole('textbox', { name: 'First answer, minutes' }).fill('6000');
  await mail.getByRole('textbox', { name: 'Next answer, minutes' }).focus();
  await expect(mail.getByRole('status')).not.toHaveText(before ?? '');
  await expect(mail.getByRole('combobox', { name: 'Clock runs' })).toHaveValue('office');
  await look(page, 'desk', 'settings-hours');
  await page.getByRole('tab', { name: 'Rules' }).click();
  await page.getByRole('button', { name: 'New rule' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('The Zip');
  await page.getByRole('textbox', { name: 'Has one of the words' }).fill('zip, zips');
  await page.getByRole('textbox', { name: 'Tag the customer' }).fill('zip');
  await expect(page.locator('[data-test=rule-tried]')).toContainText(/catches [1-9]\d* of the last \d+/);
  await look(page, 'desk', 'settings-rules');
  await page.getByRole('checkbox', { name: 'Rule is on' }).check();
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByRole('button', { name: /On The Zip/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Whole setup' }).click();
  await page.locator('[data-action="setup.export"]').press('Enter');
  await expect(page.locator('.toast', { hasText: 'Saved to' })).toBeVisible();
  const [saved = ''] = readdirSync(downloads);
  const path = join(downloads, saved);
  const made = JSON.parse(readFileSync(path, 'utf8')) as { setup: { competitors: string[]; urgentWords: string[]; rules: { name: string; conditions: object }[] } };
  expect(made.setup.rules.map((rule) => rule.name)).toContain('The Zip');
  const [rule] = made.setup.rules;
  writeFileSync(path, JSON.stringify({ ...made, setup: {
    ...made.setup, competitors: ['@rival', '@other'], urgentWords: made.setup.urgentWords.slice(1), rules: [...made.setup.rules, { ...rule, id: '01930000-0000-7000-8000-00000000000a', name: 'Main handle', conditions: { ...rule?.conditions, accounts: [{ channel: 'x', address: '@acme_main' }] } }],
  } }));
  await desk.pick('[data-test=setup-file]', [path]);
  const preview = page.locator('[data-test=setup-preview]');
  await expect(preview.locator('[data-area=words]')).toContainText('2 new');
  await preview.getByRole('radio', { name: 'Replace' }).click();
  await expect(preview.locator('[data-area=words]')).toContainText('1 goes');
  await preview.getByRole('button', { name: 'Word lists: what changes' }).press('Enter');
  await expect(preview.getByText('“Main handle” names @acme_main, not connected here: it comes in switched off.')).toBeVisible();
  await look(page, 'desk', 'setup-preview');
  await preview.getByRole('checkbox', { name: 'Rules' }).uncheck();
  await page.locator('[data-action="setup.import"]').press('Enter');
  await expect(page.locator('[data-action="setup.pick"]')).toBeFocused();
  await expect(page.locator('[data-test=setup-kept]')).toContainText(/RB imported a setup .*: Word lists\./);
  const competitors = async (): Promise<string[]> => (await page.evaluate(() => window.parley.invoke['app.snapshot']({}).then((answer) => (answer.ok ? answer.value.settings.competitors : []))));
  expect(await competitors()).toEqual(['@rival', '@other']);
  await look(page, 'desk', 'setup');
  await page.locator('[data-action="setup.undo"]').press('Enter');
  await expect(page.getByRole('button', { name: 'Bring the import back' })).toBeVisible();
  expect(await competitors()).toEqual(made.setup.competitors);
  writeFileSync(path, '{"format":"parley-setup","version":9}');
  await desk.pick('[data-test=setup-file]', [path]);
  await expect(page.locator('[data-test=setup-problem]')).toContainText('was made by a newer Parley');
});

test('a post is evaluated in five keys and goes private with one: both stay in the timeline, the meter counts', async ({ page }) => {
  test.setTimeout(150_000);
  await start(page);
  await openByName(page, 'from:"Dana Okafor" kind:post');
  await leaveComposer(page);
  await page.keyboard.press('Shift+T');
  await expect(page.locator('[data-test=tree]')).toBeVisible();
  await page.keyboard.type('nnny');
  await expect(page.locator('[data-outcome=restore]')).toBeVisible();
  await look(page, 'desk', 'tree');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-test=tree]')).toBeHidden();
  await expect(timeline(page).getByText(/RB evaluated the post/)).toContainText('Did something go wrong on our side? Yes → make it good');
  await leaveComposer(page);
  await page.keyboard.press('d');
  await expect(page.locator('[data-sheet=up] [data-test=why]')).toBeVisible();
  await look(page, 'desk', 'why');
  await page.keyboard.press('1');
  await expect(page.locator('[data-sheet=up] [data-test=why]')).toBeHidden();
  await expect(box(page)).toBeFocused();
  await expect(timeline(page).getByText('RB went private · Confidential data')).toBeVisible();
  await command(page, 'Public and private');
  await expect(page.locator('[data-test=meter]')).toContainText('Confidential data');
  await look(page, 'desk', 'meter');
  await page.keyboard.press('Escape');
  await command(page, 'Questions to evaluate');
  await expect(page.locator('[data-test=tree-page]')).toBeVisible();
  await page.getByRole('combobox', { name: 'No' }).nth(6).selectOption({ label: 'Question 1: Is the post positive or balanced?' });
  await expect(page.locator('[data-test=tree-problem]')).toHaveText('“Could it spread or come back?” leads back to “Is the post positive or balanced?”: it would never end.');
  await expect(page.getByRole('button', { name: 'Save questions' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('combobox', { name: 'No' }).nth(6).selectOption({ label: 'Monitor' });
  await expect(page.locator('[data-test=tree-problem]')).toHaveText('');
  await page.locator('[data-action="tree.try"]').press('Enter');
  await page.locator('.tree-try').getByRole('button', { name: 'Yes' }).press('n');
  await page.keyboard.type('nnnn');
  await expect(page.locator('.tree-try [data-outcome=monitor]')).toBeVisible();
  await look(page, 'desk', 'settings-tree');
});
