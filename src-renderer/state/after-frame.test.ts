import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// The page's own clockwork, turned by hand: frames, moments of rest, and the listeners of the window.
let frames: (() => void)[] = [];
let rests: (() => void)[] = [];
let listeners: Record<string, () => void> = {};
let said: string[] = [];
let desk: typeof import('./after-frame.ts');

const drawFrame = (): void => frames.splice(0).forEach((run) => run());
const rest = (): void => rests.splice(0).forEach((run) => run());
const onScreen = (): void => void vi.advanceTimersByTime(20);
const nextTask = (): void => void vi.advanceTimersByTime(1);
const say = (word: string) => (): void => void said.push(word);

beforeEach(async () => {
  vi.useFakeTimers();
  [frames, rests, listeners, said] = [[], [], {}, []];
  vi.stubGlobal('window', { addEventListener: (type: string, run: () => void) => { listeners[type] = run; } });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => void frames.push(run));
  vi.stubGlobal('requestIdleCallback', (run: () => void) => void rests.push(run));
  vi.resetModules();
  desk = await import('./after-frame.ts');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what waits for a frame runs once that is on screen, in its order, each as a task of its own', () => {
  desk.afterFrame(say('first'));
  desk.afterFrame(say('second'));
  expect(desk.isDrawing()).toBe(true);
  rest();
  drawFrame();
  rest();
  expect(said).toEqual([]);
  onScreen();
  rest();
  expect(said).toEqual(['first']);
  nextTask();
  expect(said).toEqual(['first', 'second']);
  expect(desk.isDrawing()).toBe(false);
});

test('what joins while others wait does not wait for a frame of its own', () => {
  desk.afterFrame(say('first'));
  drawFrame();
  onScreen();
  desk.afterFrame(say('late'));
  rest();
  nextTask();
  expect(said).toEqual(['first', 'late']);
});

test('the next key meets everything as it will be, and what it leaves waits for its own frame', () => {
  desk.afterFrame(say('first'));
  desk.afterFrame(say('second'));
  drawFrame();
  listeners['keydown']?.();
  expect(said).toEqual(['first', 'second']);
  desk.afterFrame(say('of the key'));
  onScreen();
  rest();
  expect(said).toEqual(['first', 'second']);
  drawFrame();
  onScreen();
  rest();
  expect(said).toEqual(['first', 'second', 'of the key']);
});

test('a window nobody sees draws no frames and stays behind by a tenth of a second', () => {
  desk.afterFrame(say('first'));
  desk.afterFrame(say('second'));
  vi.advanceTimersByTime(101);
  expect(said).toEqual(['first', 'second']);
});
