import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AccountInput } from '../../src-preload/contract/index.ts';
import { putAccount } from '../accounts/index.ts';
import { importCanned, importFaq, setProfilePart, updateSettings } from '../desk/index.ts';
import { drivers } from '../drivers.ts';
import { importFile } from '../intake/index.ts';
import type { Clock, Log, Random } from '../kernel/index.ts';
import { tables } from '../store/index.ts';
import { cannedSample } from './content/canned.ts';
import { faqSample } from './content/faq.ts';
import { fieldsSample, peopleSample } from './content/profiles.ts';
import { openWorkspaceFiles, type WorkspaceFiles } from '../workspace.ts';
import { sampleFolder, startDemoWorld, type DemoWorld } from './world.ts';

export interface Demo {
  world: DemoWorld;
  close(): Promise<void>;
}

export interface DemoDeps {
  dir: string;
  clock: Clock;
  random: Random;
  log: Log;
}

/** In this order: the customer list says who is who before their messages come in. */
const SAMPLES = ['customers.csv', 'mail.mbox', 'x-archive.zip', 'calls.csv'] as const;
const MARK = 'demo.ready';

/**
 * Starts the demo desk's other side (mail server, X) and, the first time, fills its workspace: accounts that the real channels connect to,
 * and sample history through the real import. Later starts find everything as it was left.
 */
export async function prepareDemo(deps: DemoDeps): Promise<Demo> {
  const world = await startDemoWorld({ clock: deps.clock, random: deps.random, dataDir: join(deps.dir, 'world'), showcase: true });
  try {
    const files = openWorkspaceFiles(deps);
    try {
      await connectAccounts(files, world, deps);
      if (tables.settingOf(files.store.read, MARK) === null) await fill(files, world, deps);
    } finally {
      files.close();
    }
  } catch (error) {
    await world.close();
    throw error;
  }
  world.activity(true);
  return { world, close: () => world.close() };
}

const by = (deps: DemoDeps): { at: number; agent: string } => ({ at: deps.clock.now(), agent: 'Parley' });

function inputs(world: DemoWorld): { input: AccountInput; address: string; userId?: string }[] {
  const { imap, smtp, x } = world;
  const mail: AccountInput = {
    channel: 'email', name: 'Customer care', address: imap.user, displayName: 'Acme Broadband Care', imap: { host: imap.host, port: imap.port, security: 'none' },
    smtp: { host: smtp.host, port: smtp.port, security: 'none' }, user: imap.user, password: imap.pass, keepSentCopy: true,
  };
  const onX = (tokens: DemoWorld['x']['care'], name: string): { input: AccountInput; address: string; userId: string } => ({
    input: { channel: 'x', name, apiBase: x.url, ownsApp: tokens === x.care, tokens: { type: 'oauth1', ...tokens.oauth1 } }, address: `@${tokens.username}`, userId: tokens.userId,
  });
  return [{ input: mail, address: imap.user }, onX(x.care, 'Care on X'), onX(x.main, 'Acme on X')];
}

/** The peers' ports can change between two starts; the accounts follow. */
async function connectAccounts(files: WorkspaceFiles, world: DemoWorld, deps: DemoDeps): Promise<void> {
  const known = tables.accounts(files.store.read);
  for (const { input, address, userId } of inputs(world)) {
    const driver = drivers.find((d) => d.kind === input.channel);
    if (!driver) continue;
    const { config, secrets } = driver.split(input);
    const before = known.find((a) => a.channel === input.channel && a.address === address);
    const account: tables.AccountRecord = {
      id: before?.id ?? files.ids.next(), channel: input.channel, name: input.name, address, config: { ...before?.config, ...config, ...(userId === undefined ? {} : { userId, handle: address.slice(1), authorizeBase: world.x.url, clientId: world.x.care.oauth2.clientId }) }, isConnected: true,
    };
    if (JSON.stringify(before) === JSON.stringify(account)) continue;
    files.store.run(putAccount, account, by(deps));
    await files.secrets.save(account.id, secrets);
  }
}

async function fill(files: WorkspaceFiles, world: DemoWorld, deps: DemoDeps): Promise<void> {
  const folder = fileURLToPath(sampleFolder());
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  files.store.run(updateSettings, { patch: { agentName: 'Ruth Bauer', agentInitials: 'RB', officeZone: zone, signature: 'Ruth Bauer\nAcme Broadband Care', customFields: fieldsSample } }, by(deps));
  files.store.run(importFaq, { rows: faqSample.map((row) => ({ ...row, newId: files.ids.next() })) }, by(deps));
  files.store.run(importCanned, { rows: cannedSample.map((row) => ({ ...row, newId: files.ids.next() })) }, by(deps));
  for (const name of SAMPLES) {
    const path = join(folder, name);
    if (!existsSync(path)) throw new Error(`the sample file ${name} is missing`);
    const report = await importFile({ store: files.store, files: files.files, clock: deps.clock, ids: files.ids, agent: 'Parley' }, path, {
      own: [world.imap.user], shiftMs: world.shiftMs, signal: new AbortController().signal,
    });
    if (report.problems > 0) deps.log.warn('demo.sample', { name, problems: report.firstProblems });
  }
  for (const { email, parts } of peopleSample(deps.clock.now(), zone)) {
    const identity = tables.identityByValue(files.store.read, 'email', email);
    if (identity === undefined) throw new Error(`the sample has no customer ${email}`);
    for (const part of parts) files.store.run(setProfilePart, { customerId: identity.customerId, part, dateId: files.ids.next() }, by(deps));
  }
  files.store.run({ name: 'demo.ready', apply: (tx) => tables.putSetting(tx.db, MARK, '1') }, null, by(deps));
}
