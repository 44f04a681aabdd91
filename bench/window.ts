// What an agent's hands feel, in the real window: `node bench/window.ts [messages]` (200,000) after a build, with a display (or under xvfb-run).
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startConsole } from '../e2e/fixtures/console.ts';
import { figures, fillDesk } from './fill-desk.ts';

const KEYS = 120;
/** An agent looks before the next key; what is read ahead is read then. */
const LOOK_MS = 120;
const messages = Number(process.argv[2] ?? 200_000);
const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const { store } = fillDesk(join(dir, 'parley.db'), { open: Math.floor(messages / 10), messages, longest: 5_000 });
store.close();
const say = (name: string, times: number[], limit?: string): void => void process.stdout.write(figures(name, times, limit));

interface Meter { keys: number[]; frames: number[] }
type Measured = Window & { meter: Meter; watchFrames(on: boolean): void };

/** From the key's own time stamp to the first task after the frame in which the opened conversation stands on screen. */
const install = (page: Page): Promise<void> => page.evaluate(() => {
  const here = window as unknown as Measured;
  here.meter = { keys: [], frames: [] };
  const painted = (run: () => void): void => void requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  });
  const shown = (): string => {
    const name = document.querySelector('.conversation-name')?.textContent ?? '';
    return document.querySelector('.timeline [data-entry]') === null ? '' : name;
  };
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'e') return;
    const before = shown();
    const look = (): void => painted(() => {
      const now = shown();
      if (now !== '' && now !== before) here.meter.keys.push(performance.now() - event.timeStamp);
      else if (performance.now() - event.timeStamp < 2_000) look();
    });
    look();
  }, true);
  let on = false;
  let last = 0;
  const frame = (time: number): void => {
    if (!on) return;
    if (last > 0) here.meter.frames.push(time - last);
    last = time;
    requestAnimationFrame(frame);
  };
  here.watchFrames = (wanted) => {
    on = wanted;
    last = 0;
    if (on) requestAnimationFrame(frame);
  };
});
/**
 * What this machine gives a page that does nothing: a key that changes one word, and plain boxes scrolled by the same wheel. A window cannot
 * be quicker; on a machine without a graphics processor, or a busy one, it says what share of a figure is not ours.
 */
async function floor(page: Page): Promise<{ keys: number[]; frames: number[] }> {
  await page.evaluate(() => {
    const sheet = document.createElement('div');
    sheet.id = 'floor';
    sheet.tabIndex = 0;
    Object.assign(sheet.style, { position: 'fixed', inset: '0', overflow: 'auto', background: 'white', color: 'black', zIndex: '9999' });
    const word = document.createElement('p');
    sheet.append(word);
    for (let i = 0; i < 5_000; i += 1) {
      const box = document.createElement('div');
      box.style.cssText = 'height:80px;contain:strict;content-visibility:auto';
      box.textContent = `Box ${i}`;
      sheet.append(box);
    }
    document.body.append(sheet);
    sheet.focus();
    const here = window as unknown as Measured;
    sheet.addEventListener('keydown', (event) => {
      event.stopPropagation();
      word.textContent = `${event.timeStamp}`;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => here.meter.keys.push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    });
  });
  for (let n = 0; n < KEYS; n += 1) {
    await page.keyboard.press('x');
    await seen(page, n + 1);
    await page.waitForTimeout(LOOK_MS);
  }
  await page.mouse.move(700, 450);
  const frames = await scroll(page, 600);
  await page.evaluate(() => document.getElementById('floor')?.remove());
  return { keys: await read(page, 'keys'), frames };
}

/** Turns the wheel 400 times and gives the time from frame to frame, ms. */
async function scroll(page: Page, by: number): Promise<number[]> {
  await page.evaluate(() => (window as unknown as Measured).watchFrames(true));
  for (let n = 0; n < 400; n += 1) {
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(16);
  }
  await page.evaluate(() => (window as unknown as Measured).watchFrames(false));
  return read(page, 'frames');
}

const read = async (page: Page, what: keyof Meter): Promise<number[]> => page.evaluate((name) => (window as unknown as Measured).meter[name].splice(0), what);
const seen = (page: Page, count: number): Promise<unknown> => page.waitForFunction((wanted) => (window as unknown as Measured).meter.keys.length >= wanted, count, { timeout: 10_000 });

const desk = await startConsole({ workspaceDir: dir, demo: 'never' });
try {
  const { page } = desk;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('.queue-row').first().waitFor();
  await install(page);
  process.stdout.write(`${messages} messages, ${cpus().length} processors\n`);
  const least = await floor(page);
  say('floor: a key that changes one word', least.keys);
  say('floor: scrolling plain boxes, frame by frame', least.frames);
  process.stdout.write(`  over 50 ms: ${least.frames.filter((ms) => ms > 50).length}\n`);
  const list = page.getByRole('listbox', { name: 'Conversations' });
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await seen(page, 1);
  await read(page, 'keys');
  for (let n = 0; n < KEYS; n += 1) {
    await list.focus();
    await page.keyboard.press('j');
    await page.waitForTimeout(LOOK_MS);
    await page.keyboard.press('Enter');
    await seen(page, n + 1);
  }
  say('j, Enter: the next conversation painted', await read(page, 'keys'), 'p95 33 ms');
  for (let n = 0; n < KEYS; n += 1) {
    await page.keyboard.press('e');
    await seen(page, n + 1);
    await page.waitForTimeout(LOOK_MS);
  }
  say('e: done, and the next one painted', await read(page, 'keys'), 'p95 33 ms');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('from:@customer0');
  await page.locator('[data-test=palette] [data-message]').first().waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
  const box = await page.locator('.timeline').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  const frames = await scroll(page, -600);
  const loaded = await page.evaluate(() => document.querySelectorAll('.timeline [data-entry]').length);
  say('scrolling 5,000 messages, frame by frame', frames, 'none over 50 ms');
  process.stdout.write(`  over 50 ms: ${frames.filter((ms) => ms > 50).length}; entries in the page: ${loaded}\n`);
} finally {
  await desk.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
