import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A strict small OAuth 2 server on loopback: single-use codes with PKCE (RFC 7636), refresh rotation whose replay ends the grant
 * (RFC 9700 4.14), device codes (RFC 8628), introspection (RFC 7662) for the mail servers.
 */
export interface OAuthPeer {
  url: string;
  authorizeUrl: string;
  tokenUrl: string;
  deviceUrl: string;
  introspectUrl: string;
  clientId: string;
  /** What the person does on the consent page: where the browser is sent then. */
  consent(url: string, user: string, decision?: 'allow' | 'deny'): Promise<string>;
  /** What the person does with a code typed in. */
  enterCode(userCode: string, user: string, decision?: 'allow' | 'deny'): void;
  /** Tokens as a finished sign-in gives them. */
  grant(user: string): { accessToken: string; refreshToken: string };
  /** Ends every grant of a user: tokens and refresh tokens alike. */
  revoke(user: string): void;
  /** Access tokens are refused from now on, refresh tokens still work. */
  expire(user: string): void;
  /** Whose token it is, null when it is good no more. */
  userOf(token: string): string | null;
  /** The next answers of the token endpoint, before any is thought about. */
  failNext(status: number, times?: number): void;
  /** Requests of the token endpoint: grant type and how they ended. */
  asked: { type: string; ended: string }[];
  /** The next device polls are told to be slower. */
  slowDown(times: number): void;
  close(): Promise<void>;
}

interface Grant { user: string; isOver: boolean; refresh: Map<string, 'good' | 'used'>; access: Map<string, 'good' | 'expired'> }
interface Code { user: string; challenge: string; redirectUri: string; isUsed: boolean; grant: Grant | null }
interface Device { userCode: string; user: string | null; state: 'pending' | 'allowed' | 'denied' | 'used' }

const secret = (): string => randomBytes(18).toString('base64url');

