import { createServer, type Server } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startRelay, startSmtp, type SmtpPeer } from '../../src-main/channels/email/peer.fixture.ts';
import { leaveComposer } from '../fixtures/desk.ts';
import { expect, test as base } from '../fixtures/console.ts';
import { look } from '../fixtures/look.ts';
import { readMail } from '../fixtures/world.ts';
import { startDnsPeer, type DnsPeer } from '../peers/dns.ts';
import { dovecotMissing, startDovecot, type Dovecot } from '../peers/dovecot.ts';
import { startOAuthPeer, type OAuthPeer } from '../peers/oauth.ts';

const ADDRESS = 'care@acme.example';
const FOLDER = 'mailbox';

interface Provider { oauth: OAuthPeer; dovecot: Dovecot; smtp: SmtpPeer; tokenSmtp: SmtpPeer; web: Server; dns: DnsPeer; env: Record<string, string> }

/** A mail provider on this machine: it publishes its settings, reads by IMAP, sends by SMTP, and signs people in on a page of its own. */
async function startProvider(): Promise<Provider> {
  const oauth = await startOAuthPeer();
  const dovecot = await startDovecot({ tls: true, introspectUrl: oauth.introspectUrl });
  const smtp = await startSmtp(dovecot.user, dovecot.password);
  const tokenSmtp = await startSmtp(dovecot.user, dovecot.password, oauth.userOf);
  const server = (tag: string, type: string, port: number, kind: string): string => `<${tag} type="${type}"><hostname>127.0.0.1</hostname><port>${port}</port><socketType>${kind}</socketType><username>${dovecot.user}</username><authentication>password-cleartext</authentication></${tag}>`;
  const web = createServer((request, response) => {
    if (request.url === '/autoconfig.acme.example/mail/config-v1.1.xml') response.end(`<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="acme">${server('incomingServer', 'imap', dovecot.tls?.port ?? 0, 'SSL')}${server('outgoingServer', 'smtp', smtp.port, 'plain')}</emailProvider></clientConfig>`);
    else if (request.url?.startsWith('/autoconfig.slow.example') !== true) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  const dns = await startDnsPeer();
  const places = { web: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, dns: dns.address };
  return { oauth, dovecot, smtp, tokenSmtp, web, dns, env: { PARLEY_TEST_DISCOVERY: JSON.stringify(places) } };
}

const test = base.extend<{ provider: Provider }>({
  // oxlint-disable-next-line no-empty-pattern
  provider: async ({}, use) => {
    const provider = await startProvider();
    await use(provider);
    provider.web.closeAllConnections();
    await Promise.all([provider.oauth.close(), provider.smtp.close(), provider.tokenSmtp.close(), provider.dovecot.close(), provider.dns.close(), new Promise((resolve) => provider.web.close(resolve))]);
  },
});
test.skip(dovecotMissing !== null, dovecotMissing ?? '');

const question = (id: string, more = ''): string =>
  `Message-ID: ${id}\r\nDate: ${new Date().toUTCString()}\r\nFrom: Maria Silva <maria@example.org>\r\nTo: ${ADDRESS}\r\nSubject: ${more === '' ? '' : 'Re: '}My zip broke\r\n${more}\r\nCan you send me the form?\r\n`;

const open = async (page: Page, address = ADDRESS): Promise<void> => {
  await page.locator('[data-test=welcome] [data-action="app.connectMailbox"]').click();
  await page.getByRole('dialog').getByLabel('Address', { exact: true }).fill(address);
  await page.getByRole('dialog').getByLabel('Name on your mails').fill('Acme Care');
};

test('a mailbox connected by its address; a mail arrives, is answered with an attachment, and the customer’s answer comes into the same conversation', async ({ launch, provider }) => {
  test.setTimeout(180_000);
  const { dovecot, smtp } = provider;
  dovecot.deliver([question('<order@example.org>').replace('Maria Silva <maria@', 'Otto Order <otto@')], 'Orders');
  await dovecot.doveadm('mailbox create', 'Spam');
  const desk = await launch({ demo: 'never', env: provider.env });
  const { page } = desk;
  const form = page.getByRole('dialog');
  await open(page);
  await look(page, FOLDER, 'who');
  await form.locator('[data-action="account.discover"]').click();
  await expect(form.locator('[data-test=found-servers]')).toContainText('the settings at autoconfig.acme.example');
  await form.getByLabel('Password', { exact: true }).fill(dovecot.password);
  // The server's certificate is of an authority nobody knows here: the test says so, the authority's file mends it.
  await form.locator('[data-action="account.test"]').click();
  await expect(form.getByRole('list', { name: 'Steps of the test' }).locator('.is-bad')).toContainText('it is signed by itself', { timeout: 20_000 });
  await form.locator('summary', { hasText: 'More settings' }).click();
  await look(page, FOLDER, 'failed-test');
  const file = join(desk.workspaceDir, 'authority.pem');
  writeFileSync(file, dovecot.tls?.ca ?? '');
  await desk.pick('[data-test=authority]', [file]);
  await expect(form.getByText('localhost, good until')).toBeVisible();
  await form.locator('[data-action="account.test"]').click();
  await expect(form.getByRole('list', { name: 'Steps of the test' }).locator('.is-good')).toHaveCount(9, { timeout: 20_000 });
  // What is sorted into folders by rules of the mailbox is read when somebody chooses it; junk and trash only then, too.
  await expect(form.locator('[data-test=folders]').getByRole('checkbox', { checked: true })).toHaveCount(2);
  await form.getByRole('checkbox', { name: /^Orders/ }).check();
  await look(page, FOLDER, 'folders-at-start');
  await form.locator('[data-action="account.save"]').click();
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole('option', { name: /Otto Order/ })).toBeVisible({ timeout: 20_000 });

  dovecot.deliver([question('<q1@example.org>')]);
  await page.getByRole('option', { name: /Maria Silva/ }).click({ timeout: 20_000 });
  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('Here is the form.');
  const form1 = join(desk.workspaceDir, 'form.txt');
  writeFileSync(form1, 'name, address, zip');
  await desk.pick('[data-sheet=up] .composer input[type=file]', [form1]);
  await expect(page.locator('[data-sheet=up] .composer').getByText('form.txt')).toBeVisible();
  await page.locator('[data-sheet=up] .composer textarea').first().focus();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => smtp.mails.length, { timeout: 40_000 }).toBe(1);
  const raw = smtp.mails[0]?.raw ?? '';
  expect(await readMail(raw)).toMatchObject({ inReplyTo: '<q1@example.org>', references: ['<q1@example.org>'] });
  expect(raw).toContain('filename=form.txt');
  expect(raw).toContain(Buffer.from('name, address, zip').toString('base64'));

  const { id } = await readMail(raw);
  dovecot.deliver([question('<q2@example.org>', `In-Reply-To: ${id}\r\nReferences: <q1@example.org> ${id}\r\n`).replace('Can you send me the form?', 'Thank you, that was quick!')]);
  await expect(page.locator('[data-sheet=up]').getByText('Thank you, that was quick!')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('listbox', { name: 'Conversations' }).getByRole('option')).toHaveCount(2);

  // Tidied away in a mail program: it stays here, with a quiet mark. A folder made there is offered.
  await dovecot.doveadm('mailbox create', 'Complaints');
  await dovecot.doveadm('move', 'Trash', 'mailbox', 'INBOX', 'header', 'message-id', '<q1@example.org>');
  await expect(page.locator('[data-sheet=up] [data-test=gone]')).toHaveCount(1, { timeout: 40_000 });
  await look(page, FOLDER, 'gone');
  await page.locator('.account-dot').click();
  await expect(form.locator('[data-test=new-folders]')).toContainText('There is a new folder: Complaints.');
  await look(page, FOLDER, 'new-folder');
  await form.locator('[data-action="folders.readNew"]').click();
  await expect(form.locator('[data-test=new-folders]')).toHaveCount(0);
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  await form.locator('[data-action="account.folders"]').click();
  await expect(form.getByRole('checkbox', { name: /^Complaints/ })).toBeChecked();
  await look(page, FOLDER, 'folders');
  await form.getByRole('checkbox', { name: /^Orders/ }).uncheck();
  await form.locator('[data-action="folders.save"]').click();
  await expect(page.getByRole('option', { name: /Otto Order/ })).toBeVisible();
  await dovecot.doveadm('move', 'INBOX', 'mailbox', 'Trash', 'all');
  await expect(page.locator('[data-sheet=up] [data-test=gone]')).toHaveCount(0, { timeout: 20_000 });

  // Another way to the same mailbox: what does not work is not kept, what works goes on from where it stood.
  const imap = await startRelay(dovecot.tls?.port ?? 0);
  await page.locator('.account-dot').click();
  await form.locator('[data-action="account.servers"]').click();
  const incoming = form.getByRole('group', { name: 'Incoming (IMAP)' });
  await expect(form.getByText('localhost, good until')).toBeVisible();
  await incoming.getByLabel('Port').fill('1');
  await form.locator('[data-action="servers.save"]').click();
  await expect(form.getByRole('list', { name: 'Steps of the test' }).locator('.is-bad')).toContainText('IMAP connection', { timeout: 20_000 });
  await look(page, FOLDER, 'servers');
  await incoming.getByLabel('Port').fill(String(imap.port));
  await form.locator('[data-action="servers.save"]').click();
  await expect(page.getByText('goes on with the new settings')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 20_000 });
  dovecot.deliver([question('<q3@example.org>').replace('Can you send me the form?', 'It works now.')]);
  await expect(page.locator('[data-sheet=up]').getByText('It works now.')).toBeVisible({ timeout: 20_000 });
  await imap.close();
});

