import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { FrameLocator, Page } from '@playwright/test';
import type { Bridge } from '../../src-preload/bridge.ts';
import { expect, test as base, type RunningConsole } from '../fixtures/console.ts';
import { openByName, rows, start } from '../fixtures/desk.ts';
import { writeMbox, type FormattedMail } from '../fixtures/mail-file.ts';
import { arm, hostileMails } from '../hostile-mail/index.ts';

declare const window: Window & { parley: Bridge; canaries: string[] };

const looks = resolve(import.meta.dirname, '../results/look');

interface Listening { url: string; hits: { path: string; headers: Record<string, unknown> }[] }

/** A server on this machine that remembers who came. */
async function listen(make: (answer: Parameters<typeof createServer>[1] & {}) => Server): Promise<Listening & { close(): Promise<void> }> {
  const hits: Listening['hits'] = [];
  const server = make((request, response) => {
    hits.push({ path: request.url ?? '', headers: request.headers });
    response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(readFileSync(resolve(import.meta.dirname, '../../src-main/shell/icon.png')));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    hits, url: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    }),
  };
}

const test = base.extend<{ folder: string; canary: Listening; shop: Listening & { certificate: string } }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-mails-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  // oxlint-disable-next-line no-empty-pattern
  canary: async ({}, use) => {
    const server = await listen((answer) => createServer(answer));
    await use({ ...server, url: `http://${server.url}` });
    await server.close();
  },
  shop: async ({ folder }, use) => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', certificate, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
    const server = await listen((answer) => createSecure({ key: readFileSync(key), cert: readFileSync(certificate) }, answer) as unknown as Server);
    await use({ ...server, url: `https://${server.url}`, certificate });
    await server.close();
  },
});

/** Imports mails and waits until all of them are there; answers the ids of the customer's mails, oldest first. */
async function takeIn(page: Page, path: string, customer: string, count: number): Promise<number[]> {
  const started = await page.evaluate((file) => window.parley.invoke['import.start']({ path: file }), path);
  expect(started.ok).toBe(true);
  const find = () => page.evaluate(async (who) => {
    const queue = await window.parley.invoke['queue.page']({ view: 'open', sort: 'oldest', accountId: null, after: null, limit: 200 });
    const conversationId = queue.ok ? queue.value.rows.find((row) => row.customerName === who)?.id : undefined;
    if (conversationId === undefined) return [];
    const open = await window.parley.invoke['conversation.open']({ conversationId, limit: 500 });
    return open.ok ? open.value.entries.filter((entry) => entry.kind === 'mail').map((entry) => entry.id) : [];
  }, customer);
  await expect.poll(async () => (await find()).length, { timeout: 30_000 }).toBe(count);
  return find();
}

const logged = (desk: RunningConsole): string => readdirSync(join(desk.workspaceDir, 'logs')).map((name) => readFileSync(join(desk.workspaceDir, 'logs', name), 'utf8')).join('');
const inMail = (page: Page): FrameLocator => page.frameLocator('[data-sheet=up] .mail-frame iframe');

