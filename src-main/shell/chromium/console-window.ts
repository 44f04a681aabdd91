import type { Clock, Log } from '../../kernel/index.ts';
import type { Assets } from '../assets.ts';
import type { Core } from '../shell.ts';
import type { RunningBrowser } from './browser.ts';
import { ORIGIN, connectPageBridge } from './page-bridge.ts';
import { CdpError } from './pipe.ts';
import type { CdpEvent, CdpMethod, CdpMethods } from './protocol.ts';
import { serveAssets } from './serve.ts';

export interface ConsoleWindowDeps {
  browser: RunningBrowser;
  core: Pick<Core, 'attach' | 'frame'>;
  clock: Clock;
  log: Log;
  shell: 'chromium' | 'headless';
  preload: string;
  assets(): Assets;
  /** A link a person clicked: in a mail, or one that asked for a new window. */
  onLink(url: string): void;
  onCrash(): void;
}

export interface ConsoleWindow {
  focus(): Promise<void>;
  reload(): Promise<void>;
  /** Asks the person in the browser's own dialog, outside the page's reach. */
  confirm(question: string): Promise<boolean>;
  /** Resolves when the page has painted and its fonts are there. */
  painted(): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

const HOME = `${ORIGIN}/`;
const HOME_TRIES = 5;

/** Takes over the browser's one window and shows the console in it. */
export async function openConsoleWindow(deps: ConsoleWindowDeps): Promise<ConsoleWindow> {
  const { browser, log } = deps;
  const { cdp } = browser;
  const main = Promise.withResolvers<{ sessionId: string; targetId: string }>();
  let mainSession: string | null = null;
  let hasArrived = false;
  const unlessGone = (error: unknown): void => {
    if (!(error instanceof CdpError)) log.error('window.failed', { error });
    else log.info('window.gone', { error });
  };

  const onTarget = async (event: Extract<CdpEvent, { method: 'Target.attachedToTarget' }>['params']): Promise<void> => {
    const { sessionId, targetInfo, waitingForDebugger } = event;
    const { type, targetId, url } = targetInfo;
    if (type === 'page' && mainSession === null) {
      mainSession = sessionId;
      main.resolve({ sessionId, targetId });
    } else if (type === 'iframe') {
      // A frame of another origin is a target of its own: it may not run before its requests are held too.
      await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId);
      await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }, sessionId);
    } else if (!url.startsWith('devtools://') && type !== 'browser' && type !== 'tab') {
      log.warn('window.refused', { type });
      // A new window waits on the thread of the page that asked for it: closed while it waits, it can leave that page standing still. So it
      // is let go, with everything it asks for held.
      await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId).catch(unlessGone);
      const closed = cdp.send('Target.closeTarget', { targetId });
      cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(unlessGone);
      await closed;
      return;
    }
    if (waitingForDebugger && sessionId !== mainSession) await cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId);
  };

  const stops = [
    serveAssets({ ...deps, cdp }),
    cdp.events.on((event) => {
      if (event.method === 'Target.attachedToTarget') onTarget(event.params).catch(unlessGone);
      if (event.method === 'Target.detachedFromTarget' && event.params.sessionId === mainSession) {
        // On macOS a browser lives on without windows.
        cdp.send('Browser.close', {}).catch(unlessGone);
      }
      if (event.sessionId === undefined || event.sessionId !== mainSession) return;
      if (event.method === 'Page.windowOpen' && event.params.userGesture) deps.onLink(event.params.url);
      if (event.method === 'Inspector.targetCrashed') deps.onCrash();
      if (event.method === 'Page.frameNavigated') {
        const { parentId, url } = event.params.frame;
        if (parentId !== undefined) return;
        if (new URL(url).origin === ORIGIN) hasArrived = true;
        else if (hasArrived) goHome().catch(unlessGone);
      }
      // "Back" must not lead to the boot page.
      if (event.method === 'Page.domContentEventFired' && hasArrived) cdp.send('Page.resetNavigationHistory', {}, mainSession).catch(unlessGone);
    }),
  ];
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  const { sessionId, targetId } = await main.promise;
  const send = <M extends CdpMethod>(method: M, params: CdpMethods[M]['in']): Promise<CdpMethods[M]['out']> => cdp.send(method, params, sessionId);

  await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await send('Inspector.enable', {});
  await send('Page.enable', {});
  stops.push(await connectPageBridge({ ...deps, cdp, sessionId }));
  await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  await cdp.send('Browser.grantPermissions', { origin: ORIGIN, permissions: ['notifications', 'clipboardSanitizedWrite'] });
  await cdp.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  await send('Runtime.runIfWaitingForDebugger', {});
  await goHome();

  /** Again when another navigation got in between: that one may be refused, and then nothing would bring the page home. */
  async function goHome(): Promise<void> {
    for (let attempt = 0; mainSession !== null && attempt < HOME_TRIES; attempt += 1) {
      const { errorText } = await cdp.send('Page.navigate', { url: HOME }, mainSession);
      if (errorText === undefined) return;
    }
  }
  const evaluateApart = async (expression: string): Promise<unknown> => {
    const { frameTree } = await send('Page.getFrameTree', {});
    const { executionContextId } = await send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'parley-shell' });
    const { result } = await send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    return result.value;
  };

  return {
    async focus() {
      const { windowId, bounds } = await cdp.send('Browser.getWindowForTarget', { targetId });
      if (bounds.windowState === 'minimized') await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
      await send('Page.bringToFront', {});
    },
    async reload() {
      await send('Page.reload', { ignoreCache: true });
    },
    async confirm(question) {
      return (await evaluateApart(`confirm(${JSON.stringify(question)})`)) === true;
    },
    async painted() {
      await evaluateApart(PAINTED);
    },
    async screenshot() {
      return Buffer.from((await send('Page.captureScreenshot', { format: 'png' })).data, 'base64');
    },
    async close() {
      await cdp.send('Browser.close', {}).catch(unlessGone);
      await browser.ended;
      for (const stop of stops) stop();
    },
  };
}

/** First contentful paint, then fonts, then two frames, so that nothing is half drawn. */
const PAINTED = `new Promise((done) => {
  const frames = () => document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
  if (performance.getEntriesByName('first-contentful-paint').length > 0) return frames();
  new PerformanceObserver((list, observer) => {
    if (list.getEntriesByName('first-contentful-paint').length === 0) return;
    observer.disconnect();
    frames();
  }).observe({ type: 'paint', buffered: true });
})`;
