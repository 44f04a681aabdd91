import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import type { Log } from '../../kernel/index.ts';

const saved = z.strictObject({ x: z.number().int(), y: z.number().int(), width: z.number().int().min(320), height: z.number().int().min(240), isMaximized: z.boolean() });
export type SavedBounds = z.infer<typeof saved>;

const FIRST = { width: 1440, height: 900 };
/** So much of a window must be on a screen that a person can take hold of it. */
const VISIBLE = { width: 100, height: 50 };

/** Where the window was; null when never saved, unreadable, or on a screen that is gone. */
export function readBounds(path: string, screens: readonly Rectangle[], log: Log): SavedBounds | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    const bounds = saved.parse(JSON.parse(text));
    return screens.some((screen) => isOn(bounds, screen)) ? bounds : null;
  } catch (error) {
    log.warn('bounds.unreadable', { error });
    return null;
  }
}

export function isOn(window: Rectangle, screen: Rectangle): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const height = Math.min(window.y + window.height, screen.y + screen.height) - Math.max(window.y, screen.y);
  // The title bar is at the top: a window whose top is above the screen cannot be moved back.
  return width >= VISIBLE.width && height >= VISIBLE.height && window.y >= screen.y - 10;
}

export function writeBounds(path: string, bounds: SavedBounds, log: Log): void {
  try {
    writeFileSync(path, JSON.stringify(bounds));
  } catch (error) {
    log.warn('bounds.unwritten', { error });
  }
}

export const firstBounds = FIRST;
