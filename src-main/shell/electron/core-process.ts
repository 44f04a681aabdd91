import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { ParleyError, messageOf, type Clock, type Log } from '../../kernel/index.ts';
import { createRestartBudget } from '../restarts.ts';
import type { FrameAnswer } from '../shell.ts';
import type { FromCoreProcess, ToCoreProcess } from './core-wire.ts';

export interface CoreProcessDeps {
  /** The built entry-core.js. */
  script: string;
  start: Omit<Extract<ToCoreProcess, { t: 'start' }>, 't'>;
  clock: Clock;
  log: Log;
  openLink(url: string): Promise<void>;
  openWindow(): void;
  /** Answers why the system does not give these keys; null when it does. */
  holdKeys(keys: string | null): string | null;
  /** Where a file shall go; null for nowhere. */
  askWhere(suggested: string): Promise<string | null>;
  /** The core died and a new one runs: windows must connect anew. */
  onRestart(): void;
  /** There will be no core any more; `reason` is one sentence for a person. */
  onFailure(reason: string): void;
}

export interface CoreProcess {
  /** Hands one end of a channel to the core; the other belongs to a window. */
  attach(port: MessagePortMain, seat: number): void;
  open(path: string): void;
  resume(): void;
  /** What the core has for a frame at the mail origin; null also when the core dies meanwhile. */
  frame(path: string): Promise<FrameAnswer | null>;
  close(): Promise<void>;
}

/** As `src-main/launch` starts the core elsewhere: left to itself V8 takes what a machine with much memory has, and gives none of it back. */
const CORE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=100'];
/** Quitting waits this long for sends and writes in progress; the outbox is safe on disk either way. */
const CLOSE_WITHIN_MS = 10_000;

/** Runs the core in a utility process, so that a long import never blocks the window. */
export function startCoreProcess(deps: CoreProcessDeps): CoreProcess {
  const { script, start, clock, log, openLink, openWindow, holdKeys, askWhere, onRestart, onFailure } = deps;
  const tell = (to: UtilityProcess, message: ToCoreProcess, ports: MessagePortMain[] = []): void => to.postMessage(message, ports);
  const budget = createRestartBudget(clock);
  const frames = new Map<number, (answer: FrameAnswer | null) => void>();
  let lastFrame = 0;
  let isClosing = false;
  let hasFailed = false;
  let closed = Promise.withResolvers<void>();
  let child = fork();

  function fork(): UtilityProcess {
    const process = utilityProcess.fork(script, [], { serviceName: 'Parley core', stdio: 'inherit', execArgv: CORE_FLAGS });
    process.on('message', (message: FromCoreProcess) => take(process, message));
    process.on('exit', (code) => ended(code));
    tell(process, { t: 'start', ...start });
    return process;
  }
  function take(from: UtilityProcess, message: FromCoreProcess): void {
    if (message.t === 'failed') {
      hasFailed = true;
      onFailure(message.message);
    } else if (message.t === 'openLink') {
      openLink(message.url).then(
        () => tell(from, { t: 'linkDone', id: message.id, refused: null }),
        (error: unknown) => tell(from, { t: 'linkDone', id: message.id, refused: { code: error instanceof ParleyError ? error.code : 'internal', message: messageOf(error) } }),
      );
    } else if (message.t === 'openWindow') openWindow();
    else if (message.t === 'holdKeys') tell(from, { t: 'keysHeld', id: message.id, problem: holdKeys(message.keys) });
    else if (message.t === 'askWhere') {
      askWhere(message.suggested).catch(() => null).then((path) => tell(from, { t: 'whereIs', id: message.id, path }), () => {});
    } else if (message.t === 'frameIs') {
      frames.get(message.id)?.(message.answer);
      frames.delete(message.id);
    } else if (message.t === 'closed') closed.resolve();
    else log.info('core.started');
  }
  function ended(code: number): void {
    for (const answer of frames.values()) answer(null);
    frames.clear();
    if (isClosing || hasFailed) return closed.resolve();
    log.error('core.died', { code });
    if (!budget.take()) return onFailure('The core of Parley died again and again. Nothing that was saved is lost; its log is in the workspace folder.');
    closed = Promise.withResolvers();
    child = fork();
    onRestart();
  }

  return {
    attach: (port, seat) => tell(child, { t: 'attach', seat }, [port]),
    open: (path) => tell(child, { t: 'open', path }),
    resume: () => tell(child, { t: 'resume' }),
    frame(path) {
      lastFrame += 1;
      const id = lastFrame;
      return new Promise((resolve) => {
        frames.set(id, resolve);
        tell(child, { t: 'frame', id, path });
      });
    },
    close() {
      if (!isClosing) {
        isClosing = true;
        if (hasFailed) closed.resolve();
        else tell(child, { t: 'close' });
        clock.after(CLOSE_WITHIN_MS, () => closed.resolve());
      }
      return closed.promise.then(() => void child.kill());
    },
  };
}
