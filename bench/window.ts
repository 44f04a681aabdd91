// What an agent's hands feel, in the real window: `node bench/window.ts [messages]` (200,000) after a build, with a display (or under xvfb-run).
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { startConsole } from '../e2e/fixtures/console.ts';
import { figures, fillDesk } from './fill-desk.ts';
import { watchPresented, type Presented } from './presented.ts';

const KEYS = 120;
/** An agent looks before the next key; what is read ahead is read then. */
const LOOK_MS = 120;
/** And at what was opened. */
const READ_MS = 800;
const messages = Number(process.argv[2] ?? 200_000);
const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
const { store } = fillDesk(join(dir, 'parley.db'), { open: Math.floor(messages / 10), messages, longest: 5_000 });
store.close();

interface Measured extends Window { gaps: number[]; answered: number; watchFrames(on: boolean): void }

/** Marks each key that is measured and the frame in which its answer stands on the page; see presented.ts. */
const install = (page: Page): Promise<void> => page.evaluate(() => {
  const here = window as unknown as Measured;
  here.answered = 0;
  here.gaps = [];
  const whenShown = (event: Event, isShown: () => boolean): void => {
    performance.mark('key', { startTime: event.timeStamp });
    const look = (): void => void requestAnimationFrame(() => {
      if (isShown()) {
        performance.mark('shown');
        here.answered += 1;
      } else if (performance.now() - event.timeStamp < 2_000) look();
    });
    look();
  };
  const open = (): string => (document.querySelector('[data-sheet=up] .timeline [data-entry]') === null ? '' : (document.querySelector('[data-sheet=up] .conversation-name')?.textContent ?? ''));
  window.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLElement && event.target.id === 'floor') return whenShown(event, () => true);
    if (event.target instanceof HTMLTextAreaElement) {
      const { target } = event;
      const before = target.value;
      return whenShown(event, () => target.value !== before);
    }
    if (event.key !== 'Enter' && event.key !== 'e') return;
    const before = open();
    whenShown(event, () => open() !== '' && open() !== before);
  }, true);
  window.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('.queue-row') === null) return;
    const before = open();
    whenShown(event, () => open() !== '' && open() !== before);
  }, true);
  let on = false;
  let last = 0;
  const frame = (time: number): void => {
    if (!on) return;
    if (last > 0) here.gaps.push(time - last);
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
async function floor(page: Page, presented: Presented): Promise<void> {
  await page.evaluate(() => {
    const sheet = document.createElement('div');
    sheet.id = 'floor';
    sheet.tabIndex = 0;
    Object.assign(sheet.style, { position: 'fixed', inset: '0', overflow: 'auto', background: 'white', color: 'black', zIndex: '9999' });
    const word = document.createElement('p');
    sheet.append(word);
    document.body.append(sheet);
    sheet.focus();
    sheet.addEventListener('keydown', (event) => {
      event.stopPropagation();
      word.textContent = `${event.timeStamp}`;
    });
  });
  await measure('floor: a key that changes one word', presented, KEYS, async (n) => {
    await page.keyboard.press('x');
    await answered(page, n);
    await page.waitForTimeout(LOOK_MS);
  });
  await page.evaluate(() => {
    const sheet = document.getElementById('floor');
    for (let i = 0; i < 5_000; i += 1) {
      const box = document.createElement('div');
      box.style.cssText = 'height:80px;contain:strict;content-visibility:auto';
      box.textContent = `Box ${i}`;
      sheet?.append(box);
    }
  });
  await page.mouse.move(700, 450);
  sayFrames('floor: scrolling plain boxes, frame by frame', await scroll(page, 600));
  await page.evaluate(() => document.getElementById('floor')?.remove());
}

const SHARES = ['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'] as const;

/** Processor time of the page's own thread up to now, ms: what a busy machine hardly changes. */
async function spent(session: CDPSession): Promise<number[]> {
  const { metrics } = await session.send('Performance.getMetrics');
  return SHARES.map((name) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1_000);
}

/** Presses a key `count` times and says how long each took from the key to the screen, and what all that followed from it took the page's thread. */
async function measure(name: string, presented: Presented, count: number, press: (n: number) => Promise<void>, limit?: string): Promise<void> {
  await desk.page.evaluate(() => { (window as unknown as Measured).answered = 0; });
  await presented.start();
  const before = await spent(ticks);
  for (let n = 1; n <= count; n += 1) await press(n);
  const after = await spent(ticks);
  const { times, lost } = await presented.stop();
  const [all, script, style, layout] = after.map((ms, at) => ((ms - (before[at] ?? 0)) / count).toFixed(1));
  process.stdout.write(`${figures(name, times, limit)}  processor ms a key on the page's thread: ${all} (script ${script}, style ${style}, layout ${layout})\n`);
  if (times.length + lost !== count || lost > 0) process.stdout.write(`  ${lost} of ${count} came onto the screen with a later frame, ${count - times.length - lost} were not told of\n`);
}

/** Turns the wheel 400 times and gives the time from frame to frame, ms. */
async function scroll(page: Page, by: number): Promise<number[]> {
  await page.evaluate(() => (window as unknown as Measured).watchFrames(true));
  for (let n = 0; n < 400; n += 1) {
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(16);
  }
  await page.evaluate(() => (window as unknown as Measured).watchFrames(false));
  return page.evaluate(() => (window as unknown as Measured).gaps.splice(0));
}

function sayFrames(name: string, frames: number[], limit?: string): void {
  process.stdout.write(`${figures(name, frames, limit)}  over 50 ms: ${frames.filter((ms) => ms > 50).length}\n`);
}

const answered = (page: Page, count: number): Promise<unknown> => page.waitForFunction((wanted) => (window as unknown as Measured).answered >= wanted, count, { timeout: 10_000, polling: 20 });

const desk = await startConsole({ workspaceDir: dir, demo: 'never' });
const ticks = await desk.page.context().newCDPSession(desk.page);
await ticks.send('Performance.enable', { timeDomain: 'threadTicks' });
try {
  const { page } = desk;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('.queue-row').first().waitFor();
  await install(page);
  const presented = await watchPresented(page);
  process.stdout.write(`${messages} messages, ${cpus().length} processors\n`);
  await floor(page, presented);
  const list = page.getByRole('listbox', { name: 'Conversations' });
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await answered(page, 1);
  // As fast as a hand goes, and with a look at what was opened: nobody reads a conversation and its customer sooner.
  for (const [pace, count, rest] of [['as fast as a hand goes', KEYS, 0], ['with a look at each', KEYS / 2, READ_MS]] as const) {
    await measure(`j, Enter, ${pace}`, presented, count, async (n) => {
      await list.focus();
      await page.keyboard.press('j');
      await page.waitForTimeout(LOOK_MS);
      await page.keyboard.press('Enter');
      await answered(page, n);
      await page.waitForTimeout(rest);
    }, 'p95 33 ms');
    await measure(`e: done, and next, ${pace}`, presented, count, async (n) => {
      await page.keyboard.press('e');
      await answered(page, n);
      await page.waitForTimeout(LOOK_MS + rest);
    }, 'p95 33 ms');
  }

  await page.mouse.move(200, 450);
  await measure('a row far down clicked, nothing read ahead', presented, KEYS / 4, async (n) => {
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(LOOK_MS * 2);
    await page.mouse.click(200, 450);
    await answered(page, n);
    await page.waitForTimeout(LOOK_MS * 2);
  });

  // A long note with words no dictionary has, and the spell check on it.
  const text = page.locator('[data-sheet=up] .writer-text');
  await page.keyboard.press('n');
  await text.fill(Array.from({ length: 120 }, (_, n) => `The enginer will cal you ${n % 7} days after the delivry of the modem.`).join(' '));
  await page.locator('[data-sheet=up] .spell-mirror .misspelled').first().waitFor({ state: 'attached' });
  await page.keyboard.press('End');
  await measure('a letter at the end of 8,000', presented, KEYS, async (n) => {
    await page.keyboard.press(n % 6 === 0 ? 'Space' : 'a');
    await answered(page, n);
    await page.waitForTimeout(LOOK_MS);
  });
  await text.fill('');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('from:@customer0');
  await page.locator('[data-test=palette] [data-message]').first().waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
  const box = await page.locator('[data-sheet=up] .timeline').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  sayFrames('scrolling 5,000 messages, frame by frame', await scroll(page, -600), 'none over 50 ms');
  process.stdout.write(`  entries in the page: ${await page.evaluate(() => document.querySelectorAll('[data-sheet=up] .timeline [data-entry]').length)}\n`);
} finally {
  await desk.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
