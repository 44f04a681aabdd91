import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};

const LOW = 800;
/** So little height that what stands above the text folds into one line. */
export const useLow = (): boolean => useSyncExternalStore(subscribe, () => window.innerHeight < LOW);

/** Which panes fit beside each other. */
export const useFit = (): 'three' | 'two' | 'one' =>
  useSyncExternalStore(subscribe, () => (window.innerWidth < 900 ? 'one' : window.innerWidth < 1200 ? 'two' : 'three'));
