import type { CommandName, Failure } from '../../src-preload/contract/index.ts';
import { tables, type ReadDb } from '../store/index.ts';

/** All a window may ask while it waits for a PIN: who there is, and to be let in. */
const BEFORE: readonly CommandName[] = ['agent.list', 'agent.use'];

/** Keeps a window that opens on the place of an agent with a PIN shut until whoever sits there has given it. */
export interface Gate<W> {
  /** A window opens, or another workspace is on screen. */
  meet(window: W, seat: number): void;
  isShut(window: W): boolean;
  letIn(window: W): void;
  leave(window: W): void;
  refuses(window: W, command: CommandName): Failure | null;
}

export function createGate<W>(db: () => ReadDb): Gate<W> {
  const shut = new Set<W>();
  return {
    meet(window, seat) {
      const read = db();
      if (tables.accessOf(read, tables.agentOfSeat(read, seat)).pin === null) shut.delete(window);
      else shut.add(window);
    },
    isShut: (window) => shut.has(window),
    letIn: (window) => void shut.delete(window),
    leave: (window) => void shut.delete(window),
    refuses: (window, command) => (shut.has(window) && !BEFORE.includes(command) ? { code: 'auth_needed', message: 'Say who works in this window first.', retryable: true } : null),
  };
}