export async function startOAuthPeer({ clientSecret = null as string | null, lifetimeS = 3_600 as number | null } = {}): Promise<OAuthPeer> {
  const clientId = 'parley-desk';
  const grants: Grant[] = [];
  const codes = new Map<string, Code>();
  const devices = new Map<string, Device>();
  const asked: { type: string; ended: string }[] = [];
  let failing = { status: 0, times: 0 };
  let slow = 0;

  const give = (grant: Grant): { access_token: string; refresh_token: string; token_type: string; expires_in?: number } => {
    const [access, refresh] = [`at-${secret()}`, `rt-${secret()}`];
    grant.access.set(access, 'good');
    grant.refresh.set(refresh, 'good');
    return { access_token: access, refresh_token: refresh, token_type: 'Bearer', ...(lifetimeS === null ? {} : { expires_in: lifetimeS }) };
  };
  const open = (user: string): Grant => {
    const grant: Grant = { user, isOver: false, refresh: new Map(), access: new Map() };
    grants.push(grant);
    return grant;
  };
  const userOf = (token: string): string | null => grants.find((grant) => !grant.isOver && grant.access.get(token) === 'good')?.user ?? null;

  function tokens(form: URLSearchParams): { status: number; body: object; ended: string } {
    const no = (error: string, status = 400): { status: number; body: object; ended: string } => ({ status, body: { error }, ended: error });
    const yes = (grant: Grant): { status: number; body: object; ended: string } => ({ status: 200, body: give(grant), ended: 'given' });
    if (form.get('client_id') !== clientId || (clientSecret !== null && form.get('client_secret') !== clientSecret)) return no('invalid_client', 401);
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const code = codes.get(form.get('code') ?? '');
        if (!code) return no('invalid_grant');
        if (code.isUsed) {
          // A code shown twice was stolen once (RFC 6749 section 4.1.2).
          if (code.grant) code.grant.isOver = true;
          return no('invalid_grant');
        }
        code.isUsed = true;
        const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
        if (challenge !== code.challenge || form.get('redirect_uri') !== code.redirectUri) return no('invalid_grant');
        code.grant = open(code.user);
        return yes(code.grant);
      }
      case 'refresh_token': {
        const token = form.get('refresh_token') ?? '';
        const grant = grants.find((one) => one.refresh.has(token));
        if (!grant || grant.isOver) return no('invalid_grant');
        if (grant.refresh.get(token) === 'used') {
          grant.isOver = true;
          return no('invalid_grant');
        }
        grant.refresh.set(token, 'used');
        return yes(grant);
      }
      case 'urn:ietf:params:oauth:grant-type:device_code': {
        const device = devices.get(form.get('device_code') ?? '');
        if (!device || device.state === 'used') return no('invalid_grant');
        if (slow > 0) {
          slow -= 1;
          return no('slow_down');
        }
        if (device.state === 'denied') return no('access_denied');
        if (device.state === 'pending' || device.user === null) return no('authorization_pending');
        device.state = 'used';
        return yes(open(device.user));
      }
      default: return no('unsupported_grant_type');
    }
  }

  const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    return new URLSearchParams(text);
  };
  const json = (response: ServerResponse, status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const form = request.method === 'POST' ? await bodyOf(request) : url.searchParams;
    switch (url.pathname) {
      case '/authorize': {
        const redirect = form.get('redirect_uri') ?? '';
        const isSound = form.get('client_id') === clientId && form.get('response_type') === 'code' && form.get('code_challenge_method') === 'S256' && (form.get('code_challenge') ?? '').length === 43
          && /^http:\/\/(?:127\.0\.0\.1|localhost):\d+\/callback$/.test(redirect) && (form.get('state') ?? '').length >= 16 && form.get('scope') !== null;
        if (!isSound) return json(response, 400, { error: 'invalid_request' });
        if (request.method !== 'POST') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
        const back = new URL(redirect);
        back.searchParams.set('state', form.get('state') ?? '');
        if (form.get('decision') === 'allow') {
          const code = secret();
          codes.set(code, { user: form.get('user') ?? '', challenge: form.get('code_challenge') ?? '', redirectUri: redirect, isUsed: false, grant: null });
          back.searchParams.set('code', code);
        } else back.searchParams.set('error', 'access_denied');
        return void response.writeHead(302, { location: back.href }).end();
      }
      case '/token': {
        if (failing.times > 0) {
          failing.times -= 1;
          asked.push({ type: form.get('grant_type') ?? '', ended: `HTTP ${failing.status}` });
          return void response.writeHead(failing.status, { connection: 'close' }).end('<html>busy</html>');
        }
        const { status, body, ended } = tokens(form);
        asked.push({ type: form.get('grant_type') ?? '', ended });
        return json(response, status, body);
      }
      case '/device': {
        if (form.get('client_id') !== clientId || form.get('scope') === null) return json(response, 400, { error: 'invalid_client' });
        const device: Device = { userCode: `${secret().slice(0, 4).toUpperCase()}-${secret().slice(0, 4).toUpperCase()}`, user: null, state: 'pending' };
        const id = secret();
        devices.set(id, device);
        return json(response, 200, { device_code: id, user_code: device.userCode, verification_uri: `${base}/code`, expires_in: 900, interval: 5 });
      }
      case '/introspect': {
        const user = userOf(form.get('token') ?? '');
        return json(response, 200, user === null ? { active: false } : { active: true, username: user });
      }
      default: return json(response, 404, { error: 'not_found' });
    }
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: base, authorizeUrl: `${base}/authorize`, tokenUrl: `${base}/token`, deviceUrl: `${base}/device`, introspectUrl: `${base}/introspect`, clientId, asked, userOf,
    async consent(url, user, decision = 'allow') {
      const page = await fetch(url);
      if (page.status !== 200) throw new Error(`the consent page answers ${page.status}`);
      const form = new URLSearchParams(new URL(url).searchParams);
      form.set('user', user);
      form.set('decision', decision);
      const decided = await fetch(`${base}/authorize`, { method: 'POST', body: form, redirect: 'manual' });
      return decided.headers.get('location') ?? '';
    },
    enterCode(userCode, user, decision = 'allow') {
      const device = [...devices.values()].find((one) => one.userCode === userCode);
      if (!device) throw new Error('no such code');
      device.user = user;
      device.state = decision === 'allow' ? 'allowed' : 'denied';
    },
    grant(user) {
      const { access_token, refresh_token } = give(open(user));
      return { accessToken: access_token, refreshToken: refresh_token };
    },
    revoke: (user) => grants.filter((grant) => grant.user === user).forEach((grant) => void (grant.isOver = true)),
    expire: (user) => grants.filter((grant) => grant.user === user).forEach((grant) => [...grant.access.keys()].forEach((token) => grant.access.set(token, 'expired'))),
    failNext: (status, times = 1) => void (failing = { status, times }),
    slowDown: (times) => void (slow = times),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
