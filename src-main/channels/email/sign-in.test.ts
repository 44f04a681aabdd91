import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { dovecotMissing } from '../../../e2e/peers/dovecot.ts';
import { startOAuthPeer, type OAuthPeer } from '../../../e2e/peers/oauth.ts';
import type { SignInInput } from '../../../src-preload/contract/index.ts';
import { manualClock, silentLog } from '../../kernel/index.ts';
import { eventually, startChannel } from '../contract-suite.ts';
import { createGrant } from '../oauth-grant.ts';
import { askForTokens } from '../oauth-token.ts';
import { emailDriver } from './driver.ts';
import { oauthConfig, outgoing, shared, sharedOAuth, startTokenMailPeer, type MailPeer } from './peer.fixture.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

describe('one grant', () => {
  const setUp = async (secrets: Record<string, string> = {}) => {
    const oauth = await startOAuthPeer();
    cleanUp.push(() => oauth.close());
    const clock = manualClock();
    let stored: Record<string, string> = { ...oauth.grant('care'), ...secrets };
    let failures = 0;
    const grant = createGrant({
      clock, log: silentLog, load: async () => stored,
      async save(next) {
        if (failures > 0) {
          failures -= 1;
          throw new Error('disk full');
        }
        stored = next;
      },
      redeem: (refreshToken) => askForTokens(oauth.tokenUrl, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: oauth.clientId }, clock),
    });
    return { oauth, clock, grant, stored: () => stored, failSave: () => void (failures = 1) };
  };

  it('renews before its end, once for all who ask, and only what was stored is used', async () => {
    const { oauth, clock, grant, stored } = await setUp({ expiresAt: String(manualClock().now() + 3_600_000) });
    const first = await grant.token();
    clock.advance(3_600_000 - 60_001);
    expect(await grant.token()).toBe(first);
    clock.advance(2);
    const renewed = await Promise.all([grant.token(), grant.token(), grant.insteadOf(first)]);
    expect(new Set(renewed)).toEqual(new Set([stored()['accessToken']]));
    expect(renewed[0]).not.toBe(first);
    expect(oauth.asked).toEqual([{ type: 'refresh_token', ended: 'given' }]);
    expect(Number(stored()['expiresAt'])).toBe(clock.now() + 3_600_000);
  });

  it('a renewed token that could not be stored is neither used nor asked for again', async () => {
    const { oauth, grant, stored, failSave } = await setUp();
    const first = await grant.token();
    failSave();
    await expect(grant.insteadOf(first)).rejects.toThrow('disk full');
    expect(stored()['accessToken']).toBe(first);
    const next = await grant.insteadOf(first);
    expect([next, oauth.asked.length]).toEqual([stored()['accessToken'], 1]);
  });

  it('a provider that is busy ends nothing; one that refuses is asked once', async () => {
    const { oauth, grant } = await setUp();
    const first = await grant.token();
    oauth.failNext(503);
    await expect(grant.insteadOf(first)).rejects.toMatchObject({ code: 'offline', retryable: true });
    oauth.revoke('care');
    for (let i = 0; i < 3; i += 1) await expect(grant.insteadOf(first)).rejects.toMatchObject({ code: 'auth_needed', message: expect.stringContaining('sign in again') });
    expect(oauth.asked.map(({ ended }) => ended)).toEqual(['HTTP 503', 'invalid_grant']);
  });

  it('takes the tokens of a sign-in made meanwhile', async () => {
    const { oauth, grant, stored } = await setUp();
    const first = await grant.token();
    Object.assign(stored(), oauth.grant('care'));
    expect(await grant.insteadOf(first)).toBe(stored()['accessToken']);
    expect(oauth.asked).toEqual([]);
  });
});

