import type { ErrorCode } from '../../../src-preload/contract/index.ts';
import type { DemoMode, FrameAnswer } from '../shell.ts';

/** What the main process tells the core's process. `attach` carries one MessagePort, the other end of the window with that seat. */
export type ToCoreProcess =
  | { t: 'start'; workspaceDir: string; demo: DemoMode; downloadsDir: string }
  | { t: 'attach'; seat: number }
  | { t: 'open'; path: string }
  | { t: 'resume' }
  | { t: 'frame'; id: number; path: string }
  | { t: 'linkDone'; id: number; refused: { code: ErrorCode; message: string } | null }
  | { t: 'keysHeld'; id: number; problem: string | null }
  | { t: 'whereIs'; id: number; path: string | null }
  | { t: 'close' };

export type FromCoreProcess =
  | { t: 'started' }
  /** The core cannot start, and says why in one sentence; starting it again will not help. */
  | { t: 'failed'; message: string }
  | { t: 'frameIs'; id: number; answer: FrameAnswer | null }
  | { t: 'openLink'; id: number; url: string }
  | { t: 'openWindow' }
  /** Keys that shall open the call pad from any program; null for none. */
  | { t: 'holdKeys'; id: number; keys: string | null }
  /** Where a file shall go; answered by `whereIs`. */
  | { t: 'askWhere'; id: number; suggested: string }
  | { t: 'closed' };
