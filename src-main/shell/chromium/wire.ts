import type { ToCore, ToWindow } from '../../../src-preload/contract/index.ts';

/** What the page's side of the bridge sends through the binding, as JSON. */
export type FromPage = { k: 'hello' } | { k: 'message'; message: ToCore } | { k: 'path'; token: number };
/** What the page's side receives: a JSON list of these, cut into pieces. */
export type ToPage = { k: 'message'; message: ToWindow } | { k: 'path'; token: number; path: string | null };

/** What the injected script is told. */
export interface PreloadSettings {
  shell: 'chromium' | 'headless';
  origin: string;
  /** The binding's name, and the name under which the page's side waits to be picked up; both are gone before page code runs or soon after. */
  binding: string;
}
