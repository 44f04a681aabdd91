import type { Log } from '../../kernel/index.ts';
import type { Asset, Assets } from '../assets.ts';
import { assetHeaders } from '../content-policy.ts';
import { ORIGIN } from './page-bridge.ts';
import { CdpError, type Cdp } from './pipe.ts';

/** The built file a request is for, or null: everything else in the world is refused. */
export function assetFor(assets: Assets, method: string, url: string): Asset | null {
  if (method !== 'GET' || !URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return origin === ORIGIN ? (assets.get(pathname) ?? null) : null;
}

/** Answers every request of the browser's targets from the map. Returns the function that stops. `assets` is asked anew each time: a watch build replaces it. */
export function serveAssets(cdp: Cdp, log: Log, assets: () => Assets): () => void {
  const headers = (type: string) => Object.entries(assetHeaders(type, 'https://mail.invalid')).map(([name, value]) => ({ name, value }));
  return cdp.events.on((event) => {
    if (event.method !== 'Fetch.requestPaused') return;
    const { requestId, request, resourceType } = event.params;
    const asset = assetFor(assets(), request.method, request.url);
    if (!asset) log.warn('shell.refused', { origin: URL.canParse(request.url) ? new URL(request.url).origin : '?', kind: resourceType });
    const answer = asset
      ? cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: headers(asset.type), body: asset.body.toString('base64') }, event.sessionId)
      : // A refused navigation must leave the page that is there: "aborted" does, "blocked" would show an error page in its place.
        cdp.send('Fetch.failRequest', { requestId, errorReason: resourceType === 'Document' ? 'Aborted' : 'BlockedByClient' }, event.sessionId);
    answer.catch((error: unknown) => {
      // The page may have gone away before its answer.
      if (!(error instanceof CdpError)) throw error;
    });
  });
}
