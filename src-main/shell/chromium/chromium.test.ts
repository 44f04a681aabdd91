import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';
import { arm, hostileMails } from '../../../e2e/hostile-mail/index.ts';
import type { Push, ToCore, ToWindow, Transport } from '../../../src-preload/contract/index.ts';
import type { Bridge } from '../../../src-preload/bridge.ts';
import { createLog, systemClock } from '../../kernel/index.ts';
import type { FrameAnswer } from '../shell.ts';
import type { RunningBrowser } from './browser.ts';
import { findBrowser } from './find-browser.ts';
import { createChromiumShell, type ChromiumShell } from './run.ts';

// Page code under test reads the same global as the renderer.
declare const window: Window & { parley: Bridge };

/** A core that answers with what it was asked, and remembers who is connected. */
function echoCore() {
  const frames = new Map<string, FrameAnswer>();
  const attached = new Set<Transport<ToWindow, ToCore>>();
  let attachments = 0;
  const waiters: (() => void)[] = [];
  return {
    attached,
    frames,
    attachments: () => attachments,
    async attachmentCount(count: number) {
      while (attachments < count) await new Promise<void>((resolve) => waiters.push(resolve));
    },
    frame: (path: string): FrameAnswer | null => frames.get(path) ?? null,
    push: (push: Push) => attached.forEach((transport) => transport.send({ t: 'push', push })),
    attach(transport: Transport<ToWindow, ToCore>) {
      attached.add(transport);
      attachments += 1;
      waiters.splice(0).forEach((go) => go());
      const stop = transport.listen((message) => transport.send({ t: 'reply', id: message.id, result: { ok: true, value: message.input } }));
      return () => {
        stop();
        attached.delete(transport);
      };
    },
  };
}

const PAGE = `<!doctype html><meta charset=utf-8><title>Parley</title><script src="/page.js"></script><input type=file><p>text</p>`;
const PAGE_JS = `
  window.atStart = { globals: Object.getOwnPropertyNames(window).filter((name) => /^parley/.test(name)), isFunction: [] };
  window.pushes = [];
  window.parley.onPush((push) => window.pushes.push(push.action));
`;

const root = join(import.meta.dirname, '../../..');
const base = mkdtempSync(join(tmpdir(), 'parley-shell-'));
const files = { renderer: join(base, 'renderer'), preload: join(base, 'chromium.js'), icon: join(root, 'src-main/shell/icon.png') };
const logLines: string[] = [];
const found = findBrowser();

beforeAll(async () => {
  mkdirSync(files.renderer);
  writeFileSync(join(files.renderer, 'index.html'), PAGE);
  writeFileSync(join(files.renderer, 'page.js'), PAGE_JS);
  const { chromiumPreload } = (await import(join(root, 'src-main/launch/build.mjs'))) as { chromiumPreload: (outDir: string) => object };
  await build(chromiumPreload(base));
});
afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Started {
  shell: ChromiumShell;
  core: ReturnType<typeof echoCore>;
  running(): RunningBrowser;
  readyCount(): number;
  ready(count: number): Promise<void>;
}

