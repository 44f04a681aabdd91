import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountInput } from '../../src-preload/contract/index.ts';
import { startDemoWorld } from '../demo/world.ts';
import { seededRandom, systemClock } from '../kernel/index.ts';
import { tempDir } from '../test-desk.ts';
import { startChild } from './test-child.ts';

const ROUNDS = 10;

test('killed at any moment of a send: nothing leaves twice, nothing is lost, and what is not known is said', async () => {
  const random = seededRandom(11);
  const world = await startDemoWorld({ clock: systemClock, random });
  onTestFinished(() => world.close());
  const dir = join(tempDir(), 'ws');
  const { imap, smtp, x } = world;
  const accounts: AccountInput[] = [
    { channel: 'email', name: 'Care', address: imap.user, displayName: 'Care', imap: { host: imap.host, port: imap.port, security: 'none' }, smtp: { host: smtp.host, port: smtp.port, security: 'none' }, user: imap.user, password: imap.pass, keepSentCopy: true },
    { channel: 'x', name: 'Care on X', apiBase: x.url, ownsApp: true, tokens: { type: 'oauth1', ...x.care.oauth1 } },
  ];
  imap.peer.deliver(imap.user, `Message-ID: <q1@example.org>\r\nDate: ${new Date().toUTCString()}\r\nFrom: ann@example.org\r\nTo: ${imap.user}\r\nSubject: x\r\n\r\nHello?\r\n`);

  let child = startChild({ dir, accounts });
  await child.ask(null, 'open');
  await expect.poll(async () => (await child.ask('states', 'states')).inbound?.map((r) => r.kind), { timeout: 30_000, interval: 200 }).toEqual(expect.arrayContaining(['mail', 'post']));

  const sent: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const mode = round % 2 === 0 ? 'mail' : 'reply';
    const text = `answer number ${round}`;
    sent.push(text);
    await child.ask(`send\t${mode}\t${text}`, 'enqueued');
    // From before the first byte to after the answer, in steps a loopback send takes.
    await pause(Math.floor(random.unit() * (round < 2 ? 4 : 60)));
    await child.kill();
    child = startChild({ dir, accounts });
    await child.ask(null, 'open');
  }
  const numberOf = (text: string): number => sent.findIndex((own) => text.startsWith(own));
  const timesArrived = (text: string): number => [...smtp.peer.messages().map((m) => m.raw.toString()), ...x.peer.posts().map((p) => p.text)].filter((raw) => raw.includes(text)).length;
  // A mail that may have left waits for a person, who looks at the other side; X settles itself by reading back.
  const asked = new Set<string>();
  await expect.poll(async () => {
    const { states = [] } = await child.ask('states', 'states');
    for (const { id, text, state } of states) {
      if (state !== 'unknown' || numberOf(text) % 2 !== 0 || asked.has(id)) continue;
      asked.add(id);
      child.write(`settle\t${id}\t${timesArrived(text) === 1 ? 'arrived' : 'not arrived'}`);
    }
    return states.filter((s) => s.state !== 'sent' && s.state !== 'refused').map((s) => s.state);
  }, { timeout: 90_000, interval: 500 }).toEqual([]);
  const { states = [] } = await child.ask('states', 'states');
  expect(states.map((s) => numberOf(s.text))).toEqual(sent.map((_, round) => round));
  for (const { text, state } of states) {
    const times = timesArrived(text);
    expect(times, `${text} (${state})`).toBeLessThanOrEqual(1);
    expect(times, `${text} is said to be ${state}`).toBe(state === 'sent' ? 1 : 0);
  }
  expect((await child.ask('check', 'check')).report).toMatchObject({ ok: true, problems: [] });
  await child.kill();
}, 150_000);