test('hostile mails, all of them shown in the window: no script runs, nothing is asked for, nobody navigates, no bridge', async ({ launch, folder, canary }) => {
  test.setTimeout(180_000);
  const desk = await launch({ demo: 'never' });
  const { page } = desk;
  const at = Date.now() - 3_600_000;
  const mails: FormattedMail[] = hostileMails.map(({ name, html }, n) => ({ from: 'Mallory <mallory@evil.example>', subject: name, html: `<p>Mail ${n}</p>${arm(html, n, canary.url)}`, at: new Date(at + n * 1_000) }));
  const ids = await takeIn(page, writeMbox(folder, mails), 'Mallory', mails.length);
  const home = page.url();
  await page.evaluate(() => {
    window.canaries = [];
    window.addEventListener('message', (event) => window.canaries.push(String(event.data)));
  });
  let shown = 0;
  const pages = page.context().pages().length;
  for (let from = 0; from < ids.length; from += 20) {
    shown += await page.evaluate(async (batch) => {
      // Remote pictures asked for, too: the loopback address they lie at must not be reached.
      const answers = await Promise.all(batch.map((messageId) => window.parley.invoke['mail.show']({ messageId, scheme: 'light', width: 300, remotePictures: true })));
      const urls = answers.flatMap((answer) => (answer.ok ? [answer.value.url] : []));
      const box = document.createElement('div');
      box.id = 'hostile';
      document.body.append(box);
      await Promise.all(urls.map((url) => new Promise<void>((done) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', '');
        frame.onload = () => done();
        frame.src = url;
        box.append(frame);
      })));
      return urls.length;
    }, ids.slice(from, from + 20));
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    for (const frame of frames) {
      const seen = await frame.evaluate(() => {
        // Touches everything as a hand could; links of the mail have a test of their own.
        for (const element of document.querySelectorAll<HTMLElement>('*')) {
          for (const type of ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'click', 'dblclick', 'contextmenu', 'toggle', 'wheel', 'error', 'load', 'copy', 'submit']) element.dispatchEvent(new Event(type, { bubbles: true }));
          if (!(element instanceof HTMLAnchorElement && element.pathname.startsWith('/l/'))) element.click();
        }
        const reach = (look: () => unknown): string => {
          try {
            return typeof look();
          } catch (error) {
            return (error as Error).name;
          }
        };
        return {
          origin: window.origin, protocol: location.protocol, title: document.title, bridge: typeof (window as { parley?: unknown }).parley, parent: reach(() => (window.parent as typeof window).parley), document: reach(() => window.parent.document),
          dangerous: document.querySelectorAll('script,svg,math,iframe,object,embed,form,input,button,link,meta:not([charset]),base,template,video,audio,[onclick],[onerror],[onload],[srcset],[target]').length,
        };
      });
      expect(seen).toEqual({ origin: 'null', protocol: expect.stringMatching(/^https:|^parley:/), title: 'Mail', bridge: 'undefined', parent: 'SecurityError', document: 'SecurityError', dangerous: 0 });
    }
    expect(frames.length).toBeGreaterThan(0);
    await page.evaluate(() => document.querySelector('#hostile')?.remove());
  }
  // What is not shown was refused by the core in one sentence; that must be the exception.
  expect(shown).toBeGreaterThan(mails.length * 0.95);
  expect(await page.evaluate(() => window.canaries)).toEqual([]);
  expect(canary.hits).toEqual([]);
  expect(page.url()).toBe(home);
  expect(await page.title()).toMatch(/Parley/);
  expect(page.context().pages()).toHaveLength(pages);
  // What would tell of a script or a request does tell.
  await page.evaluate(() => window.postMessage('canary of the test', '*'));
  await expect.poll(() => page.evaluate(() => window.canaries.splice(0))).toEqual(['canary of the test']);
  await fetch(`${canary.url}/test`);
  expect(canary.hits.splice(0).map(({ path }) => path)).toEqual(['/test']);
  expect(logged(desk).split('\n').filter((line) => /"(?:shell\.refused|window\.refused|request\.denied|frame\.denied|navigation\.denied)"/.test(line))).toEqual([]);
});

const PNG = readFileSync(resolve(import.meta.dirname, '../../src-main/shell/icon.png'));

const newsletter = (shop: string): string => `<html><body style="background-color:#f4f1ea"><table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table width="560" cellpadding="16" style="background-color:#ffffff;border-radius:8px;border:1px solid #ddd6c8">
<tr><td style="background-color:#20424a;color:#ffffff;font-size:20px;font-weight:bold;border-radius:8px 8px 0 0"><img src="cid:logo@fields" width="32" height="32" alt="Fields" style="vertical-align:middle"> Fields Garden Centre</td></tr>
<tr><td style="color:#333333"><h2 style="margin:4px 0">Your order 4471 is late</h2><p>The <b>wisteria trellis</b> you ordered for us has not come. This is what we still wait for:</p>
<table width="100%" cellpadding="6" style="border-collapse:collapse"><tr style="background-color:#eef3ee"><th align="left">Article</th><th align="right">Pieces</th><th align="right">Promised</th></tr><tr><td>Trellis, oak, 2 m</td><td align="right">4</td><td align="right">3 June</td></tr><tr><td>Router bracket</td><td align="right">1</td><td align="right">5 June</td></tr></table>
<p><img src="${shop}/trellis.png" alt="Photo of the trellis" width="120" height="120"></p><p><a href="https://fields.example/orders/4471?from=mail" style="color:#20707a">See the order</a></p></td></tr></table></td></tr></table><img src="${shop}/open.gif" width="1" height="1"></body></html>`;

