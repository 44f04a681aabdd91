import { createHash } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom, systemClock } from '../../../kernel/index.ts';
import type { CallSignal, SourceState } from '../signal.ts';
import { createAmiCalls } from './calls.ts';
import { amiAction, createAmiReader, type AmiMessage } from './messages.ts';
import { openAmiSource } from './source.ts';

const event = (fields: Record<string, string>): AmiMessage => new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
const channel = (id: string, name: string, more: Record<string, string> = {}) => ({ Channel: name, Uniqueid: id, Linkedid: id, ...more });

/** An incoming call for a group of two desks, as Asterisk 20 tells it. */
const incoming = (id: string, number = '+447700900123', ended: Record<string, string>[] = [{ Event: 'DialEnd', Linkedid: id, DestChannel: 'PJSIP/102-0000000c', DialStatus: 'ANSWER' }]): Record<string, string>[] => [
  { Event: 'Newchannel', ...channel(id, 'PJSIP/trunk-0000000a'), CallerIDNum: number, CallerIDName: '<unknown>', Exten: '442079460100', Context: 'from-trunk' },
  { Event: 'Newchannel', Channel: 'PJSIP/101-0000000b', Uniqueid: `${id}.1`, Linkedid: id, CallerIDNum: '101' },
  { Event: 'DialBegin', ...channel(id, 'PJSIP/trunk-0000000a'), DestChannel: 'PJSIP/101-0000000b', DestUniqueid: `${id}.1`, DialString: '101/sip:101@10.0.0.5' },
  { Event: 'DialBegin', ...channel(id, 'PJSIP/trunk-0000000a'), DestChannel: 'PJSIP/102-0000000c', DestUniqueid: `${id}.2`, DialString: '102/sip:102@10.0.0.6' },
  ...ended,
  { Event: 'DialEnd', Linkedid: id, DestChannel: 'PJSIP/101-0000000b', DialStatus: 'CANCEL' },
  { Event: 'Hangup', Channel: 'PJSIP/101-0000000b', Uniqueid: `${id}.1`, Linkedid: id, Cause: '26' },
  { Event: 'Hangup', ...channel(id, 'PJSIP/trunk-0000000a'), Cause: '16' },
];
const told = (events: Record<string, string>[], extensions: string[] = []): unknown[] => {
  const calls = createAmiCalls(extensions);
  return events.flatMap((one, n) => calls.take(event(one), n)).map((s) => [s.type, s.direction, s.number, s.extension, s.result]);
};

test('an incoming call for a group rings once, is answered by whoever takes it, and ends once', () => {
  expect(told(incoming('1.1'))).toEqual([['ringing', 'inbound', '+447700900123', '101', null], ['answered', 'inbound', '+447700900123', '102', null], ['ended', 'inbound', '+447700900123', '102', null]]);
});
test('nobody takes it: it rings and ends', () => {
  expect(told(incoming('1.1', 'anonymous', []))).toEqual([['ringing', 'inbound', null, '101', null], ['ended', 'inbound', null, '101', null]]);
});
test('a caller who only heard a recording has called all the same, but no desk of its own', () => {
  const events = incoming('1.1').filter((e) => !e['Event']?.startsWith('Dial'));
  expect(told(events)).toEqual([['ended', 'inbound', '+447700900123', null, null]]);
  expect(told(events, ['101'])).toEqual([]);
});
test('only the extensions of this desk count', () => {
  expect(told(incoming('1.1'), ['102'])[0]).toEqual(['ringing', 'inbound', '+447700900123', '102', null]);
  expect(told(incoming('1.1'), ['999'])).toEqual([]);
});
test('an outgoing call carries the number dialled; a call between two desks is nobody’s', () => {
  const out = (dial: string, to: string): Record<string, string>[] => [
    { Event: 'Newchannel', ...channel('2.1', 'PJSIP/101-0000000a'), CallerIDNum: '101', Exten: '00493012345' },
    { Event: 'DialBegin', ...channel('2.1', 'PJSIP/101-0000000a'), DestChannel: to, DialString: dial },
    { Event: 'DialEnd', Linkedid: '2.1', DestChannel: to, DialStatus: 'BUSY' },
    { Event: 'Hangup', ...channel('2.1', 'PJSIP/101-0000000a'), Cause: '17' },
  ];
  expect(told(out('00493012345@trunk', 'PJSIP/trunk-0000000b'))).toEqual([['ringing', 'outbound', '00493012345', '101', null], ['ended', 'outbound', '00493012345', '101', 'busy']]);
  expect(told(out('102', 'PJSIP/102-0000000b'))).toEqual([]);
});

test('messages come together from pieces cut anywhere', () => {
  const text = `Asterisk Call Manager/9.0.0\r\n${incoming('1.1').map(amiAction).join('')}`;
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (cuts) => {
    const found: AmiMessage[] = [];
    const read = createAmiReader(() => {}, (message) => void found.push(message));
    for (let at = 0, n = 0; at < text.length; n += 1) {
      const length = cuts[n % cuts.length] ?? 1;
      read(text.slice(at, at + length));
      at += length;
    }
    expect(found).toEqual(incoming('1.1').map(event));
  }), { numRuns: 60 });
});
test('what is no Asterisk, and what never ends, is not listened to; a line break in a value begins no field', () => {
  expect(() => createAmiReader(() => {}, () => {})('SSH-2.0-OpenSSH\r\n')).toThrow('no Asterisk');
  expect(() => createAmiReader(() => {}, () => {})('x'.repeat(70_000))).toThrow('too long');
  expect(amiAction({ Action: 'Login', Username: 'a\r\nAction: Command' })).toBe('Action: Login\r\nUsername: a Action: Command\r\n\r\n');
});

