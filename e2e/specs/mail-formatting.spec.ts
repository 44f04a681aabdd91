import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { leaveComposer, openByName, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { writeMbox } from '../fixtures/mail-file.ts';
import { demoWorldOf } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

/** A mail of a new customer, opened. */
async function openMail(page: Page, mail: { word: string; from: string; text: string; pictures?: Record<string, Buffer> }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-mails-'));
  const path = writeMbox(folder, [{ from: mail.from, to: 'Acme <care@acme.example>', subject: `About the ${mail.word}`, text: mail.text, html: `<p>${mail.text}</p>`, at: new Date(Date.now() - 3_600_000), ...(mail.pictures === undefined ? {} : { pictures: mail.pictures }) }]);
  await page.evaluate((file) => window.parley.invoke['import.start']({ path: file }), path);
  await expect.poll(() => page.evaluate(async (word) => { const found = await window.parley.invoke['search.query']({ text: word, before: null, limit: 5 }); return found.ok && JSON.stringify(found.value).includes('messageId'); }, mail.word), { timeout: 20_000 }).toBe(true);
  rmSync(folder, { recursive: true });
  await openByName(page, mail.word);
}

const sendNow = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).click();
};

test('bold, a list, a link and the quoted original reach the customer as HTML and as plain text, and stand formatted in the timeline', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await openMail(page, { word: 'gazebo', from: 'Norah Field <norah@fields.example>', text: 'Where is my gazebo?' });
  const text = page.getByRole('textbox', { name: 'Mail to Norah Field' });
  await text.focus();
  await page.keyboard.type('We will ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('refund you');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Shift+8');
  await page.keyboard.type('the poles');
  await page.keyboard.press('Enter');
  await page.keyboard.type('the roof');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('See our page');
  for (let i = 0; i < 'our page'.length; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  // The palette's key is the palette's, words selected or not.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+Shift+k');
  await page.keyboard.type('https://acme.example/help');
  await expect(text).toHaveValue('We will **refund you**\n- the poles\n- the roof\nSee [our page](https://acme.example/help)');
  // What a word processor puts on the clipboard becomes the same few signs.
  await page.keyboard.press('End');
  await text.evaluate((box) => {
    const data = new DataTransfer();
    data.setData('text/html', '<html><body><p>And <b style="font-weight:700">soon</b>, <a href="https://acme.example/x">here</a>:</p><ol><li>one</li><li>two</li></ol><script>alert(1)</script></body></html>');
    data.setData('text/plain', 'And soon');
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(text).toHaveValue(/help\)And \*\*soon\*\*, \[here\]\(https:\/\/acme\.example\/x\):\n\n1\. one\n2\. two$/);
  await expect(page.locator('[data-sheet=up] [data-test=original]')).toContainText('Quotes Norah Field');
  await page.keyboard.press('Control+Shift+p');
  const preview = page.frameLocator('[data-sheet=up] [data-test=mail-preview] iframe');
  await expect(preview.locator('strong').first()).toHaveText('refund you');
  await expect(preview.locator('blockquote')).toHaveCount(1);
  await look(page, 'mail-writing', 'formatting');

  // The original is taken out and put back by its key.
  await text.focus();
  await page.keyboard.press('Control+Shift+o');
  await expect(page.locator('[data-sheet=up] [data-test=original]')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+o');
  await expect(page.locator('[data-sheet=up] [data-test=original]')).toHaveCount(1);
  await text.focus();
  await sendNow(page);
  await expect.poll(() => demoWorldOf(desk.workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
  const raw = demoWorldOf(desk.workspaceDir).outgoing[0]?.raw ?? '';
  expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
  const mail = await PostalMime.parse(raw);
  expect(mail.html).toContain('<strong>refund you</strong>');
  expect(mail.html).toContain('<li>the roof</li>');
  expect(mail.html).toContain('<a href="https://acme.example/help">our page</a>');
  expect(mail.html).toMatch(/<p [^>]*>On .*, Norah Field wrote:<\/p>\s*<blockquote [^>]*>Where is my gazebo\?<\/blockquote>/);
  expect(mail.text).toContain('We will refund you\n- the poles\n- the roof\nSee our page <https://acme.example/help>');
  expect(mail.text).toMatch(/On .*, Norah Field wrote:\n> Where is my gazebo\?\s*$/);
  const ours = timeline(page).locator('[data-entry].is-ours').last();
  await expect(ours.frameLocator('iframe').locator('strong').first()).toHaveText('refund you');
  await look(page, 'mail-writing', 'formatted-entry');
});

test('a forwarded mail goes to somebody else with its head and files, and the customer still waits', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await openMail(page, { word: 'trellis', from: 'Omar Reed <omar@reed.example>', text: 'The trellis is broken.', pictures: { broken: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') } });
  await page.getByRole('textbox', { name: 'Mail to Omar Reed' }).fill('Can you replace it?');
  await leaveComposer(page);
  await page.keyboard.press('f');
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('Fwd: About the trellis');
  await expect(page.locator('[data-sheet=up] [data-test=audience]')).toHaveText('Forward: Omar Reed will not see it');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('works@supplier.example');
  await expect(page.locator('[data-sheet=up] [data-test=audience]')).toHaveText('Forward: only works@supplier.example');
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) .staged')).toContainText('picture.png');
  await look(page, 'mail-writing', 'forward');
  await page.getByRole('textbox', { name: 'Mail to Omar Reed' }).focus();
  await sendNow(page);
  await expect.poll(() => demoWorldOf(desk.workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
  const [sent] = demoWorldOf(desk.workspaceDir).outgoing;
  expect(sent?.to).toEqual(['works@supplier.example']);
  const mail = await PostalMime.parse(sent?.raw ?? '');
  expect(mail.subject).toBe('Fwd: About the trellis');
  expect(mail.attachments.map((file) => file.filename)).toEqual(['picture.png']);
  expect(mail.text).toMatch(/^Can you replace it\?[^]*-{10} Forwarded message -{9}\nFrom: Omar Reed <omar@reed\.example>\nDate: .*\nSubject: About the trellis\nTo: care@acme\.example\n\nThe trellis is broken\.\s*$/);
  expect(mail.inReplyTo ?? '').toBe('');
  await expect(timeline(page).locator('[data-entry].is-ours').last()).toContainText('Forwarded to works@supplier.example');
  const waiting = await page.evaluate(async () => { const found = await window.parley.invoke['search.query']({ text: 'trellis', before: null, limit: 5 }); if (!found.ok) return null; const id = found.value.hits[0]?.conversationId; const open = id === undefined ? null : await window.parley.invoke['conversation.open']({ conversationId: id, limit: 5 }); return open?.ok === true ? { waits: open.value.conversation.waitingSince !== null, to: open.value.capabilities.find((one) => one.mode === 'mail')?.to } : null; });
  expect(waiting).toEqual({ waits: true, to: ['omar@reed.example'] });
});

test('files that are more than the mail server takes are said while they are added, and the draft with its files is there after a restart', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await openMail(page, { word: 'arbour', from: 'Lena Moss <lena@moss.example>', text: 'Where is the arbour?' });
  const folder = mkdtempSync(join(tmpdir(), 'parley-files-'));
  writeFileSync(join(folder, 'film.bin'), Buffer.alloc(20 * 1024 * 1024, 7));
  writeFileSync(join(folder, 'plan.txt'), 'The plan');
  await page.getByRole('textbox', { name: 'Mail to Lena Moss' }).fill('Here is the film.');
  await desk.pick('[data-sheet=up] .writer input[type=file]', [join(folder, 'film.bin'), join(folder, 'plan.txt')]);
  const problem = page.locator('[data-sheet=up] [data-test=problem]');
  await expect(problem).toContainText(/With its attachments this mail is 27 MB on its way; the mail server takes at most 24 MB/, { timeout: 20_000 });
  await expect(page.locator('[data-sheet=up] [data-action="composer.send"]')).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'mail-writing', 'oversize');
  await page.getByRole('button', { name: 'Remove film.bin' }).click();
  await expect(problem).toHaveCount(0);
  // A picture that lies in no file.
  await page.getByRole('textbox', { name: 'Mail to Lena Moss' }).evaluate(async (box) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 4;
    const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve); });
    const data = new DataTransfer();
    if (blob !== null) data.items.add(new File([blob], 'image.png', { type: 'image/png' }));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.locator(':is([data-sheet=up], [role=dialog]) .staged')).toContainText('image.png');
  await page.getByRole('textbox', { name: 'Mail to Lena Moss' }).blur();
  await expect.poll(() => page.evaluate(async () => { const found = await window.parley.invoke['search.query']({ text: 'arbour', before: null, limit: 5 }); const id = found.ok ? found.value.hits[0]?.conversationId : undefined; const open = id === undefined ? null : await window.parley.invoke['conversation.open']({ conversationId: id, limit: 1 }); return open?.ok === true ? open.value.drafts[0]?.attachments.map((file) => file.name) : null; })).toEqual(['plan.txt', 'image.png']);
  rmSync(folder, { recursive: true });
  const again = await desk.restart();
  await openByName(again, 'arbour');
  await expect(again.getByRole('textbox', { name: 'Mail to Lena Moss' })).toHaveValue('Here is the film.');
  await expect(again.locator(':is([data-sheet=up], [role=dialog]) .staged')).toContainText('plan.txt');
  await expect(again.locator(':is([data-sheet=up], [role=dialog]) .staged')).toContainText('image.png');
});

test('a signature is shown as it will look, kept also when Escape closes the settings, and stands under the next mail; a mailbox can leave the original out', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  await expect(page.locator('.account-dot.is-live')).toHaveCount(3, { timeout: 20_000 });
  await openMail(page, { word: 'pergola', from: 'Ivy Dale <ivy@dale.example>', text: 'Is it raining?' });
  await leaveComposer(page);
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Sending' }).click();
  const signature = page.getByRole('textbox', { name: 'Mail signature' });
  await signature.fill('**Ruth Bauer**\n[Acme Care](https://acme.example/care)');
  await expect(page.frameLocator('[role=dialog] [data-test=mail-preview] iframe').locator('strong')).toHaveText('Ruth Bauer');
  const quotes = page.getByRole('checkbox', { name: 'Quote it in answers from care@acme.example' });
  await quotes.click();
  await expect(quotes).not.toBeChecked();
  await look(page, 'mail-writing', 'signature');
  await signature.fill('**Ruth B.**\n[Acme Care](https://acme.example/care)');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => page.evaluate(async () => { const got = await window.parley.invoke['app.snapshot']({}); return got.ok ? got.value.settings.signature : null; })).toContain('Ruth B.');
  const text = page.getByRole('textbox', { name: 'Mail to Ivy Dale' });
  await text.fill('Yes.');
  await expect(page.getByRole('button', { name: 'Quote the original' })).toBeVisible();
  await sendNow(page);
  await expect.poll(() => demoWorldOf(desk.workspaceDir).outgoing.length, { timeout: 30_000 }).toBe(1);
  const mail = await PostalMime.parse(demoWorldOf(desk.workspaceDir).outgoing[0]?.raw ?? '');
  expect(mail.text?.trim()).toBe('Yes.\n\n-- \nRuth B.\nAcme Care <https://acme.example/care>');
  expect(mail.html).toContain('<a href="https://acme.example/care">Acme Care</a>');
  expect(mail.html).not.toContain('blockquote');
});
