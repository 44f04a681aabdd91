import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { leaveComposer, openByName, rows } from '../fixtures/desk.ts';
import { expect, mailAccount, readMail, test, xAccount } from '../fixtures/world.ts';

declare const window: Window & { parley: Bridge };

test.use({ consoleOptions: { demo: 'never' } });

const mailFrom = (from: string, to: string, subject: string, id: string): string =>
  `Message-ID: ${id}\r\nDate: ${new Date().toUTCString()}\r\nFrom: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nMy line is down. Can you help?\r\n`;

async function connect(page: Page, account: ReturnType<typeof mailAccount>): Promise<void> {
  const answer = await page.evaluate((input) => window.parley.invoke['account.add']({ account: input }), account);
  expect(answer).toMatchObject({ ok: true });
}

test('a first start with one mailbox: connected by the form, first message answered, and the answer threads', async ({ page, world }) => {
  const { imap, smtp } = world;
  imap.peer.deliver(imap.user, mailFrom('Ann Lee <ann@example.org>', imap.user, 'No line', '<q1@example.org>'));
  await page.locator('[data-test=welcome] [data-action="app.connectMailbox"]').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Address', { exact: true }).fill(imap.user);
  await form.getByLabel('Name on your mails').fill('Acme Care');
  await form.locator('[data-action="account.byHand"]').click();
  await form.getByLabel('User name').fill(imap.user);
  await form.getByLabel('Password').fill(imap.pass);
  const fill = async (group: string, host: string, port: number): Promise<void> => {
    const part = form.getByRole('group', { name: group });
    await part.getByLabel('Server').fill(host);
    await part.getByLabel('Port').fill(String(port));
    await part.getByRole('radio', { name: 'None' }).click();
  };
  await fill('Incoming (IMAP)', imap.host, imap.port);
  await fill('Outgoing (SMTP)', smtp.host, smtp.port);
  await form.locator('[data-action="account.test"]').click();
  await expect(form.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem')).not.toHaveCount(0);
  await form.locator('[data-action="account.save"]').click();
  await expect(page.getByRole('option', { name: /Ann Lee/ })).toBeVisible({ timeout: 15_000 });
  await page.getByRole('option', { name: /Ann Lee/ }).click();
  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('We are on it.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => smtp.peer.messages().length, { timeout: 30_000 }).toBe(1);
  expect(await readMail(smtp.peer.messages()[0]?.raw.toString('latin1') ?? '')).toMatchObject({ inReplyTo: '<q1@example.org>', references: ['<q1@example.org>'], text: expect.stringContaining('We are on it.') });
});

test('with the network gone answers wait, say so, and leave once when it is back', async ({ desk, page, world }) => {
  const { imap, smtp, x } = world;
  imap.peer.deliver(imap.user, mailFrom('ann@example.org', imap.user, 'No line', '<q2@example.org>'));
  await connect(page, mailAccount(world));
  await connect(page, xAccount(world));
  await page.evaluate(() => window.parley.invoke['settings.update']({ patch: { undoSeconds: { mail: 0, reply: 0, dm: 0 } } }));
  await expect(rows(page).nth(5)).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(2, { timeout: 20_000 });
  await world.pause();
  await openByName(page, 'from:ann@example.org line');
  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('Written without a network.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-test=outbox-waiting]')).toContainText('1 waiting for network', { timeout: 20_000 });
  await openByName(page, 'from:"Martha Quill" kind:post');
  await leaveComposer(page);
  await page.keyboard.press('r');
  await page.keyboard.type('Also written without a network.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-test=outbox-waiting]')).toContainText('2 waiting for network', { timeout: 20_000 });
  // Closed and opened again while the network is away: they still wait.
  const again = await desk.restart();
  await expect(again.locator('[data-test=outbox-waiting]')).toContainText('2 waiting', { timeout: 20_000 });
  await world.resume();
  await expect.poll(() => smtp.peer.messages().length, { timeout: 60_000 }).toBe(1);
  const posts = (): number => x.peer.posts().filter((p) => p.text.includes('Also written without a network.')).length;
  await expect.poll(posts, { timeout: 60_000 }).toBe(1);
  await expect(again.locator('[data-test=outbox-waiting]')).toContainText('Everything sent', { timeout: 30_000 });
  expect([smtp.peer.messages().length, posts()]).toEqual([1, 1]);
});

/** What crossed the bridge since the last time this was asked, from the console's own trace. */
function bridgeTrace(workspaceDir: string): () => string[] {
  let seen = 0;
  return () => {
    const lines = readFileSync(join(workspaceDir, 'logs', 'console.jsonl'), 'utf8').split('\n').filter((line) => line.includes('"bridge.'));
    const fresh = lines.slice(seen).map((line) => JSON.parse(line) as { type?: string; command?: string });
    seen = lines.length;
    return fresh.map((line) => (line.command === undefined ? `push ${line.type ?? ''}` : `call ${line.command}`));
  };
}

test('a new mail is one push, opening a conversation is one call', async ({ launch, world }) => {
  const desk = await launch({ demo: 'never', env: { PARLEY_TRACE: 'bridge' } });
  const { page } = desk;
  const { imap } = world;
  const trace = bridgeTrace(desk.workspaceDir);
  imap.peer.deliver(imap.user, mailFrom('ann@example.org', imap.user, 'First', '<q3@example.org>'));
  await connect(page, mailAccount(world));
  await expect(page.getByRole('option', { name: /ann@example\.org/ })).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  await page.getByRole('option', { name: /ann@example\.org/ }).click();
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('ann@example.org');
  // Reading it marks it read, here and then at its server: all of that is over before the next mail comes, so that it is not taken for its.
  await expect(page.locator('[data-test=unseen]')).toHaveText('Nothing unseen');
  await expect.poll(() => imap.peer.mailbox(imap.user, 'INBOX').messages[0]?.flags).toContain('\\Seen');
  await expect.poll(() => trace().length, { message: 'nothing crosses the bridge any more', intervals: [600] }).toBe(0);

  imap.peer.deliver(imap.user, mailFrom('bob@example.org', imap.user, 'Second', '<q4@example.org>'));
  await expect(page.getByRole('option', { name: /bob@example\.org/ })).toBeVisible({ timeout: 15_000 });
  // A round trip of our own ends the count: whatever the mail caused at once lies before it.
  await page.evaluate(() => window.parley.invoke['desk.parseTime']({ text: 'tomorrow' }));
  expect(trace()).toEqual(['push changes', 'call desk.parseTime']);

  await page.getByRole('option', { name: /bob@example\.org/ }).click();
  await expect(page.getByRole('textbox', { name: 'Customer name' })).toHaveValue('bob@example.org');
  const opened = trace();
  expect(opened.filter((line) => line.startsWith('call conversation.'))).toEqual(['call conversation.open']);
  expect(opened[0]).toBe('call conversation.open');
});
