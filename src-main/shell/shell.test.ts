import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { ParleyError, manualClock, silentLog } from '../kernel/index.ts';
import { parseLaunchArguments } from './arguments.ts';
import { loadAssets } from './assets.ts';
import { assetFor } from './chromium/serve.ts';
import { browserCandidates, findBrowser } from './chromium/find-browser.ts';
import { BOOT_PAGE, browserFlags } from './chromium/flags.ts';
import { createPageTransport, pieces } from './chromium/page-transport.ts';
import { isOn, readBounds, writeBounds } from './electron/bounds.ts';
import { instanceAddress, takeInstance, type FocusRequest } from './instance.ts';
import { externalUrl, openExternalSafely } from './links.ts';
import { openLogFile } from './log-file.ts';
import { defaultWorkspaceDir } from './places.ts';
import { createRestartBudget } from './restarts.ts';
import { withPendingPaths, type Core } from './shell.ts';
import { openerCommand } from './system-opener.ts';
import { watchSleep } from './wake.ts';

const base = mkdtempSync(join(tmpdir(), 'parley-shell-unit-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const fresh = (): string => mkdtempSync(join(base, 'w-'));

describe('openExternalSafely', () => {
  const opened = ['https://example.com/a?b=c#d', 'http://example.com', 'HTTPS://EXAMPLE.COM/', 'mailto:anna@example.org?subject=x', 'tel:+15550100', 'sip:anna@example.org', 'https://пример.рф/'];
  const refused = [
    'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'ms-msdt:/id', 'smb://server/share', '\\\\server\\share', 'parley://app/', 'about:blank', 'ftp://example.com/', 'steam://run/1',
    'https://bank.example@evil.example/', 'https://user:password@example.com/', '', 'example.com', '//example.com', 'java\nscript:alert(1)', 'https://exa\tmple.com/', ' https://example.com', 'https://example.com/ --flag', `https://example.com/${'a'.repeat(8_000)}`, 'https:\\\\example.com',
  ];
  test.each(opened)('opens %s', (url) => expect(externalUrl(url)).not.toBeNull());
  test.each(refused)('refuses %j', async (url) => {
    const open = vi.fn(async () => {});
    await expect(openExternalSafely(url, { confirm: async () => true, open })).rejects.toMatchObject({ code: 'refused' });
    expect(open).not.toHaveBeenCalled();
  });
  test('shows the host of a web link and opens nothing without a yes; phone links are not asked about', async () => {
    const open = vi.fn(async () => {});
    const confirm = vi.fn(async () => false);
    await openExternalSafely('https://example.com:8443/a', { confirm, open });
    expect([confirm.mock.calls, open.mock.calls]).toEqual([[['example.com:8443']], []]);
    await openExternalSafely('tel:+15550100', { confirm, open });
    expect([confirm.mock.calls.length, open.mock.calls]).toEqual([1, [['tel:+15550100']]]);
  });
  test('the link is one argument on every system', () => {
    const evil = 'https://example.com/?a=1&calc.exe|$(id)`id`';
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(openerCommand(platform, evil)[1].at(-1)).toBe(evil);
  });
});

describe('second start', () => {
  test('the second start focuses the first, hands over what it was given, and opens nothing itself', async () => {
    const dir = fresh();
    const seen: FocusRequest[] = [];
    const first = await takeInstance(dir, [], (request) => seen.push(request));
    expect(await takeInstance(dir, ['tel:+15550100'], () => {})).toBeNull();
    expect(seen).toEqual([{ do: 'focus', open: ['tel:+15550100'] }]);
    await first?.release();
    const next = await takeInstance(dir, [], () => {});
    expect(next).not.toBeNull();
    await next?.release();
  });
  test('what a killed console left behind does not block the next', async () => {
    const dir = fresh();
    writeFileSync(instanceAddress(dir), '');
    const instance = await takeInstance(dir, [], () => {});
    expect(instance).not.toBeNull();
    await instance?.release();
  });
  test('a console that does not answer is named as such', async () => {
    const dir = fresh();
    const deaf = createServer((socket) => socket.on('data', () => socket.end('bad\n')));
    await new Promise<void>((resolve) => deaf.listen(instanceAddress(dir), resolve));
    await expect(takeInstance(dir, [], () => {})).rejects.toThrow(/does not answer/);
    await new Promise((resolve) => deaf.close(resolve));
  });
  test('a folder that cannot be made is one sentence', async () => {
    const path = join(fresh(), 'file');
    writeFileSync(path, '');
    await expect(takeInstance(join(path, 'workspace'), [], () => {})).rejects.toBeInstanceOf(ParleyError);
    expect(() => openLogFile(join(path, 'workspace'), manualClock())).toThrow(ParleyError);
  });
  test('a long workspace path still gets a socket that fits', () => {
    const address = instanceAddress(`/home/anna/${'very-long-name/'.repeat(20)}`, 'linux');
    expect(Buffer.byteLength(address)).toBeLessThanOrEqual(100);
    expect(instanceAddress('/w', 'linux')).toBe('/w/console.sock');
    expect(instanceAddress('C:\\w', 'win32')).toMatch(/^\\\\\.\\pipe\\parley-[0-9a-f]{24}$/);
  });
});

describe('arguments', () => {
  test('flags, links and files are read', () => {
    expect(parseLaunchArguments(['--workspace', '/w', '--demo', 'tel:1', '/a.mbox'], {})).toEqual({ workspaceDir: '/w', demo: 'only', headless: false, open: ['tel:1', '/a.mbox'] });
    expect(parseLaunchArguments(['--no-demo', '--headless'], { PARLEY_WORKSPACE: '/e' })).toEqual({ workspaceDir: '/e', demo: 'never', headless: true, open: [] });
    expect(parseLaunchArguments(['--workspace=/w'], {})).toMatchObject({ demo: 'auto' });
  });
  test.each([[['--wrong']], [['--workspace']], [['--demo', '--no-demo']]])('%j is one sentence', (argv) => {
    expect(() => parseLaunchArguments(argv, {})).toThrow(ParleyError);
  });
  test("Chromium's own switches are passed over in Electron", () => {
    expect(parseLaunchArguments(['--no-sandbox', '--inspect=0', '.', '--workspace', '/w'], {}, 'lenient')).toEqual({ workspaceDir: '/w', demo: 'auto', headless: false, open: ['.'] });
  });
  test('the workspace lies where each system keeps such things', () => {
    expect(defaultWorkspaceDir({}, 'linux', '/home/anna')).toBe('/home/anna/.local/share/parley');
    expect(defaultWorkspaceDir({ XDG_DATA_HOME: '/data' }, 'linux', '/home/anna')).toBe('/data/parley');
    expect(defaultWorkspaceDir({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/anna')).toBe('/home/anna/.local/share/parley');
    expect(defaultWorkspaceDir({}, 'darwin', '/Users/anna')).toBe('/Users/anna/Library/Application Support/Parley');
  });
});

describe('browser', () => {
  test('Chromium comes before Chrome before Edge, and PARLEY_CHROMIUM before all', () => {
    const has = (...paths: string[]) => (path: string) => paths.includes(path);
    const env = { PATH: '/usr/local/bin:/usr/bin:relative' };
    expect(findBrowser('linux', env, has('/usr/bin/google-chrome', '/usr/bin/chromium'))).toEqual({ name: 'Chromium', path: '/usr/bin/chromium' });
    expect(findBrowser('linux', env, has('/usr/bin/microsoft-edge'))).toMatchObject({ name: 'Edge' });
    expect(findBrowser('linux', { ...env, PARLEY_CHROMIUM: '/opt/c' }, has('/opt/c', '/usr/bin/chromium'))).toMatchObject({ path: '/opt/c' });
    expect(findBrowser('linux', { ...env, PARLEY_CHROMIUM: '/opt/c' }, has('/usr/bin/chromium'))).toBeNull();
    expect(browserCandidates('linux', env).some(({ path }) => path.startsWith('relative'))).toBe(false);
    expect(browserCandidates('darwin', { HOME: '/Users/anna' }).map(({ path }) => path)).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(browserCandidates('win32', { 'ProgramFiles(x86)': 'C:\\P' }).map(({ path }) => path)).toContain('C:\\P\\Microsoft\\Edge\\Application\\msedge.exe');
  });
  test('the sandbox is off for root only, and a port is open for tests only', () => {
    const flags = (isRoot: boolean, hasTestPort: boolean) => browserFlags({ profileDir: '/w', isHeadless: false, hasTestPort, isRoot });
    expect(flags(false, false)).toContain(`--app=${BOOT_PAGE}`);
    expect(flags(false, false).some((flag) => flag.startsWith('--no-sandbox') || flag.startsWith('--remote-debugging-port'))).toBe(false);
    expect(flags(true, true)).toEqual(expect.arrayContaining(['--no-sandbox', '--remote-debugging-port=0', '--remote-debugging-pipe']));
  });
});

describe('files', () => {
  test('only what was built is served, whatever is asked', async () => {
    const dir = fresh();
    mkdirSync(join(dir, 'assets'));
    writeFileSync(join(dir, 'index.html'), '<p>');
    writeFileSync(join(dir, 'assets', 'a.js'), '1');
    writeFileSync(join(dir, 'assets', 'a.js.map'), '{}');
    const assets = await loadAssets(dir);
    expect([...assets.keys()].sort()).toEqual(['/', '/assets/a.js', '/index.html']);
    const origin = 'https://parley.invalid';
    expect(assetFor(assets, 'GET', `${origin}/?q`)?.type).toContain('text/html');
    for (const url of [`${origin}/../package.json`, `${origin}/assets/%2e%2e/index.html`, `${origin}:8443/`, 'https://evil.invalid/', 'http://parley.invalid/', 'file:///index.html', 'https://parley.invalid.evil/', 'no url']) {
      // A path that climbs is normalised by the URL itself and lands on a served file or nowhere.
      const asset = assetFor(assets, 'GET', url);
      expect(asset === null || asset === assets.get('/index.html'), url).toBe(true);
    }
    expect(assetFor(assets, 'POST', `${origin}/`)).toBeNull();
  });
  test('a missing build is one sentence', async () => {
    await expect(loadAssets(join(base, 'nowhere'))).rejects.toThrow(/npm run build/);
    await expect(loadAssets(fresh())).rejects.toThrow(/npm run build/);
  });
});

describe('transport over the page', () => {
  const push = (action: string) => ({ t: 'push', push: { type: 'menu', action } }) as const;
  const reply = (id: number) => ({ t: 'reply', id, result: { ok: true, value: null } }) as const;
  const collect = () => {
    const clock = manualClock();
    const sent: unknown[][] = [];
    const page = createPageTransport(clock, (piece) => sent.push((JSON.parse(piece) as { message: unknown }[]).map(({ message }) => message)));
    return { clock, sent, page };
  };
  test('pushes within 16 ms go as one message, the first at once', () => {
    const { clock, sent, page } = collect();
    for (const action of ['a', 'b', 'c']) page.transport.send(push(action));
    expect(sent).toEqual([[push('a')]]);
    clock.advance(16);
    expect(sent).toEqual([[push('a')], [push('b'), push('c')]]);
    expect(clock.pending()).toBe(0);
  });
  test('an answer goes at once and takes along, before itself, what waits', () => {
    const { sent, page, clock } = collect();
    page.transport.send(push('a'));
    page.transport.send(push('b'));
    page.transport.send(reply(1));
    expect(sent).toEqual([[push('a')], [push('b'), reply(1)]]);
    expect(clock.pending()).toBe(0);
  });
  test('nothing is sent after the page is gone', () => {
    const { clock, sent, page } = collect();
    page.transport.send(push('a'));
    page.transport.send(push('b'));
    page.close();
    clock.advance(1_000);
    page.transport.send(reply(1));
    expect(sent).toHaveLength(1);
  });
  test.each([['abcdef', 2], ['a🙂🙂b', 2], ['🙂', 1], ['', 2], ['x'.repeat(2_500), 1_000]])('%j in pieces of %i joins to itself and never cuts a character', (text, length) => {
    const cut = [...pieces(text, length)];
    expect(cut.map(([piece]) => piece).join('')).toBe(text);
    expect(cut.every(([piece]) => piece.isWellFormed())).toBe(true);
    expect(cut.filter(([, isLast]) => isLast)).toHaveLength(text === '' ? 0 : 1);
  });
});

test('what is to be opened waits for the first window', () => {
  const opened: string[] = [];
  const core = withPendingPaths({ attach: () => () => {}, openPath: (path) => opened.push(path), frame: () => null, notifyResume: () => {}, close: async () => {} } satisfies Core);
  core.openPath('tel:1');
  expect(opened).toEqual([]);
  const detach = core.attach({ send: () => {}, listen: () => () => {} });
  expect(opened).toEqual(['tel:1']);
  core.openPath('tel:2');
  detach();
  core.openPath('tel:3');
  expect(opened).toEqual(['tel:1', 'tel:2']);
});

test('three restarts within five minutes, and again when they are past', () => {
  const clock = manualClock();
  const budget = createRestartBudget(clock);
  expect([1, 2, 3, 4].map(() => budget.take())).toEqual([true, true, true, false]);
  clock.advance(5 * 60_000);
  expect(budget.take()).toBe(true);
});

test('a sleep of the machine is noticed, and the watch ends', () => {
  let now = 0;
  const timers: (() => void)[] = [];
  const clock = { now: () => now, after: (_delayMs: number, run: () => void) => (timers.push(run), () => void timers.splice(0)) };
  const onWake = vi.fn();
  const stop = watchSleep(clock, onWake);
  now += 15_000;
  timers.shift()?.();
  expect(onWake).not.toHaveBeenCalled();
  now += 3_600_000;
  timers.shift()?.();
  expect(onWake).toHaveBeenCalledOnce();
  stop();
  expect(timers).toEqual([]);
});

test('a window is restored only where a person can take hold of it', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const at = (x: number, y: number) => ({ x, y, width: 1000, height: 700 });
  expect([at(0, 0), at(1800, 1000), at(-850, 10)].every((bounds) => isOn(bounds, screen))).toBe(true);
  expect([at(1900, 0), at(0, 1070), at(0, -200), at(5000, 5000)].some((bounds) => isOn(bounds, screen))).toBe(false);
  const path = join(fresh(), 'window.json');
  expect(readBounds(path, [screen], silentLog)).toBeNull();
  writeBounds(path, { ...at(5, 6), isMaximized: true }, silentLog);
  expect(readBounds(path, [screen], silentLog)).toEqual({ ...at(5, 6), isMaximized: true });
  writeFileSync(path, '{"x": "no"}');
  expect(readBounds(path, [screen], silentLog)).toBeNull();
});
