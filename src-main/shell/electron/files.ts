import { protocol, type Session } from 'electron';
import type { Assets } from '../assets.ts';
import { assetHeaders, framePath, mailHeaders } from '../content-policy.ts';
import type { FrameAnswer } from '../shell.ts';
import { MAIL_ORIGIN, ORIGIN, SCHEME, originOf } from './trust.ts';

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Answers `parley://app/...` from the map of built files and `parley://mail/...` with the mails the core has made ready, and nothing else. */
export function serveFiles(session: Session, assets: Assets, frame: (path: string) => Promise<FrameAnswer | null>): void {
  const missing = (): Response => new Response('not found', { status: 404, headers: assetHeaders('text/plain', 'parley://mail') });
  session.protocol.handle(SCHEME, async (request) => {
    if (request.method !== 'GET') return missing();
    const origin = originOf(request.url);
    const { pathname } = new URL(request.url);
    if (origin === MAIL_ORIGIN) {
      const answer = framePath(pathname) === 'page' ? await frame(pathname) : null;
      return answer?.type === 'page' ? new Response(answer.html, { headers: mailHeaders }) : missing();
    }
    const asset = origin === ORIGIN ? assets.get(pathname) : undefined;
    return asset ? new Response(new Uint8Array(asset.body), { headers: assetHeaders(asset.type, 'parley://mail') }) : missing();
  });
}
