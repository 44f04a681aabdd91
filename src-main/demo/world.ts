import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signInPorts } from '../channels/x/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import { createActivity, type Activity } from './activity.ts';
import { photo } from './make/photos.ts';
import type { XSeed } from './make/x-files.ts';
import { emptyImapState, startImapPeer, type ImapPeer } from './peers/imap/index.ts';
import { startSmtpPeer, type SmtpPeer } from './peers/smtp.ts';
import { emptyXState, startXPeer, type XGrant, type XOAuth1, type XPeer, type XState } from './peers/x-api/index.ts';
import { putDm, putPost, putUser } from './peers/x-api/world-rules.ts';
import { addGrant } from './peers/x-api/auth.ts';
import { dayMs } from './peers/x-api/terms.ts';
import { SAMPLE_NOW } from './sample-time.ts';
import { addShowcase } from './showcase.ts';
import { loadWorld, saveWorld, type SavedWorld } from './world-state.ts';

/** Both ways to sign in at the X peer. The OAuth 1.0a strings never expire; the OAuth 2 tokens are the grant's present ones. */
export type DemoXTokens = {
  userId: string;
  username: string;
  oauth1: { appKey: string; appSecret: string; accessToken: string; accessSecret: string };
  oauth2: { clientId: string; accessToken: string; refreshToken: string; expiresAt: number };
};

export type DemoWorld = {
  /** Add to every time of the sample files (ms). The same after a restart with the same dataDir. */
  readonly shiftMs: number;
  readonly x: { url: string; care: DemoXTokens; main: DemoXTokens; peer: XPeer };
  readonly imap: { host: string; port: number; user: string; pass: string; peer: ImapPeer };
  readonly smtp: { host: string; port: number; user: string; pass: string; peer: SmtpPeer };
  /** Takes all three peers off the network; `resume` brings them back on the same ports. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Customers write back now and then while it is on. Off at the start. */
  activity(on: boolean): void;
  /** Resolves when every customer who was due has written. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

export type DemoWorldOptions = {
  clock: Clock;
  random: Random;
  /** Where the peers keep their state; without it they forget. */
  dataDir?: string;
  /** Folder of the sample files, for a bundle that ships them elsewhere. */
  sampleDir?: string;
  /** With a few more posts, which show what X can carry beside text. */
  showcase?: boolean;
};

const mailUser = 'care@acme.example';
const host = '127.0.0.1';
const clientId = 'parley-demo';
const saveDelayMs = 1000;

/** Folder of the sample files in the source tree: mail.mbox, x-archive.zip, x-posts.json, calls.csv, customers.csv. */
export function sampleFolder(): URL {
  return new URL('./sample/', import.meta.url);
}

/** Starts the three peers with the sample's X world in them. With a dataDir everything they hold survives, on the same ports where free. */
export async function startDemoWorld(options: DemoWorldOptions): Promise<DemoWorld> {
  const { clock, random, dataDir } = options;
  const seed = readSeed(options.sampleDir ?? fileURLToPath(sampleFolder()));
  const saved = dataDir === undefined ? undefined : loadWorld(dataDir);
  const world: SavedWorld = saved ?? {
    version: 1, shiftMs: clock.now() - SAMPLE_NOW, ports: { x: 0, imap: 0, smtp: 0 }, mailPass: token(random), x: emptyXState(), imap: emptyImapState(), outgoing: [],
  };
  if (!saved) seedX(world.x, seed, world.shiftMs, clock.now(), random);
  if (!saved && options.showcase === true) addShowcase(world.x, seed.careId, clock.now());

  dropOld(world.x, clock.now());

  let isUp = true;
  // Events can come while the peers start, before anybody listens.
  const listening: { customers?: Activity } = {};
  let cancelSave: (() => void) | undefined;
  const save = (): void => {
    cancelSave?.();
    cancelSave = undefined;
    if (dataDir !== undefined) saveWorld(dataDir, world);
  };
  const saveSoon = (): void => {
    cancelSave ??= clock.after(saveDelayMs, save);
  };

  const users = [{ user: mailUser, pass: world.mailPass }];
  const x = await onPort(world.ports.x, port => startXPeer({
    clock, port, state: world.x, sampleBytes: photo,
    onChange: isWrite => (isWrite ? save() : saveSoon()),
    onEvent: event => listening.customers?.xSent(event),
  }));
  const imap = await onPort(world.ports.imap, port => startImapPeer({ clock, port, users, state: world.imap, onChange: save }));
  const smtp = await onPort(world.ports.smtp, port => startSmtpPeer({ clock, port, users, imap }));
  world.ports = { x: x.port, imap: imap.port, smtp: smtp.port };
  save();

  const customers = createActivity({ clock, random, x, imap, mailbox: mailUser, accountIds: [seed.careId, seed.mainId], isUp: () => isUp });
  listening.customers = customers;
  smtp.onMessage(message => {
    world.outgoing.push({ ...message, raw: message.raw.toString('latin1') });
    save();
    customers.mailSent(message);
  });

  return {
    shiftMs: world.shiftMs,
    x: { url: x.url, peer: x, care: tokensOf(world.x, seed.careId), main: tokensOf(world.x, seed.mainId) },
    imap: { host, port: imap.port, user: mailUser, pass: world.mailPass, peer: imap },
    smtp: { host, port: smtp.port, user: mailUser, pass: world.mailPass, peer: smtp },
    async pause() {
      if (!isUp) return;
      isUp = false;
      await Promise.all([x.pause(), imap.pause(), smtp.pause()]);
    },
    async resume() {
      if (isUp) return;
      await Promise.all([x.resume(), imap.resume(), smtp.resume()]);
      isUp = true;
    },
    activity: on => customers.set(on),
    settled: () => customers.settled(),
    async close() {
      customers.set(false);
      await customers.settled();
      if (isUp) await Promise.all([x.close(), imap.close(), smtp.close()]);
      isUp = false;
      save();
    },
  };
}

