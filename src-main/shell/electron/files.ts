import { protocol, type Session } from 'electron';
import type { Assets } from '../assets.ts';
import { assetHeaders } from '../content-policy.ts';
import { ORIGIN, SCHEME, originOf } from './trust.ts';

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Answers `parley://app/...` from the map of built files, and nothing else. */
export function serveFiles(session: Session, assets: Assets): void {
  session.protocol.handle(SCHEME, (request) => {
    const asset = request.method === 'GET' && originOf(request.url) === ORIGIN ? assets.get(new URL(request.url).pathname) : undefined;
    if (!asset) return new Response('not found', { status: 404, headers: assetHeaders('text/plain', 'parley://mail') });
    return new Response(new Uint8Array(asset.body), { headers: assetHeaders(asset.type, 'parley://mail') });
  });
}
