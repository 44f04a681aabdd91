import { globalShortcut } from 'electron';
import type { Log } from '../../kernel/index.ts';

export interface CallKeys {
  /** Holds these keys and no others; answers in one sentence why the system does not give them. */
  hold(keys: string | null): string | null;
  release(): void;
}

/** The keys that bring the call pad up from any program. */
export function createCallKeys(onPressed: () => void, log: Log): CallKeys {
  let held: string | null = null;
  const release = (): void => {
    if (held !== null) globalShortcut.unregister(held);
    held = null;
  };
  return {
    release,
    hold(keys) {
      if (keys === held) return null;
      release();
      if (keys === null) return null;
      try {
        // Electron throws for keys it cannot read, and answers false for those of another program.
        if (!globalShortcut.register(keys, onPressed)) return `Another program has ${keys} already; choose other keys.`;
      } catch (error) {
        log.warn('shortcut.refused', { error });
        return `${keys} are no keys this system knows; choose others.`;
      }
      held = keys;
      return null;
    },
  };
}
