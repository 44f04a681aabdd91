import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '../fixtures/console.ts';
import type { Bridge } from '../../src-preload/bridge.ts';

declare const window: Window & { parley: Bridge };

// What is shown is other specs' business; an empty desk starts faster.
test.use({ consoleOptions: { demo: 'never' } });

const entry = resolve(import.meta.dirname, '../../out/main/entry-node.js');

test('the console opens in a real window and its core answers', async ({ desk }) => {
  await expect(desk.page).toHaveTitle(/Parley/);
  const answer = await desk.page.evaluate(() => window.parley.invoke['app.snapshot']({}));
  expect(answer.ok && answer.value.shell).toBe(desk.shell);
  await expect(desk.page.locator('#root')).not.toBeEmpty();
});

test('nothing but the console is loaded and nothing of it fails', async ({ launch }) => {
  const desk = await launch({ demo: 'never' });
  const problems: string[] = [];
  desk.page.on('pageerror', (error) => problems.push(error.message));
  desk.page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await desk.page.reload();
  await expect(desk.page.locator('#root')).not.toBeEmpty();
  const origins = await desk.page.evaluate(() => [...new Set(performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin))]);
  expect(origins.filter((origin) => origin !== new URL(desk.page.url()).origin)).toEqual([]);
  expect(problems).toEqual([]);
});

test('a fault while drawing says so and offers to draw again, instead of an empty window', async ({ launch }) => {
  const { page } = await launch({ demo: 'only' });
  await expect(page.locator('[data-pane=queue]')).toBeVisible();
  // Every time that is drawn from now on is a fault.
  await page.evaluate(() => {
    const broken = (): never => {
      throw new Error('broken');
    };
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { get: broken });
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'formatToParts', { get: broken });
  });
  await page.getByRole('option').first().click();
  await expect(page.getByRole('alert')).toContainText('This window made a mistake');
  await page.getByRole('button', { name: 'Draw it again' }).click();
  await expect(page.locator('[data-pane=queue]')).toBeVisible();
});

test('F5 reconnects', async ({ desk }) => {
  await desk.page.keyboard.press('F5');
  await desk.page.waitForLoadState();
  expect((await desk.page.evaluate(() => window.parley.invoke['app.snapshot']({}))).ok).toBe(true);
});

test('a second start focuses the first, hands over its link and ends', async ({ desk }) => {
  test.skip(desk.shell === 'electron', 'Electron\'s own lock is tested against the stand-in');
  await desk.page.evaluate(() => {
    const seen: unknown[] = [];
    Object.assign(window, { seen });
    window.parley.onPush((push) => push.type === 'dial' && seen.push(push));
  });
  const second = spawnSync(process.execPath, [entry, '--workspace', desk.workspaceDir, 'tel:+15550100'], { encoding: 'utf8', timeout: 20_000 });
  expect(second.status).toBe(0);
  expect(second.stdout).toContain('already open');
  await desk.page.waitForFunction(() => (window as unknown as { seen: unknown[] }).seen.length > 0);
  expect(await desk.page.evaluate(() => (window as unknown as { seen: unknown[] }).seen)).toEqual([{ type: 'dial', number: '+15550100', problem: null }]);
});

test('after a kill the same workspace opens again', async ({ desk }) => {
  await desk.kill();
  const page = await desk.restart();
  expect((await page.evaluate(() => window.parley.invoke['app.snapshot']({}))).ok).toBe(true);
});

test('a closed window ends the console, and its process with it', async ({ desk }) => {
  await desk.close();
  expect(desk.output()).not.toMatch(/ at .*:\d+:\d+/);
});