test('a formatted mail reads as it was made: own pictures in place, remote ones on request, links only after the host was shown', async ({ launch, folder, shop }) => {
  test.setTimeout(120_000);
  mkdirSync(looks, { recursive: true });
  const desk = await launch({ demo: 'only', env: { NODE_EXTRA_CA_CERTS: shop.certificate } });
  const { page } = desk;
  await start(page);
  const now = Date.now();
  const path = writeMbox(folder, [
    { from: 'Norah Field <norah@fields.example>', subject: 'Order 4471 is late', html: newsletter(shop.url), text: 'The wisteria trellis has not come.', pictures: { 'logo@fields': PNG }, at: new Date(now - 7_200_000) },
    { from: 'Norah Field <norah@fields.example>', subject: 'Re: Order 4471 is late', html: '<div>One more thing: please <b>ring the bell twice</b>, the first ring is for the dog.</div><div>On Monday you wrote:<blockquote>We will bring it on Friday.</blockquote></div>', text: 'One more thing: please ring the bell twice.', at: new Date(now - 3_600_000) },
  ]);
  await takeIn(page, path, 'Norah Field', 2);
  await openByName(page, 'trellis');
  const frames = page.locator('[data-sheet=up] .mail-frame iframe');
  await expect(frames).toHaveCount(2);
  const first = page.locator('[data-sheet=up] [data-kind=mail]').first();
  const letter = first.locator('.mail-frame iframe').contentFrame();
  await expect(letter.getByRole('cell', { name: 'Trellis, oak, 2 m', exact: true })).toBeVisible();
  expect(await letter.getByRole('img', { name: 'Fields', exact: true }).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1);
  await expect(letter.getByText('Photo of the trellis')).toBeVisible();
  expect(shop.hits).toEqual([]);

  // Pictures of the web: the core fetches them, once, and only those a person can see.
  await first.getByRole('button', { name: 'Show 1 remote picture' }).click();
  const photo = letter.getByRole('img', { name: 'Photo of the trellis' });
  await expect(photo).toBeVisible();
  expect(await photo.evaluate((image: HTMLImageElement) => [image.naturalWidth > 1, image.src.startsWith('data:image/png')])).toEqual([true, true]);
  expect(shop.hits.map(({ path: asked }) => asked)).toEqual(['/trellis.png']);
  expect(shop.hits[0]?.headers).not.toHaveProperty('cookie');

  // A link asks first and says where it leads; the mail stays where it is.
  const asked = new Promise<string>((done) => page.once('dialog', (dialog) => { done(dialog.message()); void dialog.dismiss(); }));
  await letter.getByRole('link', { name: 'See the order' }).click();
  expect(await asked).toContain('fields.example');
  await expect(letter.getByRole('cell', { name: 'Trellis, oak, 2 m', exact: true })).toBeVisible();

  // The same mail as text, and back.
  await first.getByRole('button', { name: 'Plain text' }).click();
  await expect(first.locator('.entry-text')).toHaveText('The wisteria trellis has not come.');
  await first.getByRole('button', { name: 'Show formatting' }).click();
  await expect(letter.getByRole('cell', { name: 'Trellis, oak, 2 m', exact: true })).toBeVisible();
  await expect(page.locator('[data-sheet=up] .attachment-name').filter({ hasText: 'message.html' })).toHaveCount(0);

  // Quoted text is folded inside, too.
  const second = frames.nth(1).contentFrame();
  await expect(second.getByText('We will bring it on Friday.')).toBeHidden();
  await second.locator('summary').click();
  await expect(second.getByText('We will bring it on Friday.')).toBeVisible();

  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => window.parley.invoke['settings.update']({ patch: { theme: wanted } }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect.poll(() => second.locator('html').evaluate((html) => getComputedStyle(html).colorScheme)).toBe(theme);
    for (const [width, height] of [[1024, 700], [1440, 900]] as const) {
      await page.setViewportSize({ width, height });
      // Made for 560 pixels, it is made smaller where there are fewer.
      // The frame is made anew for another width: asked in that moment it does not answer.
      await expect.poll(() => letter.locator('body').evaluate((body) => Number(getComputedStyle(body).zoom) < 1).catch(() => null), { timeout: 20_000 }).toBe(width === 1024);
      await page.locator('[data-sheet=up] [data-kind=mail]').first().scrollIntoViewIfNeeded();
      await page.screenshot({ path: resolve(looks, `mail-${theme}-${width}.png`) });
    }
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('.mail-frame iframe').analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`), theme).toEqual([]);
    await page.locator('[data-sheet=up] [data-kind=mail]').first().getByRole('button', { name: 'Open in full' }).click();
    await expect(page.getByRole('dialog').locator('iframe').contentFrame().getByRole('cell', { name: 'Trellis, oak, 2 m', exact: true })).toBeVisible();
    await page.screenshot({ path: resolve(looks, `mail-full-${theme}.png`) });
    await page.getByRole('button', { name: 'Close' }).click();
  }
});

test('on a desk of one\'s own a mail cannot have pictures fetched from this machine', async ({ launch, folder, shop }) => {
  const { page } = await launch({ demo: 'never', env: { NODE_EXTRA_CA_CERTS: shop.certificate } });
  await takeIn(page, writeMbox(folder, [{ from: 'Norah Field <norah@fields.example>', subject: 'Order 4471 is late', html: newsletter(shop.url), text: 'The trellis has not come.', at: new Date(Date.now() - 60_000) }]), 'Norah Field', 1);
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  await openByName(page, 'trellis');
  await page.getByRole('button', { name: 'Show 1 remote picture' }).click();
  await expect(page.getByText('1 picture could not be loaded')).toBeVisible();
  await expect(inMail(page).getByText('Photo of the trellis')).toBeVisible();
  expect(shop.hits).toEqual([]);
});
