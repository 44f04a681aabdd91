import { useSyncExternalStore } from 'react';
import type { Attachment, Entry } from '../../../src-preload/contract/index.ts';
import { useApp } from '../store.ts';

/** A mail's page lies among its files, and is not one to open or save. */
export const isPage = (file: { readonly name: string; readonly type: string }): boolean => file.name === 'message.html' && file.type === 'text/html';

/** The page a mail brought along, kept as its last file of that name. */
export const pageOf = (entry: Entry): Attachment | undefined => (entry.detail.type === 'mail' && !entry.isDeleted ? entry.attachments.findLast(isPage) : undefined);

export interface Reading {
  readonly isFormatted: boolean;
  readonly hasPictures: boolean;
}

/** How each mail was read last, while the window is open: a row scrolled away and back must look as it did. */
const readings = new Map<number | string, Reading>();
export const readingOf = (id: number | string): Reading => readings.get(id) ?? { isFormatted: true, hasPictures: false };
export const keepReading = (id: number | string, reading: Reading): void => void readings.set(id, reading);

/** Heights known from before: the row has its size at once when it comes back. */
const heights = new Map<number | string, number>();
export const heightOf = (id: number | string): number | null => heights.get(id) ?? null;
export const keepHeight = (id: number | string, height: number): void => void heights.set(id, height);

const darkQuery = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

/** The theme on screen, whoever chose it. */
export function useScheme(): 'light' | 'dark' {
  const theme = useApp((state) => state.settings.theme);
  const isDark = useSyncExternalStore((changed) => {
    const query = darkQuery();
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, () => darkQuery().matches);
  return theme === 'system' ? (isDark ? 'dark' : 'light') : theme;
}