// Accounts of the console remember the port: only if somebody else took it meanwhile is a new one right.
async function onPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  try {
    return await start(port);
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return start(0);
  }
}

function readSeed(folder: string): XSeed {
  const file = join(folder, 'x-posts.json');
  if (!existsSync(file)) throw new Error('the sample files are missing: run src-main/demo/make-sample.ts');
  return JSON.parse(readFileSync(file, 'utf8')) as XSeed;
}

function seedX(state: XState, seed: XSeed, shiftMs: number, nowMs: number, random: Random): void {
  const at = (iso: string): number => Date.parse(iso) + shiftMs;
  for (const user of seed.users) putUser(state, nowMs, { ...user, createdAt: Date.parse(user.createdAt) });
  for (const { deletedAt, createdAt, ...post } of seed.posts) {
    const made = putPost(state, nowMs, { ...post, createdAt: at(createdAt) });
    if (deletedAt !== undefined) made.deletedAt = at(deletedAt);
  }
  for (const dm of seed.dms) putDm(state, nowMs, { ...dm, createdAt: at(dm.createdAt) });
  state.appOwnerId = seed.careId;
  const consumer = { consumerKey: token(random), consumerSecret: token(random) };
  for (const userId of [seed.careId, seed.mainId]) {
    state.oauth1.push({ ...consumer, userId, accessToken: `${userId}-${token(random)}`, accessSecret: token(random) });
    addGrant(state, userId, clientId, nowMs);
  }
  state.apps = [{ clientId, name: 'Parley', redirectUris: signInPorts.map(port => `http://127.0.0.1:${port}/callback`) }];
}

// Billed resources are free for a day; older entries mean nothing and would grow the file for ever.
function dropOld(state: XState, nowMs: number): void {
  for (const [resource, at] of Object.entries(state.billedAt)) if (at < nowMs - dayMs) delete state.billedAt[resource];
}

function tokensOf(state: XState, userId: string): DemoXTokens {
  const oauth1: XOAuth1 | undefined = state.oauth1.find(t => t.userId === userId);
  const grant: XGrant | undefined = state.grants.find(g => g.userId === userId && !g.revoked);
  const username = state.users[userId]?.username;
  if (!oauth1 || !grant || username === undefined) throw new Error(`no tokens of X user ${userId}`);
  return {
    userId, username,
    oauth1: { appKey: oauth1.consumerKey, appSecret: oauth1.consumerSecret, accessToken: oauth1.accessToken, accessSecret: oauth1.accessSecret },
    oauth2: { clientId, accessToken: grant.accessToken, refreshToken: grant.refreshToken, expiresAt: grant.accessExpiresAt },
  };
}

function token(random: Random): string {
  const bytes = new Uint8Array(18);
  random.fill(bytes);
  return Buffer.from(bytes).toString('base64url');
}
