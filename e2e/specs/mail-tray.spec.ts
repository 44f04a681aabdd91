import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test } from '../fixtures/console.ts';
import { asctime } from '../fixtures/mail-file.ts';
import { openByName, start, timeline } from '../fixtures/desk.ts';
import { look } from '../fixtures/look.ts';
import { reportShapes } from '../../src-main/channels/email/reports.fixture.ts';

declare const window: Window & { parley: Bridge };

const OURS = '<01980000-aaaa-7bbb-8ccc-0123456789ab@acme.example>';
const reportOf = (name: string): string[] => (reportShapes.find((shape) => shape.name === name)?.lines ?? []).map((line) => (line.startsWith('Date:') ? `Date: ${new Date(Date.now() - 1_800_000).toUTCString()}` : line.replace('{id}', OURS)));

async function importMails(page: Page, mails: readonly (readonly string[])[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-mails-'));
  const path = join(folder, 'mails.mbox');
  writeFileSync(path, mails.map((lines) => `From x@mail.example ${asctime(new Date())}\n${lines.join('\n').replace(/^(>*From )/gm, '>$1')}\n\n`).join(''));
  const jobId = await page.evaluate(async (file) => { const started = await window.parley.invoke['import.start']({ path: file }); return started.ok ? started.value.jobId : ''; }, path);
  await expect.poll(() => page.evaluate(async (id) => { const now = await window.parley.invoke['app.snapshot']({}); return now.ok ? now.value.jobs.find((job) => job.id === id)?.state : ''; }, jobId), { timeout: 20_000 }).toBe('done');
  rmSync(folder, { recursive: true });
}

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toUTCString();
const QUESTION = ['From: Joao Prado <joao@example.net>', 'To: care@acme.example', `Date: ${ago(30)}`, 'Message-ID: <q1@example.net>', 'Subject: Where is my zebrawood table?', '', 'Where is it?'];
const ANSWER = ['From: Care <care@acme.example>', 'To: joao@example.net', `Date: ${ago(2)}`, `Message-ID: ${OURS}`, 'In-Reply-To: <q1@example.net>', 'Subject: Re: Where is my zebrawood table?', '', 'It comes on Tuesday.'];
const ZONE_TIME = 'DTSTART:20260105T100000Z\nDTEND:20260105T113000Z';

test('a mail that came back says so, invitations and attached mails are read, and what cannot be read is kept whole', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  await start(page);
  await importMails(page, [
    QUESTION,
    ANSWER,
    reportOf('postfix'),
    ['From: Joao Prado <joao@example.net>', 'To: care@acme.example', `Date: ${ago(20)}`, 'Message-ID: <inv@example.net>', 'Subject: Fitting', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
      '--b', 'Content-Type: text/plain', '', 'Please be there.', '--b', 'Content-Type: text/calendar; method=REQUEST; name=visit.ics', '', ...`BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nSUMMARY:Fitting of the zebrawood table\nLOCATION:12 Mill Lane\n${ZONE_TIME}\nORGANIZER;CN=Joao Prado:mailto:joao@example.net\nEND:VEVENT\nEND:VCALENDAR`.split('\n'),
      '--b', 'Content-Type: message/rfc822', '', 'From: carpenter@wood.example', 'To: joao@example.net', 'Subject: Your table', 'Content-Type: multipart/alternative; boundary=c', '', '--c', 'Content-Type: text/plain', '', 'The zebrawood has arrived.',
      '--c', 'Content-Type: text/html', '', '<h2 style="color: rgb(1, 99, 3)">The zebrawood has arrived.</h2><p onclick="top.hit=1">In <b>two</b> crates.<img src="https://pictures.example/crate.png"></p><script>parent.postMessage("ran", "*")</script>', '--c--', '--b', 'Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', '', 'eJ8+IgEAAQ==', '--b--'],
    ['From: Joao Prado <joao@example.net>', 'To: care@acme.example', `Date: ${ago(19)}`, 'Message-ID: <bad@example.net>', 'Subject: Broken zebrawood', ...Array.from({ length: 90 }, (_, n) => [`Content-Type: multipart/mixed; boundary=b${n}`, '', `--b${n}`]).flat()],
  ]);

  // The report stands at our mail, loudly, and the conversation is in the queue for it.
  await openByName(page, 'zebrawood table');
  const box = timeline(page).locator('[data-test=undelivered]');
  await expect(box).toContainText('Could not be delivered to joao@example.net.');
  await expect(box).toContainText('Recipient address rejected');
  await expect(page.locator('[data-pane=queue] .queue-row.is-open')).toContainText('not delivered');
  await look(page, 'mail-tray', 'undelivered');
  await page.setViewportSize({ width: 1440, height: 900 });
  await box.getByRole('button', { name: 'Edit and send again' }).click();
  await expect(page.getByRole('textbox', { name: 'Mail to Joao Prado' })).toHaveValue('It comes on Tuesday.');
  await expect(page.getByRole('textbox', { name: 'To', exact: true })).toHaveValue('joao@example.net');

  // An invitation in words, an attached mail to open, Outlook's parcel by its name, and what could not be read kept whole.
  await expect(timeline(page).locator('[data-test=invitation]')).toContainText('Invitation: Fitting of the zebrawood table');
  await expect(timeline(page).locator('[data-test=invitation]')).toContainText('12 Mill Lane');
  await expect(timeline(page)).toContainText('Outlook packed this mail');
  await expect(timeline(page)).toContainText('kept whole as message.eml');
  await expect(page.locator('[data-action="unreadable.open"]')).toHaveText('1 could not be read');
  await timeline(page).locator('[data-test=invitation]').scrollIntoViewIfNeeded();
  await timeline(page).locator('[data-kind=mail]').filter({ hasText: 'Please be there' }).locator('[data-action="attachment.open"]').click();
  // With its formatting, in the frame every mail gets: no script, no picture of the web unasked.
  const attached = page.locator('[data-test=attached-mail]');
  await expect(attached.locator('iframe')).toHaveAttribute('sandbox', '');
  const frame = attached.locator('iframe').contentFrame();
  await expect(frame.getByRole('heading', { name: 'The zebrawood has arrived.' })).toHaveCSS('color', 'rgb(1, 99, 3)');
  await expect(frame.locator('script, [onclick]')).toHaveCount(0);
  await expect(attached.getByRole('button', { name: 'Show 1 remote picture' })).toBeVisible();
  await expect(attached).not.toContainText('message.html');
  await look(page, 'mail-tray', 'attached');
  await attached.getByRole('button', { name: 'Plain text' }).click();
  await expect(attached.locator('.attached-text')).toHaveText('The zebrawood has arrived.');
  await page.keyboard.press('Escape');
});

