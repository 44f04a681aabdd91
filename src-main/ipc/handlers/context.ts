import type { Settings } from '../../../src-preload/contract/index.ts';
import type { CallShortcut } from '../../calls/index.ts';
import type { MailDiscovery } from '../../channels/email/index.ts';
import { ParleyError, type Clock, type Log } from '../../kernel/index.ts';
import type { MailPages } from '../../mail-view/index.ts';
import type { Speller } from '../../spelling/index.ts';
import { tables, type ContentStore, type Operation } from '../../store/index.ts';
import type { Workspace } from '../../workspace.ts';

/** What handlers work with. Thin: a handler checks nothing the contract checks, decides nothing a domain decides. */
export interface HandlerContext {
  /** The workspace on screen; another one after `switchTo`. */
  workspace(): Workspace;
  isDemo(): boolean;
  switchTo(which: 'demo' | 'own'): Promise<void>;
  clock: Clock;
  log: Log;
  version: string;
  shell: 'electron' | 'chromium' | 'headless';
  downloadsDir: string;
  /** Asks a person where a file shall go; null in a shell that cannot. */
  askWhere: ((suggested: string) => Promise<string | null>) | null;
  pages: MailPages;
  discovery: MailDiscovery;
  speller: Speller;
  openLink(url: string): Promise<void>;
  /** Keys that open the call pad from any program; null in a shell that has none. */
  shortcut: CallShortcut | null;
  /** Which window asks. Each has its own agent. */
  seat: number;
  /** Whose PIN was given in this window since it was opened; undefined while nobody's was. */
  proof: { agentId?: string | null };
  /** It waits for the PIN of whoever sits there; `letIn` when that was right. */
  isShut(): boolean;
  letIn(): void;
  openWindow(): Promise<void>;
  /** Tells the asking window to read everything anew. */
  resetWindow(): void;
}

/** The settings as the asking window's agent has them. */
export const settingsNow = (c: HandlerContext): Settings => tables.settingsOfSeat(c.workspace().store.read, c.seat);

export const agentOf = (c: HandlerContext): string | null => tables.agentOfSeat(c.workspace().store.read, c.seat);

/** A window sits down as its agent by itself. Where that agent has a PIN, saying yes for the team takes it once. */
export function assertProved(c: HandlerContext): void {
  const agentId = agentOf(c);
  if (tables.accessOf(c.workspace().store.read, agentId).pin !== null && c.proof.agentId !== agentId) {
    throw new ParleyError('auth_needed', 'Show with your PIN that it is you.', { detail: { reason: 'pin' } });
  }
}

/** Bytes of a stored file; null when it is no longer there. */
export const bytesIn = (files: ContentStore) => (sha256: string): Uint8Array | null => (files.has(sha256) ? files.get(sha256) : null);

export const by = (c: HandlerContext): { at: number; agent: string } => ({ at: c.clock.now(), agent: settingsNow(c).agentInitials });

/** Runs an operation as the agent. */
export const act = <A, R>(c: HandlerContext, operation: Operation<A, R>, args: A): { seq: number; value: R } => c.workspace().store.run(operation, args, by(c));

/** Runs an operation as the agent and answers its sequence number only. */
export const did = <A, R>(c: HandlerContext, operation: Operation<A, R>, args: A): { seq: number } => ({ seq: act(c, operation, args).seq });
