import type { Page } from '@playwright/test';

/**
 * When a frame stands on the screen, from the browser's own trace. The page marks `key` at the time stamp the key came with, and `shown` in the
 * animation frame that draws the answer; the browser says when that very frame was presented. A page cannot know it: a task after
 * `requestAnimationFrame` may run long before or long after its frame is on the screen, and the Event Timing API counts in steps of 8 ms.
 */
export interface Presented {
  start(): Promise<void>;
  /** Key to screen in ms, one for each `shown` since `start`, in order. `lost`: answers whose frame never came onto the screen by itself. */
  stop(): Promise<{ times: number[]; lost: number }>;
}

interface TraceEvent { name: string; ph: string; ts: number; pid: number; tid: number; args: { id?: string } }

const CATEGORIES = ['devtools.timeline', 'blink.user_timing'];

export async function watchPresented(page: Page): Promise<Presented> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser');
  const session = await browser.newBrowserCDPSession();
  let events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => { for (const event of value as unknown as TraceEvent[]) if (event.name === 'key' || event.name === 'shown' || event.name.startsWith('AnimationFrame')) events.push(event); });
  return {
    async start() {
      events = [];
      await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] } });
    },
    async stop() {
      // What was drawn last is still under way.
      await page.waitForTimeout(500);
      const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
      await session.send('Tracing.end');
      await done;
      return pair(events);
    },
  };
}

/** Each `shown` with the key before it and the presentation of the frame it lies in. */
function pair(events: readonly TraceEvent[]): { times: number[]; lost: number } {
  const ordered = events.toSorted((a, b) => a.ts - b.ts);
  const presented = new Map(ordered.flatMap((event) => (event.name === 'AnimationFrame::Presentation' && event.args.id !== undefined ? [[event.args.id, event.ts] as const] : [])));
  const times: number[] = [];
  let lost = 0;
  let key: number | null = null;
  let frame: string | null = null;
  for (const event of ordered) {
    if (event.name === 'AnimationFrame' && event.ph === 'b') frame = event.args.id ?? null;
    else if (event.name === 'key') key = event.ts;
    else if (event.name === 'shown' && key !== null) {
      const at = frame === null ? undefined : presented.get(frame);
      if (at === undefined) lost += 1;
      else times.push((at - key) / 1_000);
      key = null;
    }
  }
  return { times, lost };
}