test('what nobody can place waits in a tray, and is placed, made a customer, dismissed and taken back by keys', async ({ launch }) => {
  const desk = await launch({ demo: 'only' });
  const { page } = desk;
  await start(page);
  // The demo desk's newsletter and the report about a mail that is not here: no customer "Mail Delivery System".
  await expect(page.locator('[data-action="tray.open"]')).toContainText('2 mails could not be placed');
  expect(await page.evaluate(async () => { const found = await window.parley.invoke['customer.find']({ text: 'Mail Delivery', limit: 5 }); return found.ok && found.value.customers.length; })).toBe(0);

  await importMails(page, [
    QUESTION, ANSWER,
    ['From: Ines Prado <ines@other.example>', 'To: care@acme.example', `Date: ${ago(1)}`, `In-Reply-To: ${OURS}`, 'Message-ID: <s1@other.example>', 'Subject: Re: Where is my zebrawood table?', '', 'My husband forwarded me this. Tuesday is fine.'],
    ['From: Ines Prado <ines@other.example>', 'To: care@acme.example', `Date: ${ago(2)}`, `In-Reply-To: ${OURS}`, 'Message-ID: <s2@other.example>', 'Subject: A picture of the table', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html', '',
      '<h2 style="color: rgb(1, 99, 3)">It looks like this</h2><table><tr><td onclick="top.hit=1">Zebrawood</td><td>two metres</td></tr></table><img src="https://pictures.example/t.png"><script>parent.postMessage("ran", "*")</script>',
      '--b', 'Content-Type: application/pdf; name=table.pdf', 'Content-Disposition: attachment; filename=table.pdf', '', 'x', '--b--'],
  ]);
  // The tray, by keys: a stranger quotes our mail and is nobody's, until an agent says whose.
  await expect(page.locator('[data-action="tray.open"]')).toContainText('4 mails could not be placed');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const tray = page.locator('[data-test=tray]');
  await expect(tray.getByRole('listbox')).toBeFocused();
  await expect(tray.getByRole('option')).toHaveCount(4);
  await expect(tray.getByRole('option', { selected: true })).toContainText('Ines Prado');
  await expect(tray).toContainText('Somebody we do not know answers a mail of ours. Perhaps it is about Joao Prado.');
  await look(page, 'mail-tray', 'tray');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-test=tray-done]')).toContainText('Assigned to Joao Prado.');
  await expect(tray.getByRole('option')).toHaveCount(3);
  await page.keyboard.press('z');
  await expect(tray.getByRole('option')).toHaveCount(4);
  await page.keyboard.press('n');
  await expect(page.locator('[data-test=tray-done]')).toContainText('Ines Prado is a customer now, 1 more mail of theirs included.');
  await page.keyboard.press('z');
  await expect(tray.getByRole('option')).toHaveCount(4);
  expect(await page.evaluate(async () => { const found = await window.parley.invoke['customer.find']({ text: 'Ines Prado', limit: 5 }); return found.ok && found.value.customers.length; })).toBe(0);
  await page.keyboard.press('a');
  await expect(tray.getByRole('textbox', { name: 'Whose is it?' })).toBeFocused();
  await page.keyboard.type('joao');
  await expect(tray.locator('[data-customer]').first()).toContainText('Joao Prado');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-test=tray-done]')).toContainText('Assigned to Joao Prado.');
  // With its formatting, in the frame every mail gets, and its files.
  await expect(tray.getByRole('option', { selected: true })).toContainText('A picture of the table');
  const frame = tray.locator('iframe').contentFrame();
  await expect(frame.getByRole('heading', { name: 'It looks like this' })).toHaveCSS('color', 'rgb(1, 99, 3)');
  await expect(frame.locator('script, [onclick]')).toHaveCount(0);
  await expect(tray.getByRole('button', { name: 'Show 1 remote picture' })).toBeVisible();
  await expect(tray).toContainText('table.pdf');
  await expect(tray).not.toContainText('message.html');
  await look(page, 'mail-tray', 'formatted');
  await tray.getByRole('button', { name: 'Plain text' }).click();
  await expect(tray.locator('.tray-text')).toContainText('It looks like this');
  await tray.getByRole('listbox').focus();
  await page.keyboard.press('e');
  await expect(page.locator('[data-test=tray-done]')).toContainText('Dismissed:');
  // Pressed twice, each press is for a mail of its own.
  await page.keyboard.press('e');
  await page.keyboard.press('e');
  await expect(tray).toContainText('Everything has its place');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-action="tray.open"]')).toHaveCount(0);
  await openByName(page, 'zebrawood table');
  await expect(timeline(page)).toContainText('My husband forwarded me this.');
});
