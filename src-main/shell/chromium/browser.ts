import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ParleyError, messageOf, sleep, type Clock, type Log } from '../../kernel/index.ts';
import type { Browser } from './find-browser.ts';
import { browserFlags, type BrowserOptions } from './flags.ts';
import { inUtf8 } from './locale.ts';
import { connectPipe, type Cdp } from './pipe.ts';

export interface RunningBrowser {
  cdp: Cdp;
  pid: number;
  product: string;
  /** Where a test may attach; null without `hasTestPort`. */
  devtoolsUrl: string | null;
  /** How it ended: by itself (a closed window), or by a crash or a kill. */
  ended: Promise<'closed' | 'crashed'>;
  kill(): void;
}

const START_WITHIN_MS = 30_000;
/** A killed console's browser needs a moment to notice; until then it holds the profile. */
const PROFILE_TRIES = 20;
const PROFILE_WAIT_MS = 250;

class ProfileBusy extends Error {}

/** Starts the browser. Throws ParleyError with its last words when it does not come up. */
export async function startBrowser(browser: Browser, options: BrowserOptions, clock: Clock, log: Log): Promise<RunningBrowser> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(browser, options, clock, log);
    } catch (error) {
      if (!(error instanceof ProfileBusy)) throw error;
      if (attempt === PROFILE_TRIES) throw new ParleyError('unavailable', `${browser.name} is still running on this workspace. End it and start again.`);
      await sleepRefed(PROFILE_WAIT_MS);
    }
  }

  // The kernel's timers do not keep the process alive; between two tries nothing else does.
  function sleepRefed(ms: number): Promise<void> {
    const hold = setInterval(() => {}, 60_000);
    return sleep(clock, ms).finally(() => clearInterval(hold));
  }
}

async function launch(browser: Browser, options: BrowserOptions, clock: Clock, log: Log): Promise<RunningBrowser> {
  const child = spawn(browser.path, browserFlags(options), { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], windowsHide: true, env: inUtf8(process.env) });
  const [, , stderr, output, input] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  let words = '';
  let isUp = false;
  const devtools = Promise.withResolvers<string>();
  stderr.setEncoding('utf8');
  stderr.on('data', (text: string) => {
    // Drained for ever, or the browser would block on a full pipe; kept only while it starts.
    if (isUp) return;
    words = (words + text).slice(-10_000);
    const url = /DevTools listening on (ws:\S+)/.exec(words)?.[1];
    if (url) devtools.resolve(url);
  });

  const ended = new Promise<'closed' | 'crashed'>((resolve) => {
    child.once('exit', (code, signal) => {
      log.info('browser.ended', { code, signal });
      resolve(code === 0 ? 'closed' : 'crashed');
    });
  });
  const cdp = connectPipe(output, input, (error) => log.error('browser.event', { error }));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new ParleyError('unavailable', `${browser.name} cannot be started: ${messageOf(cause)}.`, { cause })));
    child.once('exit', (code) => {
      // 21 is Chromium's own "profile in use"; 0 before the handshake means it handed its command line to the one that has it.
      const isBusy = code === 0 || code === 21 || /ProcessSingleton|SingletonLock|existing browser session/.test(words);
      reject(isBusy ? new ProfileBusy() : new ParleyError('unavailable', `${browser.name} did not start: ${lastWords(words) || `it ended with code ${code}`}.`));
    });
    clock.after(START_WITHIN_MS, () => reject(new ParleyError('unavailable', `${browser.name} did not answer within ${START_WITHIN_MS / 1_000} s.`)));
  });
  failed.catch(() => {});

  try {
    const { product } = await Promise.race([cdp.send('Browser.getVersion', {}), failed]);
    const devtoolsUrl = options.hasTestPort ? await Promise.race([devtools.promise, failed]) : null;
    isUp = true;
    return { cdp, pid: child.pid ?? 0, product, devtoolsUrl, ended, kill: () => void child.kill() };
  } catch (error) {
    child.kill('SIGKILL');
    // The pipe closes before the exit is told: its reason is the better one.
    throw error instanceof ParleyError || error instanceof ProfileBusy ? error : await failed.catch((reason: unknown) => reason);
  }
}

/** The browser's last line that says something, without its process and source marks. */
const lastWords = (words: string): string =>
  words
    .split('\n')
    .map((line) => line.replace(/^\[[^\]]*\]\s*/, '').trim())
    .filter((line) => line !== '' && !line.includes('dbus') && !line.includes('unexpected operator'))
    .at(-1)
    ?.replace(/\.$/, '') ?? '';