describe.skipIf(dovecotMissing !== null)(`a mailbox signed in to with tokens${dovecotMissing === null ? '' : ` (SKIPPED: ${dovecotMissing})`}`, () => {
  afterAll(async () => {
    await (await shared.server)?.close();
    await (await sharedOAuth.peer)?.close();
  });
  type Peer = MailPeer & { oauth: OAuthPeer };
  const setUp = async (): Promise<Peer> => {
    const peer = await startTokenMailPeer();
    cleanUp.push(() => peer.close());
    return peer;
  };
  const live = async (peer: Peer) => {
    const running = startChannel(peer);
    cleanUp.push(() => running.channel.stop());
    await running.untilState('live');
    return running;
  };
  const inputFor = (peer: Peer, way: 'page' | 'code' = 'page'): SignInInput => {
    const { config } = peer.account;
    return emailDriver.signInAgain?.({ name: 'Care', config: { ...(config as object), oauth: oauthConfig(peer.oauth) } }, {}, way) as SignInInput;
  };
  const begin = async (peer: Peer, way: 'page' | 'code' = 'page') => {
    const time = manualClock(Date.now());
    /** Waits between polls, beside the limits of requests. */
    const waits: number[] = [];
    const clock = { ...time, after: (ms: number, run: () => void) => {
      if (ms !== 20_000) waits.push(ms);
      return time.after(ms, run);
    } };
    const kept: Record<string, string>[] = [];
    const abort = new AbortController();
    const started = await emailDriver.signIn?.(inputFor(peer, way), { clock, log: silentLog, signal: abort.signal, keep: async (_, secrets) => void kept.push(secrets) });
    if (!started) throw new Error('no sign-in');
    started.done.catch(() => {});
    return { started, clock, kept, abort, waits };
  };

  it('an expired token drops no connection; the next one renews it, for reading and for sending alike', async () => {
    const peer = await setUp();
    const running = await live(peer);
    const connections = peer.imap.taken();
    peer.oauth.expire(peer.dovecot.user);
    const [id] = await peer.deliver(1);
    await running.channel.poll();
    expect(running.messages().map((event) => event.externalId)).toEqual([id]);
    expect(peer.imap.taken()).toBe(connections);
    // The server refuses the token in the middle of the sign-in: another one is fetched on the same connection.
    expect((await running.channel.send(outgoing('expired'))).type).toBe('sent');
    peer.oauth.expire(peer.dovecot.user);
    await peer.outage();
    await running.channel.poll();
    await peer.restore();
    await running.channel.poll();
    await running.untilState('live');
    expect(peer.smtp.mails).toHaveLength(1);
  });

  it('a provider that cannot be reached makes sending wait for the network, not for a person', async () => {
    const peer = await setUp();
    const running = await live(peer);
    peer.oauth.expire(peer.dovecot.user);
    peer.oauth.failNext(503, 2);
    expect(await running.channel.send(outgoing('busy'))).toMatchObject({ type: 'retry', waitsFor: 'network' });
    peer.oauth.failNext(0, 0);
    expect((await running.channel.send(outgoing('busy', { attempt: 2 }))).type).toBe('sent');
    expect(peer.smtp.mails).toHaveLength(1);
  });

  it('is signed in to in the browser: tokens are kept before their first use, and the mail servers say whose they are', async () => {
    const peer = await setUp();
    const { started, kept } = await begin(peer);
    expect(new URL(started.url).searchParams.get('login_hint')).toBe('care@acme.example');
    await fetch(await peer.oauth.consent(started.url, peer.dovecot.user));
    const signedIn = await started.done;
    expect(signedIn.address).toBe('care@acme.example');
    expect(kept).toEqual([signedIn.secrets]);
    expect(Object.keys(signedIn.secrets).sort()).toEqual(['accessToken', 'expiresAt', 'refreshToken']);
    expect(JSON.stringify(signedIn.config)).not.toMatch(/at-|rt-/);
    const running = startChannel({ ...peer, secrets: signedIn.secrets });
    cleanUp.push(() => running.channel.stop());
    await running.untilState('live');
  });

  it('somebody else’s sign-in opens nothing and says so; declining is heard', async () => {
    const peer = await setUp();
    const wrong = await begin(peer);
    await fetch(await peer.oauth.consent(wrong.started.url, 'somebody'));
    await expect(wrong.started.done).rejects.toThrow(/does not accept this sign-in for care\d+\. Was it the sign-in of care@acme\.example\?$/);
    const declined = await begin(peer);
    await fetch(await peer.oauth.consent(declined.started.url, peer.dovecot.user, 'deny'));
    await expect(declined.started.done).rejects.toThrow(/^The sign-in was declined on the page of 127\.0\.0\.1:\d+\.$/);
  });

  it('is signed in to with a code: it waits, slows down when told, and takes a yes or a no', async () => {
    const peer = await setUp();
    const before = peer.oauth.asked.length;
    const polls = (): string[] => peer.oauth.asked.slice(before).map(({ ended }) => ended);
    const { started, clock, waits } = await begin(peer, 'code');
    expect(started.userCode).toMatch(/^.{4}-.{4}$/);
    const poll = async (ms: number): Promise<void> => {
      const count = polls().length;
      await eventually(() => waits.length === count + 1);
      clock.advance(ms - 1);
      expect(polls().length).toBe(count);
      clock.advance(1);
      await eventually(() => polls().length === count + 1);
    };
    await poll(5_000);
    peer.oauth.slowDown(1);
    await poll(5_000);
    await poll(10_000);
    peer.oauth.enterCode(started.userCode ?? '', peer.dovecot.user);
    await poll(10_000);
    expect(await started.done).toMatchObject({ address: 'care@acme.example' });
    expect(polls()).toEqual(['authorization_pending', 'slow_down', 'authorization_pending', 'given']);
    const declined = await begin(peer, 'code');
    peer.oauth.enterCode(declined.started.userCode ?? '', peer.dovecot.user, 'deny');
    await eventually(() => declined.waits.length > 0);
    declined.clock.advance(5_000);
    await expect(declined.started.done).rejects.toThrow('The sign-in was declined.');
  });

  it('a sign-in given up leaves no timer and nothing listening', async () => {
    const peer = await setUp();
    for (const way of ['page', 'code'] as const) {
      const { started, clock, abort } = await begin(peer, way);
      await eventually(() => clock.pending() > 0);
      abort.abort();
      await expect(started.done).rejects.toMatchObject({ code: 'cancelled' });
      expect(clock.pending()).toBe(0);
      if (started.redirectUri !== '') await expect(fetch(started.redirectUri)).rejects.toThrow();
    }
  });
});