/** A scripted Asterisk: answers actions, and sends what a test tells it, in pieces of three bytes. */
async function startPeer(secret: string, port = 0) {
  const sockets = new Set<Socket>();
  const actions: AmiMessage[] = [];
  const shown = new Set<string>();
  const live: (() => void)[] = [];
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const say = (text: string): void => { for (let at = 0; at < text.length; at += 3) socket.write(text.slice(at, at + 3)); };
    say('Asterisk Call Manager/9.0.0\r\n');
    // The peer reads with the reader under test behind a greeting of its own: actions and events have the same shape.
    const read = createAmiReader(() => {}, (message) => {
      actions.push(message);
      const reply = (more: Record<string, string>): void => say(amiAction({ ...more, ActionID: message.get('actionid') ?? '' }));
      switch (message.get('action')) {
        case 'Challenge': return reply({ Response: 'Success', Challenge: '8675309' });
        case 'Login': return message.get('key') === createHash('md5').update(`8675309${secret}`).digest('hex') ? reply({ Response: 'Success', Message: 'Authentication accepted' }) : reply({ Response: 'Error', Message: 'Authentication failed' });
        case 'CoreShowChannels':
          reply({ Response: 'Success' });
          for (const id of shown) say(amiAction({ Event: 'CoreShowChannel', Linkedid: id, Uniqueid: id }));
          say(amiAction({ Event: 'CoreShowChannelsComplete' }));
          for (const tell of live.splice(0)) tell();
          return undefined;
        default: return reply({ Response: 'Success' });
      }
    });
    read('Asterisk Call Manager/peer\r\n');
    socket.setEncoding('utf8');
    socket.on('data', (piece) => read(String(piece)));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0, actions, shown, stop,
    ready: () => new Promise<void>((resolve) => void live.push(resolve)),
    tell: (events: Record<string, string>[]) => { for (const socket of sockets) for (const text of events.map(amiAction)) for (let at = 0; at < text.length; at += 3) socket.write(text.slice(at, at + 3)); },
  };
}

function listenTo(port: number, secret: string) {
  const signals: CallSignal[] = [];
  const states: SourceState[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const stateOf = new Map<string, () => void>();
  const source = openAmiSource({
    config: { host: '127.0.0.1', port, security: 'none', user: 'parley', extensions: [] }, secret: async () => secret, clock: systemClock, random: seededRandom(1),
    onSignal: (signal) => { signals.push(signal); for (const w of waiting) if (signals.length >= w.count) w.done(); },
    onState: (state) => { states.push(state); stateOf.get(state.state)?.(); },
  });
  onTestFinished(() => source.stop());
  return {
    signals, states,
    heard: (count: number) => new Promise<void>((done) => { if (signals.length >= count) done(); else waiting.push({ count, done }); }),
    becomes: (state: string) => new Promise<void>((done) => { if (states.at(-1)?.state === state) done(); else stateOf.set(state, done); }),
  };
}

test('calls are heard over a line cut into pieces, and after the peer was restarted; what ended meanwhile has ended', async () => {
  const peer = await startPeer('s3cret');
  onTestFinished(() => peer.stop().catch(() => {}));
  const ready = peer.ready();
  const desk = listenTo(peer.port, 's3cret');
  await ready;
  // The secret itself never crosses the line.
  expect(peer.actions.flatMap((a) => [...a.values()])).not.toContain('s3cret');
  peer.tell(incoming('1.1'));
  await desk.heard(3);
  expect(desk.signals.map((s) => s.type)).toEqual(['ringing', 'answered', 'ended']);
  peer.tell(incoming('2.1').slice(0, 5));
  peer.tell(incoming('3.1').slice(0, 5));
  await desk.heard(7);
  await peer.stop();
  await desk.becomes('waiting');
  const again = await startPeer('s3cret', peer.port);
  onTestFinished(() => again.stop());
  again.shown.add('3.1');
  await desk.heard(8);
  expect(desk.signals.at(-1)).toMatchObject({ type: 'ended', callId: 'asterisk-2.1' });
  again.tell([incoming('3.1').at(-1) ?? {}]);
  await desk.heard(9);
  expect(desk.signals.at(-1)).toMatchObject({ type: 'ended', callId: 'asterisk-3.1' });
  expect(desk.states.map((s) => s.state).filter((s, n, all) => s !== all[n - 1])).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live']);
}, 30_000);

test('a wrong secret is said and not tried again and again', async () => {
  const peer = await startPeer('s3cret');
  onTestFinished(() => peer.stop());
  const desk = listenTo(peer.port, 'wrong');
  await desk.becomes('failed');
  expect(desk.states.at(-1)?.status).toContain('does not take this user and secret (Authentication failed)');
  expect(peer.actions.filter((a) => a.get('action') === 'Login')).toHaveLength(1);
});

test('another machine is spoken to over TLS only', () => {
  const states: SourceState[] = [];
  openAmiSource({ config: { host: 'pbx.example', port: 5_038, security: 'none', user: 'a', extensions: [] }, secret: async () => '', clock: systemClock, random: seededRandom(1), onSignal: () => {}, onState: (s) => void states.push(s) });
  expect(states).toMatchObject([{ state: 'failed', status: 'Without TLS only an Asterisk on this machine is spoken to.' }]);
});
