import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog, systemClock } from '../../kernel/index.ts';
import { makeClient } from './client.ts';
import { problemOf, rawOf, refusedRead, type RawFailure, type XProblemCode } from './errors.ts';
import { outcomeOf } from './outcome.ts';
import { createSession } from './session.ts';
import { parseCreatedPost, parsePosts } from './shapes.ts';
import { statusOf } from './status.ts';
import { startXTestPeer } from './test-peer.ts';

const now = Date.UTC(2026, 9, 1, 12);
const seconds = now / 1_000;
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): RawFailure => ({ kind: 'answer', status, headers, body });
const blank = { type: 'about:blank' };
const problems = 'https://api.x.com/2/problems';

interface Row { name: string; raw: RawFailure; code: XProblemCode; send: string; sendAgain?: string; state: string; retryAt?: number | null }

const rows: Row[] = [
  { name: '429 with reset', raw: answer(429, { title: 'Too Many Requests', detail: 'Too Many Requests', ...blank, status: 429 }, { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(seconds + 90) }), code: 'rate_limited', send: 'retry', state: 'waiting', retryAt: now + 90_000 },
  { name: '429 of the day', raw: answer(429, { ...blank, status: 429 }, { 'x-rate-limit-remaining': '3', 'x-rate-limit-reset': String(seconds + 90), 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': String(seconds + 7_200) }), code: 'rate_limited', send: 'retry', state: 'waiting', retryAt: now + 7_200_000 },
  { name: '429 without headers', raw: answer(429, 'slow down'), code: 'rate_limited', send: 'retry', state: 'waiting', retryAt: null },
  { name: '429 with retry-after', raw: answer(429, '', { 'retry-after': '30' }), code: 'rate_limited', send: 'retry', state: 'waiting', retryAt: now + 30_000 },
  { name: '402 by title', raw: answer(402, { account_id: '1', title: 'CreditsDepleted', detail: 'no credits', type: `${problems}/credits` }), code: 'credits_depleted', send: 'refused', state: 'waiting' },
  { name: '402 by type', raw: answer(402, { title: 'Payment Required', detail: 'no credits', type: `${problems}/credits-depleted`, status: 402 }), code: 'credits_depleted', send: 'refused', state: 'waiting' },
  { name: '403 not summoned', raw: answer(403, { title: 'Forbidden', detail: 'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.', ...blank, status: 403 }), code: 'not_summoned', send: 'refused', state: 'waiting' },
  { name: '403 duplicate', raw: answer(403, { title: 'Forbidden', detail: 'You are not allowed to create a Tweet with duplicate content.', ...blank, status: 403 }), code: 'duplicate', send: 'refused', sendAgain: 'unknown', state: 'waiting' },
  { name: '403 duplicate, newer word', raw: answer(403, { title: 'Forbidden', detail: 'You are not allowed to create a Post with duplicate content.', ...blank }), code: 'duplicate', send: 'refused', sendAgain: 'unknown', state: 'waiting' },
  { name: '403 deleted parent', raw: answer(403, { title: 'Forbidden', detail: 'You attempted to reply to a Tweet that is deleted or not visible to you.', ...blank }), code: 'not_found', send: 'refused', state: 'failed' },
  { name: '403 too long', raw: answer(403, { title: 'Forbidden', detail: 'Your Tweet text is too long. For additional information …', ...blank }), code: 'too_long', send: 'refused', state: 'waiting' },
  { name: '403 no DM', raw: answer(403, { title: 'Forbidden', detail: 'You do not have permission to DM one or more participants.', ...blank }), code: 'dm_not_allowed', send: 'refused', state: 'waiting' },
  { name: '403 scope', raw: answer(403, { title: 'Forbidden', detail: 'Your client app is not configured with the appropriate oauth2 app permissions for this endpoint.', ...blank }), code: 'missing_scope', send: 'refused', state: 'failed' },
  { name: '403 the app’s token', raw: answer(403, { title: 'Unsupported Authentication', detail: 'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].', type: `${problems}/unsupported-authentication`, status: 403 }), code: 'missing_scope', send: 'refused', state: 'failed' },
  { name: '403 not enrolled by type', raw: answer(403, { title: 'Client Forbidden', detail: 'x', type: `${problems}/client-not-enrolled` }), code: 'client_not_enrolled', send: 'refused', state: 'failed' },
  { name: '403 not enrolled by reason', raw: answer(403, { title: 'Client Forbidden', detail: 'x', reason: 'client-not-enrolled', type: `${problems}/client-forbidden` }), code: 'client_not_enrolled', send: 'refused', state: 'failed' },
  { name: '403 not enrolled, older type', raw: answer(403, { client_id: '1', title: 'Client Forbidden', detail: 'x', registration_url: 'https://x', required_enrollment: 'Appropriate Level of API Access', reason: 'client-not-enrolled', type: 'https://api.twitter.com/2/problems/client-not-enrolled' }), code: 'client_not_enrolled', send: 'refused', state: 'failed' },
  { name: '402 inside errors[]', raw: answer(402, { errors: [{ title: 'Payment Required', detail: 'no credits', type: `${problems}/credits-depleted` }] }), code: 'credits_depleted', send: 'refused', state: 'waiting' },
  { name: '402 page', raw: answer(402, '<html>pay</html>'), code: 'credits_depleted', send: 'refused', state: 'waiting' },
  { name: '404 page', raw: answer(404, '<html>nothing here</html>'), code: 'malformed', send: 'refused', state: 'waiting' },
  { name: '403 other', raw: answer(403, { title: 'Forbidden', detail: 'You are not permitted to perform this action.', ...blank }), code: 'refused', send: 'refused', state: 'failed' },
  { name: '401', raw: answer(401, { title: 'Unauthorized', detail: 'Unauthorized', ...blank, status: 401 }), code: 'sign_in_needed', send: 'auth_needed', state: 'sign_in_needed' },
  { name: '401 page of a gateway', raw: answer(401, '<html>sign in</html>'), code: 'malformed', send: 'refused', state: 'waiting' },
  { name: '400 invalid', raw: answer(400, { errors: [{ parameters: { ids: ['x'] }, message: 'bad id' }], title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: `${problems}/invalid-request` }), code: 'refused', send: 'refused', state: 'failed' },
  { name: '400 token endpoint', raw: answer(400, { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }), code: 'refused', send: 'refused', state: 'failed' },
  { name: '404 route', raw: answer(404, { title: 'Not Found', detail: 'Not Found', ...blank }), code: 'refused', send: 'refused', state: 'failed' },
  { name: '404 resource', raw: answer(404, { title: 'Not Found Error', detail: 'Could not find', type: `${problems}/resource-not-found` }), code: 'not_found', send: 'refused', state: 'failed' },
  { name: '403 protected, old spelling of type', raw: answer(403, { title: 'Authorization Error', detail: 'x', type: 'https://developer.x.com/en/support#not-authorized-for-resource' }), code: 'not_found', send: 'refused', state: 'failed' },
  { name: '403 page of a gateway', raw: answer(403, '<!doctype html><title>Blocked</title>'), code: 'malformed', send: 'refused', state: 'waiting' },
  { name: '408', raw: answer(408, ''), code: 'server_error', send: 'unknown', state: 'waiting' },
  { name: '500 JSON', raw: answer(500, { title: 'Internal Server Error', ...blank }), code: 'server_error', send: 'unknown', state: 'waiting' },
  { name: '502 HTML', raw: answer(502, '<html>Bad gateway</html>'), code: 'server_error', send: 'unknown', state: 'waiting' },
  { name: '503 with retry-after', raw: answer(503, { title: 'Service Unavailable' }, { 'retry-after': '5' }), code: 'server_error', send: 'unknown', state: 'waiting', retryAt: now + 5_000 },
  { name: 'a redirect', raw: answer(302, '<a>'), code: 'malformed', send: 'unknown', state: 'waiting' },
  { name: 'nothing left this machine', raw: { kind: 'network', mayHaveArrived: false, cause: 'connect ECONNREFUSED' }, code: 'network', send: 'retry', state: 'waiting' },
  { name: 'socket closed after the request', raw: { kind: 'network', mayHaveArrived: true, cause: 'socket hang up' }, code: 'network', send: 'unknown', state: 'waiting' },
  { name: 'success cut off', raw: { kind: 'unreadable', status: 201, cause: 'aborted' }, code: 'malformed', send: 'unknown', state: 'waiting' },
  { name: 'refusal cut off', raw: { kind: 'unreadable', status: 403, cause: 'aborted' }, code: 'malformed', send: 'refused', state: 'waiting' },
  { name: 'server error cut off', raw: { kind: 'unreadable', status: 502, cause: 'aborted' }, code: 'malformed', send: 'unknown', state: 'waiting' },
];

describe('every way X can refuse', () => {
  it.each(rows)('$name is $code', ({ raw, code, send, sendAgain, state, retryAt }) => {
    const problem = problemOf(raw, now);
    expect(problem.code).toBe(code);
    expect(problem.sentence).toMatch(/^\p{Lu}.*\.$/u);
    if (retryAt !== undefined) expect(problem.retryAt).toBe(retryAt);
    expect(outcomeOf(problem, { attempt: 1 }, now).type).toBe(send);
    expect(outcomeOf(problem, { attempt: 2 }, now).type).toBe(sendAgain ?? send);
    expect(statusOf(problem, now + 1).state).toBe(state);
  });

  it('takes anything thrown', () => {
    expect(rawOf(new Error('boom'), { mayHaveArrived: true, cause: null })).toEqual({ kind: 'network', mayHaveArrived: true, cause: 'boom' });
    expect(problemOf(answer(418, null), now).code).toBe('refused');
    expect(problemOf(answer(403, { errors: 'x', detail: 7 }), now).code).toBe('refused');
  });
});

const post = { id: '11', text: 'here', author_id: '1', created_at: '2026-10-01T12:00:00.000Z', conversation_id: '11', edit_history_tweet_ids: ['11'] };
const gone = (id: string, type = 'resource-not-found', what = 'tweet'): object => ({ value: id, detail: `Could not find ${what} with ids: [${id}].`, title: 'Not Found Error', resource_type: what, parameter: 'ids', resource_id: id, type: `${problems}/${type}` });

describe('every way X can say yes with errors (status 200)', () => {
  it.each([
    ['some there, one deleted', { data: [post], errors: [gone('12')] }, ['11'], ['12'], null],
    ['some there, one protected', { data: [post], errors: [gone('12', 'not-authorized-for-resource')] }, ['11'], ['12'], null],
    ['only one asked for, deleted', { errors: [gone('12')] }, [], ['12'], null],
    ['only one asked for, in the newer vocabulary', { errors: [gone('12', 'resource-not-found', 'post')] }, [], ['12'], null],
    ['a person who is gone says nothing of a post', { data: [post], errors: [gone('5', 'resource-not-found', 'user')] }, ['11'], [], null],
    ['an empty list', { meta: { result_count: 0 } }, [], [], null],
    ['nothing but trouble inside X is no empty list', { errors: [{ title: 'Service Unavailable', detail: 'x', type: 'about:blank', status: 503 }] }, [], [], 'server_error'],
    ['nothing but an error without status is no empty list', { errors: [{ title: 'operational-disconnect', detail: 'x', type: `${problems}/operational-disconnect` }] }, [], [], 'malformed'],
    ['an empty purse', { errors: [{ title: 'Payment Required', detail: 'x', type: `${problems}/credits-depleted` }] }, [], [], 'credits_depleted'],
  ])('%s', (_, body, found, missing, code) => {
    const refusal = refusedRead(body);
    expect(refusal === null ? null : problemOf(refusal, now).code).toBe(code);
    const page = parsePosts(body);
    expect([page.items.map((one) => one.id), page.missing]).toEqual([found, missing]);
  });

  it('a send answered without the id of what was sent is not taken for sent', () => {
    expect(parseCreatedPost({ errors: [gone('12')] })).toBeNull();
    expect(parseCreatedPost({ data: { text: 'x' } })).toBeNull();
    expect(parseCreatedPost({ data: { id: '12', text: 'x' }, errors: [{ title: 'x' }] })).toBe('12');
  });
});

describe('401 all the way', () => {
  it.each([
    ['expired: renewed once, nobody notices', false, true, 1],
    ['withdrawn: asked of a person, the used token is shown once', true, false, 1],
  ])('%s', async (_, isRevoked, ok, renewals) => {
    const peer = await startXTestPeer();
    onTestFinished(() => peer.close());
    const client = makeClient(peer.x.url, systemClock);
    onTestFinished(() => client.close());
    let stored = peer.secrets;
    const session = createSession(client, { secrets: () => Promise.resolve(stored), saveSecrets: (next) => Promise.resolve(void (stored = next)) }, { clock: systemClock, log: silentLog });
    for (const grant of peer.x.state.grants) Object.assign(grant, isRevoked ? { revoked: true } : { accessExpiresAt: 0 });
    const results = [await session.send({ method: 'GET', path: '/2/users/me' }), await session.send({ method: 'GET', path: '/2/users/me' })];
    expect(results.map((result) => (result.ok ? 'ok' : result.problem.code))).toEqual(ok ? ['ok', 'ok'] : ['sign_in_needed', 'sign_in_needed']);
    expect(peer.x.requests().filter((one) => one.path === '/2/oauth2/token').length).toBe(renewals);
  });
});
