import type { Settings } from '../../src-preload/contract/index.ts';
import { ask, call } from '../bridge.ts';
import { getState } from './store.ts';

const QUIET_MS = 700;
let waiting: Partial<Settings> = {};
let timer: ReturnType<typeof setTimeout> | null = null;

/** Saves at once; for what a person just chose. */
export const saveSettings = (patch: Partial<Settings>): Promise<unknown> => call('settings.update', { patch });

/** Saves when things have calmed down; for what changes while working (widths, selection). */
export function rememberSettings(patch: Partial<Settings>): void {
  waiting = { ...waiting, ...patch };
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(flushSettings, QUIET_MS);
}

export function flushSettings(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const patch = waiting;
  waiting = {};
  const current = getState().settings;
  const isNews = Object.entries(patch).some(([key, value]) => JSON.stringify(value) !== JSON.stringify(current[key as keyof Settings]));
  if (isNews) void ask('settings.update', { patch });
}
