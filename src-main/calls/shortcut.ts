import type { GlobalShortcut } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type Store } from '../store/index.ts';

const NAME = 'call-shortcut';
const FIRST = 'CommandOrControl+Shift+F9';

const MODIFIERS = /^(?:CommandOrControl|Command|Control|Alt|Option|Shift|Super|Meta)$/;
const KEYS = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Tab|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert|Delete|num[0-9])$/;

/** Why these keys cannot be taken from every other program; null when they can be asked for. */
export function keysProblem(keys: string): string | null {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  if (!KEYS.test(key) || !parts.every((part) => MODIFIERS.test(part)) || new Set(parts).size !== parts.length) return `${keys} are no keys that can be used.`;
  const isFunction = /^F\d/.test(key);
  // Shift and a letter is a capital: nobody could write one any more.
  return isFunction || parts.some((part) => part !== 'Shift') ? null : `${keys} would be missing everywhere else; add Ctrl, Alt or Cmd.`;
}

const save: Operation<{ keys: string | null }, void> = {
  name: 'phone.shortcut',
  apply: (tx, { keys }) => tables.putSetting(tx.db, NAME, JSON.stringify(keys)),
};

export interface CallShortcut {
  state(): GlobalShortcut;
  save(keys: string | null, by: { at: number; agent: string }): Promise<{ seq: number; shortcut: GlobalShortcut }>;
  /** Asks the system for the keys of the workspace on screen. */
  apply(): Promise<void>;
}

/** The keys that open the call pad from any program. `register` asks the system for them alone, and answers why not. */
export function createCallShortcut(store: () => Store, register: (keys: string | null) => Promise<string | null>): CallShortcut {
  let problem: string | null = null;
  const kept = (): string | null => {
    const stored = tables.settingOf(store().read, NAME);
    return stored === null ? FIRST : (JSON.parse(stored) as string | null);
  };
  const apply = async (): Promise<void> => {
    problem = await register(kept());
  };
  return {
    state: () => ({ keys: kept(), problem }),
    apply,
    async save(keys, by) {
      const refused = (keys === null ? null : keysProblem(keys)) ?? (await register(keys));
      if (refused !== null) {
        await apply();
        throw new ParleyError('refused', refused);
      }
      problem = null;
      const { seq } = store().run(save, { keys }, by);
      return { seq, shortcut: { keys, problem } };
    },
  };
}