test('a first sync is stopped with what came so far, and goes on where it stood', async ({ launch, provider }) => {
  test.setTimeout(180_000);
  const { dovecot } = provider;
  const ALL = 6_000;
  dovecot.deliver(Array.from({ length: ALL }, (_, n) => question(`<old${n}@example.org>`).replace('Maria Silva <maria@', `Customer ${n % 300} <c${n % 300}@`)));
  const desk = await launch({ demo: 'never', env: provider.env });
  const { page } = desk;
  const form = page.getByRole('dialog');
  await open(page);
  await form.locator('[data-action="account.discover"]').click();
  await form.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await form.locator('summary', { hasText: 'More settings' }).click();
  const file = join(desk.workspaceDir, 'authority.pem');
  writeFileSync(file, dovecot.tls?.ca ?? '');
  await desk.pick('[data-test=authority]', [file]);
  await expect(form.getByText('localhost, good until')).toBeVisible();
  await form.locator('[data-action="account.save"]').click();
  await page.locator('.account-dot.is-syncing').click({ timeout: 20_000 });
  const line = form.locator('.account-line').filter({ hasText: ADDRESS });
  const button = line.locator('[data-action="account.readOlder"]');
  await expect(line).toContainText(/Reading mail: [\d,]+ of 6,000/);
  await button.click();
  await expect(line).toContainText(/Older mail waits: [\d,]+ of 6,000 are here/, { timeout: 30_000 });
  await expect(button).toHaveText('Read the rest');
  await look(page, FOLDER, 'first-sync-stopped');
  await button.click();
  await expect(line).toContainText('New mail arrives at once.', { timeout: 120_000 });
  await expect(button).toHaveCount(0);
  await expect(line).not.toContainText('Older mail waits');
});

