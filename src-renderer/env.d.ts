import type { Bridge } from '../src-preload/bridge.ts';

declare global {
  interface Window {
    readonly parley?: Bridge;
  }
}