async function start({ hasTestPort = true, workspaceDir = mkdtempSync(join(base, 'w-')) } = {}): Promise<Started> {
  if (!found) throw new Error('no browser on this machine');
  const core = echoCore();
  const log = createLog((line) => logLines.push(line), () => systemClock.now());
  const shell = await createChromiumShell({ browser: found, files, workspaceDir, isHeadless: true, hasTestPort, clock: systemClock, log });
  const runs: RunningBrowser[] = [];
  const waiters: (() => void)[] = [];
  cleanups.push(() => shell.close());
  await shell.show(core, (running) => {
    runs.push(running);
    waiters.splice(0).forEach((go) => go());
  });
  await core.attachmentCount(1);
  return {
    shell, core,
    running: () => runs.at(-1) as RunningBrowser,
    readyCount: () => runs.length,
    async ready(count) {
      while (runs.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
    },
  };
}

async function attach(running: RunningBrowser): Promise<{ page: Page; browser: Browser }> {
  const browser = await chromium.connectOverCDP(running.devtoolsUrl ?? '');
  cleanups.push(() => browser.close());
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('no page');
  await page.waitForLoadState();
  return { page, browser };
}

/** Listening TCP sockets of a process and all it started, from the kernel's own tables. */
function listeningSockets(pid: number): string[] {
  const children = (parent: number): number[] => {
    const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
    const own = stdout.split('\n').map(Number).filter((child) => child > 0);
    return [...own, ...own.flatMap(children)];
  };
  const inodes = new Set<string>();
  // A helper process may end between two looks.
  const unlessGone = <T>(look: () => T, otherwise: T): T => {
    try {
      return look();
    } catch {
      return otherwise;
    }
  };
  for (const process of [pid, ...children(pid)]) {
    const folder = `/proc/${process}/fd`;
    for (const fd of unlessGone(() => readdirSync(folder), [])) {
      const inode = /^socket:\[(\d+)\]$/.exec(unlessGone(() => readlinkSync(`${folder}/${fd}`), ''))?.[1];
      if (inode) inodes.add(inode);
    }
  }
  const LISTEN = '0A';
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1).map((line) => line.trim().split(/\s+/)).filter((cells) => cells[3] === LISTEN && inodes.has(cells[9] ?? '')).map((cells) => cells[1] ?? ''),
  );
}

test.runIf(process.platform === 'linux')('no TCP port is listening while the Chromium shell runs', async () => {
  const { running } = await start({ hasTestPort: false });
  expect(listeningSockets(running().pid)).toEqual([]);
  // The same look finds the port when there is one.
  const other = await start({ hasTestPort: true });
  expect(listeningSockets(other.running().pid)).toHaveLength(1);
});

test('calls, answers and pushes of several MB in any language arrive whole and in order', async () => {
  const { running, core } = await start();
  const { page } = await attach(running());
  const result = await page.evaluate(async () => {
    const text = 'नमस्ते 🙂 olá \ud800 '.repeat(200_000);
    const answers = await Promise.all([1, 2, 3].map((n) => window.parley.invoke['desk.parseTime']({ text: n + text })));
    return answers.map((answer, i) => answer.ok && (answer.value as unknown as { text: string }).text === i + 1 + text);
  });
  expect(result).toEqual([true, true, true]);
  for (let n = 0; n < 500; n += 1) core.push({ type: 'menu', action: `${n}` });
  await page.waitForFunction(() => (window as unknown as { pushes: string[] }).pushes.length === 500);
  expect(await page.evaluate(() => (window as unknown as { pushes: string[] }).pushes.every((action, i) => action === `${i}`))).toBe(true);
});

test('a request to any other host fails, by fetch, image, frame, socket and worker', async () => {
  const { running } = await start();
  const { page } = await attach(running());
  // The page's own policy is taken out of the way where it can be: what is left is the shell's wall.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  const outcome = await page.evaluate(async () => {
    const load = (element: HTMLImageElement | HTMLIFrameElement, src: string) => new Promise<string>((done) => {
      element.onload = () => done('loaded');
      element.onerror = () => done('failed');
      element.src = src;
      document.body.append(element);
      if (element instanceof HTMLIFrameElement) setTimeout(() => done('failed'), 1_000);
    });
    const reach = (url: string) => fetch(url).then(() => 'open', () => 'failed');
    return {
      fetch: await reach('https://example.com/'),
      loopback: await reach('http://127.0.0.1:1/'),
      unknownFile: await reach('https://parley.invalid/nothing.js'),
      post: await fetch('/page.js', { method: 'POST' }).then(() => 'open', () => 'failed'),
      image: await load(new Image(), 'https://example.com/a.png'),
      socket: await new Promise((done) => {
        const socket = new WebSocket('wss://example.com/');
        socket.onopen = () => done('open');
        socket.onerror = () => done('failed');
      }),
      worker: await new Promise((done) => {
        const code = 'fetch("https://example.com/").then(() => postMessage("open"), () => postMessage("failed"))';
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = (event) => done(event.data);
        worker.onerror = () => done('failed');
        setTimeout(() => done('failed'), 2_000);
      }),
    };
  });
  expect(outcome).toEqual({ fetch: 'failed', loopback: 'failed', unknownFile: 'failed', post: 'failed', image: 'failed', socket: 'failed', worker: 'failed' });
});

