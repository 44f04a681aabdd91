import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { manualClock, systemClock, type Clock } from '../../kernel/index.ts';
import { createBucket, hashToken, openHttpSource } from './http-source.ts';
import { readSignal, type CallSignal, type SourceState } from './signal.ts';

const TOKEN = 'a-token-of-this-desk';

async function listening(clock: Clock = systemClock) {
  const signals: CallSignal[] = [];
  const live = Promise.withResolvers<void>();
  const states: SourceState[] = [];
  const source = openHttpSource({
    port: 0, tokenHash: hashToken(TOKEN), clock, onSignal: (signal) => void signals.push(signal),
    onState: (state) => { states.push(state); if (state.state === 'live') live.resolve(); },
  });
  onTestFinished(() => source.stop());
  await live.promise;
  const url = `http://127.0.0.1:${source.port()}/calls`;
  const post = (body: unknown, headers: Record<string, string> = {}, method = 'POST', to = url) =>
    fetch(to, { method, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers }, ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
  return { source, signals, states, url, post };
}
const RINGING = { event: 'ringing', call_id: 'c1', direction: 'inbound', number: '+447700900123', extension: '101', vendor_field: 7 };

/** What a browser would not let a page send, written by hand. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (piece) => (answer += String(piece)));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('an event with the token is taken; the answer says so', async () => {
  const { post, signals, states } = await listening();
  const answer = await post(RINGING);
  expect([answer.status, await answer.json()]).toEqual([202, { ok: true }]);
  expect(signals).toMatchObject([{ type: 'ringing', callId: 'c1', direction: 'inbound', number: '+447700900123', extension: '101' }]);
  expect(states.map((s) => s.state)).toEqual(['connecting', 'live']);
});

test('what is no event of a telephone system is refused with one sentence and reaches nobody', async () => {
  const { post, signals, url, source } = await listening();
  const sentence = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as { error: string }).error];
  expect(await sentence(await post(RINGING, { authorization: 'Bearer wrong' }))).toEqual([401, 'The token is not the one of this desk.']);
  expect(await sentence(await post(RINGING, { authorization: '' }))).toEqual([401, expect.stringContaining('token is missing')]);
  expect(await sentence(await post(RINGING, { origin: 'https://evil.example' }))).toEqual([403, expect.stringContaining('never from a web page')]);
  expect(await sentence(await post(RINGING, { 'content-type': 'text/plain' }))).toEqual([415, expect.stringContaining('JSON')]);
  expect(await sentence(await post('{'))).toEqual([400, 'The body is no JSON.']);
  expect(await sentence(await post({ event: 'sings', call_id: 'c' }))).toEqual([422, expect.stringContaining('event')]);
  expect(await sentence(await post({ event: 'ringing' }))).toEqual([422, expect.stringContaining('call_id')]);
  expect(await sentence(await post({ ...RINGING, at: 'yesterday' }))).toEqual([422, expect.stringContaining('time')]);
  expect(await sentence(await post(`"${'x'.repeat(20_000)}"`))).toEqual([413, expect.stringContaining('16384')]);
  expect((await post(RINGING, {}, 'GET')).status).toBe(405);
  expect((await post(RINGING, {}, 'POST', url.replace('/calls', '/'))).status).toBe(404);
  const body = JSON.stringify(RINGING);
  expect(await raw(source.port(), `POST /calls HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`)).toContain('421');
  expect(signals).toEqual([]);
});

test('a loop in a dialplan is slowed down, and told when to come back', async () => {
  const clock = manualClock();
  const { post, signals } = await listening(clock);
  const statuses: number[] = [];
  for (let n = 0; n < 105; n += 1) {
    const answer = await post({ ...RINGING, call_id: `c${n}` });
    await answer.arrayBuffer();
    statuses.push(answer.status);
    if (answer.status === 429) expect(answer.headers.get('retry-after')).toBe('1');
  }
  expect(statuses).toEqual([...Array.from({ length: 100 }, () => 202), ...Array.from({ length: 5 }, () => 429)]);
  expect(signals).toHaveLength(100);
  const mayCome = createBucket(clock, 2, 1);
  expect([mayCome(), mayCome(), mayCome()]).toEqual([true, true, false]);
  clock.advance(1_000);
  expect([mayCome(), mayCome()]).toEqual([true, false]);
});

test('a port that is taken is said in one sentence', async () => {
  const { source } = await listening();
  const failed = Promise.withResolvers<SourceState>();
  const second = openHttpSource({ port: source.port(), tokenHash: hashToken('x'), clock: systemClock, onSignal: () => {}, onState: (state) => { if (state.state === 'failed') failed.resolve(state); } });
  expect((await failed.promise).status).toBe(`Port ${source.port()} is in use by another program. Choose another one.`);
  await second.stop();
});

test.each([
  [1_767_603_600, Date.UTC(2026, 0, 5, 9)], [1_767_603_600_500, Date.UTC(2026, 0, 5, 9) + 500], ['2026-01-05T09:00:00Z', Date.UTC(2026, 0, 5, 9)], ['2026-01-05T14:30:00+05:30', Date.UTC(2026, 0, 5, 9)],
])('a time written as %j is understood', (at, ms) => {
  expect(readSignal({ event: 'ended', call_id: 'c', at }, Date.UTC(2026, 0, 5, 10))).toMatchObject({ at: ms });
});

test.each(['anonymous', 'Unknown', '', 'Restricted', null])('a number given as %j is withheld', (number) => {
  expect(readSignal({ event: 'ringing', call_id: 'c', number }, 0)).toMatchObject({ number: null });
});
