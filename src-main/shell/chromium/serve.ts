import type { Log } from '../../kernel/index.ts';
import type { Asset, Assets } from '../assets.ts';
import { assetHeaders, framePath, mailHeaders } from '../content-policy.ts';
import type { Core } from '../shell.ts';
import { ORIGIN } from './page-bridge.ts';
import { CdpError, type Cdp } from './pipe.ts';

const MAIL_ORIGIN = 'https://mail.invalid';

/** The built file a request is for, or null: everything else in the world is refused. */
export function assetFor(assets: Assets, method: string, url: string): Asset | null {
  if (method !== 'GET' || !URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return origin === ORIGIN ? (assets.get(pathname) ?? null) : null;
}

export interface ServeDeps {
  cdp: Cdp;
  log: Log;
  core: Pick<Core, 'frame'>;
  /** Asked anew each time: a watch build replaces them. */
  assets(): Assets;
  /** A link in a mail was clicked. */
  onLink(url: string): void;
}

/** Answers every request of the browser's targets: built files, mails for their frames, nothing else. Returns the function that stops. */
export function serveAssets({ cdp, log, core, assets, onLink }: ServeDeps): () => void {
  const entries = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => ({ name, value }));
  return cdp.events.on((event) => {
    if (event.method !== 'Fetch.requestPaused') return;
    const { requestId, request, resourceType } = event.params;
    const fulfil = (headers: Record<string, string>, body: Buffer) =>
      cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: entries(headers), body: body.toString('base64') }, event.sessionId);
    // A refused navigation must leave the page that is there: "aborted" does, "blocked" would show an error page in its place.
    const refuse = () => cdp.send('Fetch.failRequest', { requestId, errorReason: resourceType === 'Document' ? 'Aborted' : 'BlockedByClient' }, event.sessionId);
    const answer = (): Promise<unknown> => {
      const asset = assetFor(assets(), request.method, request.url);
      if (asset) return fulfil(assetHeaders(asset.type, MAIL_ORIGIN), asset.body);
      const { origin, pathname } = URL.canParse(request.url) ? new URL(request.url) : { origin: '?', pathname: '' };
      // Mails are documents of frames; nothing may take one for a script, a style or a picture.
      const found = origin === MAIL_ORIGIN && request.method === 'GET' && resourceType === 'Document' && framePath(pathname) !== null ? core.frame(pathname) : null;
      if (found?.type === 'page') return fulfil(mailHeaders, Buffer.from(found.html));
      if (found?.type === 'link') onLink(found.url);
      else log.warn('shell.refused', { origin, kind: resourceType });
      return refuse();
    };
    answer().catch((error: unknown) => {
      // The page may have gone away before its answer.
      if (!(error instanceof CdpError)) throw error;
    });
  });
}