test('every file carries the content policy', async () => {
  const { running } = await start();
  const { page } = await attach(running());
  expect(await page.evaluate(() => fetch('/').then((answer) => answer.headers.get('content-security-policy')))).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src https://mail.invalid; base-uri 'none'; form-action 'none'",
  );
  expect(await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    return 'injected' in window;
  })).toBe(false);
});

test('the binding is unreachable from page code and from iframes', async () => {
  const { running } = await start();
  const { page } = await attach(running());
  const seen = await page.evaluate(async () => {
    const names = (of: Window) => Object.getOwnPropertyNames(of).filter((name) => name.startsWith('parley'));
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inFrame = frame.contentWindow ? names(frame.contentWindow) : ['no frame'];
    await window.parley.invoke['outbox.list']({});
    const { atStart } = window as unknown as { atStart: { globals: string[] } };
    let isFrozen = false;
    try {
      (window as { parley: unknown }).parley = null;
    } catch {
      isFrozen = true;
    }
    const host = window as unknown as Record<string, unknown>;
    const callable = atStart.globals.filter((name) => typeof host[name] === 'function');
    return { inFrame, now: names(window), callable, isFrozen: isFrozen || window.parley !== null, isDeep: Object.isFrozen(window.parley) && Object.isFrozen(window.parley.invoke) };
  });
  expect(seen).toEqual({ inFrame: [], now: ['parley'], callable: [], isFrozen: true, isDeep: true });
});

test('a mail nobody sanitised still runs nothing, reaches nothing and leads nowhere: the frame is a wall of its own', { timeout: 240_000 }, async () => {
  const hits: string[] = [];
  const canary = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => canary.close(resolve)));
  const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const { running, core } = await start();
  const { page } = await attach(running());
  const paths = hostileMails.map(({ html }, n) => {
    const path = `/m/${n.toString(16).padStart(32, '0')}`;
    core.frames.set(path, { type: 'page', html: `<!doctype html>${arm(html, n, url)}` });
    return path;
  });
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    window.addEventListener('message', (event) => seen.push(String(event.data)));
  });
  // Some at a time, each until it has loaded; they stay while the next ones load, so that what waits a moment has its moment.
  const AT_ONCE = 24;
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const batch = paths.slice(from, from + AT_ONCE);
    await page.evaluate(async (sources) => {
      const before = [...document.querySelectorAll('iframe')];
      await Promise.all(sources.map((path) => new Promise<void>((done) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', '');
        frame.onload = () => done();
        frame.src = `https://mail.invalid${path}`;
        document.body.append(frame);
      })));
      before.forEach((frame) => frame.remove());
    }, batch);
    // Each is where it was sent, and none has gone anywhere else (frames inside them are empty or refused).
    const shown = page.frames().slice(1).map((frame) => frame.url());
    expect(shown).toEqual(expect.arrayContaining(batch.map((path) => `https://mail.invalid${path}`)));
    expect(shown.filter((at) => at !== '' && !/^(?:https:\/\/mail\.invalid\/m\/|about:|chrome-error:)/.test(at))).toEqual([]);
  }
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
  expect(hits).toEqual([]);
  expect(new URL(page.url()).origin).toBe('https://parley.invalid');
});

test('a mail is handed to a frame only, under the policy of mails, and a path nobody made is refused', async () => {
  const { running, core } = await start();
  const { page } = await attach(running());
  const path = `/m/${'a'.repeat(32)}`;
  core.frames.set(path, { type: 'page', html: '<p style="color:rgb(1,2,3)">Hello</p>' });
  const load = (source: string) => page.evaluate((src) => new Promise<void>((done) => {
    const frame = document.createElement('iframe');
    frame.onload = () => done();
    setTimeout(done, 1_500);
    frame.src = src;
    document.body.append(frame);
  }), source);
  await load(`https://mail.invalid${path}`);
  const mail = page.frames().find((frame) => frame.url().endsWith(path));
  expect(await mail?.evaluate(() => [window.origin, getComputedStyle(document.querySelector('p') ?? document.body).color])).toEqual(['null', 'rgb(1, 2, 3)']);
  await load(`https://mail.invalid/m/${'b'.repeat(32)}`);
  await load('https://mail.invalid/');
  expect(page.frames().filter((frame) => frame.url().startsWith('https://mail.invalid'))).toHaveLength(1);
  const outcome = await page.evaluate((src) => Promise.all([
    fetch(src).then(() => 'open', () => 'failed'),
    new Promise((done) => { const image = new Image(); image.onload = () => done('open'); image.onerror = () => done('failed'); image.src = src; }),
  ]), `https://mail.invalid${path}`);
  expect(outcome).toEqual(['failed', 'failed']);
});