test('signed in on the provider’s page; ended there, an answer waits; signed in again it leaves once', async ({ launch, provider }) => {
  test.setTimeout(180_000);
  const { dovecot, oauth, tokenSmtp } = provider;
  dovecot.deliver([question('<order@example.org>').replace('Maria Silva <maria@', 'Otto Order <otto@')], 'Orders');
  const imap = await startRelay(dovecot.port);
  const { page } = await launch({ demo: 'never', env: provider.env });
  page.on('dialog', (dialog) => void dialog.dismiss());
  const form = page.getByRole('dialog');
  const waiting = page.locator('[data-test=sign-in-waiting]');
  const consent = async (decision: 'allow' | 'deny' = 'allow'): Promise<void> => {
    await expect(waiting).toBeVisible();
    await fetch(await oauth.consent((await waiting.getAttribute('data-url')) ?? '', dovecot.user, decision));
  };
  await open(page, 'me@gmail.com');
  await form.locator('[data-action="account.discover"]').click();
  await expect(form.getByRole('button', { name: 'Sign in with Google' })).toBeVisible();
  await look(page, FOLDER, 'google');
  await page.keyboard.press('Escape');

  await open(page);
  await form.locator('[data-action="account.byHand"]').click();
  for (const [group, port] of [['Incoming (IMAP)', imap.port], ['Outgoing (SMTP)', tokenSmtp.port]] as const) {
    const part = form.getByRole('group', { name: group });
    await part.getByLabel('Server').fill('127.0.0.1');
    await part.getByLabel('Port').fill(String(port));
    await part.getByRole('radio', { name: 'None' }).click();
  }
  await form.getByRole('radio', { name: 'Other OAuth' }).click();
  await form.getByLabel('Client ID').fill(oauth.clientId);
  await form.getByLabel('Sign-in page').fill(oauth.authorizeUrl);
  await form.getByLabel('Token address').fill(oauth.tokenUrl);
  await form.getByLabel('Scopes').fill('mail');
  await form.getByLabel('Code address (if any)').fill(oauth.deviceUrl);
  await form.getByLabel('User name').fill(dovecot.user);
  await look(page, FOLDER, 'other-oauth');
  await form.locator('[data-action="account.signInByCode"]').click();
  await expect(page.locator('[data-test=user-code]')).toHaveText(/^.{4}-.{4}$/);
  await look(page, FOLDER, 'waiting-code');
  await page.locator('[data-action="account.cancelSignIn"]').click();
  await form.locator('[data-action="account.signIn"]').click();
  await expect(waiting).toBeVisible();
  await look(page, FOLDER, 'waiting-page');
  await consent('deny');
  await expect(form.getByRole('alert')).toContainText('declined');
  await form.locator('[data-action="account.signIn"]').click();
  await consent();
  // As with a password, the other folders are a choice of the assistant.
  const folders = page.locator('[data-test=folders]');
  await expect(folders.getByRole('checkbox', { name: /^Orders/ })).not.toBeChecked({ timeout: 30_000 });
  await folders.getByRole('checkbox', { name: /^Orders/ }).check();
  await page.locator('[data-action="folders.save"]').click();
  await expect(folders).toBeHidden();
  await expect(page.getByRole('option', { name: /Otto Order/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.account-dot.is-live')).toHaveCount(1, { timeout: 30_000 });
  dovecot.deliver([question('<q1@example.org>')]);
  await page.getByRole('option', { name: /Maria Silva/ }).click({ timeout: 20_000 });

  oauth.revoke(dovecot.user);
  await leaveComposer(page);
  await page.keyboard.press('m');
  await page.keyboard.type('Written while nobody is let in.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => oauth.asked.some(({ ended }) => ended === 'invalid_grant'), { timeout: 40_000 }).toBe(true);
  // The connection that stands is not cut by that; the next one is refused.
  await imap.cut();
  await imap.restore();
  await expect(page.locator('[data-action="banner.signIn"]')).toBeVisible({ timeout: 30_000 });
  await look(page, FOLDER, 'banner');
  await page.locator('[data-action="banner.signIn"]').click();
  await look(page, FOLDER, 'sign-in-again');
  await form.locator('[data-action="account.signIn"]').click();
  await consent();
  await expect(page.locator('[data-action="banner.signIn"]')).toBeHidden({ timeout: 30_000 });
  await expect.poll(() => tokenSmtp.mails.length, { timeout: 40_000 }).toBe(1);
  expect(await readMail(tokenSmtp.mails[0]?.raw ?? '')).toMatchObject({ inReplyTo: '<q1@example.org>', text: expect.stringContaining('Written while nobody is let in.') });
  await imap.close();
});
