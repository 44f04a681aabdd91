import type { App, Session, WebContents } from 'electron';
import type { Log } from '../../kernel/index.ts';
import { framePath } from '../content-policy.ts';
import { MAIL_ORIGIN, originOf, type Trust } from './trust.ts';

const PERMITTED: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write']);
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['parley:', 'data:', 'blob:']);

/** Electron grants every permission unless told otherwise, and reaches the network for whatever a page asks. */
export function guardSession(session: Session, trust: Trust, log: Log): void {
  const isPermitted = (permission: string, url: string): boolean => PERMITTED.has(permission) && originOf(url) === trust.origin;
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isGranted = isPermitted(permission, details.requestingUrl);
    if (!isGranted) log.warn('permission.denied', { permission });
    answer(isGranted);
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => isPermitted(permission, requestingOrigin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // Dictionaries would be fetched from a vendor's server.
  session.setSpellCheckerDictionaryDownloadURL('https://dictionaries.invalid/');
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = URL.canParse(details.url) ? new URL(details.url).protocol : '';
    const isOurs = LOCAL_SCHEMES.has(scheme) || scheme === 'devtools:' || isDevServer(details.url, trust);
    if (!isOurs) log.warn('request.denied', { origin: originOf(details.url) });
    answer({ cancel: !isOurs });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** Only in development is the trusted origin a web server, which also speaks ws: for reloads. */
const isDevServer = (url: string, trust: Trust): boolean =>
  trust.origin.startsWith('http:') && (originOf(url) === trust.origin || originOf(url) === trust.origin.replace('http:', 'ws:'));

export interface LinkSteps {
  open(url: string): void;
  /** A link in a mail was clicked: the frame knows it by a path only. */
  openFrameLink(path: string): void;
}

/** Every webContents there will ever be: stays on our origin, opens no window, holds no webview. */
export function guardContents(app: App, trust: Trust, links: LinkSteps, log: Log): void {
  app.on('web-contents-created', (_created, contents) => guardOne(contents, trust, links, log));
}

function guardOne(contents: WebContents, trust: Trust, links: LinkSteps, log: Log): void {
  const deny = (what: string, url: string): void => log.warn(what, { origin: originOf(url) });
  contents.on('will-navigate', (event) => {
    if (originOf(event.url) === trust.origin) return;
    event.preventDefault();
    deny('navigation.denied', event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    const isAllowed = originOf(event.url) === (event.isMainFrame ? trust.origin : MAIL_ORIGIN);
    const kind = isAllowed && !event.isMainFrame ? framePath(new URL(event.url).pathname) : null;
    if (isAllowed && kind !== 'link') return;
    event.preventDefault();
    if (kind === 'link') return links.openFrameLink(new URL(event.url).pathname);
    deny('frame.denied', event.url);
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    deny('redirect.denied', event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    deny('webview.denied', '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    links.open(url);
    return { action: 'deny' };
  });
}