test('pathOf returns the real path, and null for a file that is not on disk', async () => {
  const { running } = await start();
  const { page } = await attach(running());
  const path = join(base, 'anexo ção.txt');
  writeFileSync(path, 'x');
  // Playwright's setInputFiles makes files in memory over a remote connection; a person picks real ones.
  const session = await page.context().newCDPSession(page);
  const { root: dom } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: dom.nodeId, selector: 'input' });
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] });
  expect(await page.evaluate(() => {
    const file = document.querySelector('input')?.files?.[0];
    return Promise.all([file ? window.parley.pathOf(file) : 'no file', window.parley.pathOf(new File(['x'], 'made.txt'))]);
  })).toEqual([path, null]);
});

test('F5 reconnects: the old document is disconnected and the new one is answered', async () => {
  const { running, core } = await start();
  const { page } = await attach(running());
  await page.reload();
  await core.attachmentCount(2);
  expect(core.attached.size).toBe(1);
  expect(await page.evaluate(() => window.parley.invoke['outbox.list']({}))).toEqual({ ok: true, value: {} });
});

test('the window stays on the console whatever it is sent to, and opens no other', async () => {
  const { running, core } = await start();
  const { page, browser } = await attach(running());
  for (const url of ['https://example.com/', 'https://parley.invalid/other', 'file:///etc/hostname', 'about:blank', 'chrome://version']) {
    // A navigation that is refused or replaced may never be told to Playwright as ended.
    await page.goto(url, { timeout: 2_000, waitUntil: 'commit' }).catch(() => {});
    await page.waitForURL('https://parley.invalid/', { timeout: 10_000 });
  }
  // Not within the evaluation: the window that is closed at once can take the answer to it along.
  await page.evaluate(() => void setTimeout(() => {
    window.open('https://example.com/');
    document.title = 'asked';
  }));
  await expect.poll(() => page.title(), { timeout: 10_000 }).toBe('asked');
  await expect.poll(() => browser.contexts()[0]?.pages().length).toBe(1);
  expect(page.url()).toBe('https://parley.invalid/');
  await expect.poll(() => core.attached.size).toBe(1);
}, 60_000);

test('only notifications are permitted', async () => {
  const { running } = await start();
  const { page } = await attach(running());
  expect(await page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'camera', 'microphone', 'midi', 'clipboard-read'];
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await navigator.permissions.query({ name } as unknown as PermissionDescriptor)).state])));
  })).toEqual({ notifications: 'granted', geolocation: 'denied', camera: 'denied', microphone: 'denied', midi: 'denied', 'clipboard-read': 'denied' });
});

test('a killed browser comes back three times, then the shell says so', async () => {
  const { running, ready, shell } = await start({ hasTestPort: false });
  for (let restart = 1; restart <= 3; restart += 1) {
    process.kill(running().pid, 'SIGKILL');
    await ready(restart + 1);
  }
  process.kill(running().pid, 'SIGKILL');
  await expect(shell.closed).rejects.toThrow(/crashed again and again/);
}, 60_000);

test('a crashed page is shown again and reconnects', async () => {
  const { running, core } = await start();
  const { page } = await attach(running());
  const session = await page.context().newCDPSession(page);
  logLines.length = 0;
  session.send('Page.crash').catch(() => {});
  await core.attachmentCount(2);
  expect(core.attached.size).toBe(1);
  expect(logLines.join()).toContain('page.crashed');
});

test('a closed window ends the shell', async () => {
  const { running, shell } = await start();
  const { page } = await attach(running());
  await page.close();
  await shell.closed;
});

test('the headless console leaves a screenshot', async () => {
  const { shell } = await start({ hasTestPort: false });
  const png = readFileSync(await shell.screenshot());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(1_000);
});
