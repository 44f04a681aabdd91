import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { accountInput, type AccountInput } from '../../src-preload/contract/index.ts';
import { startAccounts } from '../accounts/index.ts';
import type { ChannelDriver } from '../channels/port.ts';
import { agentsOf, clearPin, zoneOffsetMinutes } from '../desk/index.ts';
import { numberTyped } from '../channels/phone/index.ts';
import { importFile, readMap } from '../intake/index.ts';
import { ParleyError, silentLog, systemClock, systemRandom } from '../kernel/index.ts';
import { erasePerson, exportPerson } from '../rights/index.ts';
import { checkStore, lockWorkspace, search, tables } from '../store/index.ts';
import { openLogFile } from '../shell/log-file.ts';
import { openWorkspaceFiles, type WorkspaceFiles } from '../workspace.ts';
import type { Output } from './output.ts';

const clock = systemClock;

export const withFiles = async <T>(dir: string, work: (files: WorkspaceFiles) => Promise<T> | T): Promise<T> => {
  const files = openWorkspaceFiles({ dir, clock, random: systemRandom, log: silentLog });
  try {
    return await work(files);
  } finally {
    files.close();
  }
};

function readText(path: string): string {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch {
    throw new ParleyError('bad_input', `${path} cannot be read. Nothing was imported.`);
  }
}

export async function runImport(dir: string, path: string, options: { own: string[]; map: string | null }, out: Output, signal: AbortSignal): Promise<void> {
  await withFiles(dir, async ({ store, files, ids }) => {
    const started = clock.now();
    const { officeZone: zone, defaultRegion: region } = tables.settingsOf(store.read);
    const callMap = options.map === null ? null : readMap(readText(options.map), { zone, region }, options.map);
    try {
      const report = await importFile({ store, files, clock, ids, agent: 'command line' }, resolve(path), {
        own: options.own, callMap, signal,
        onProgress: (p) => out.progress(`${Math.floor((p.done / Math.max(1, p.total)) * 100)} %  ${p.stored} new, ${p.known} already here, ${Math.round((p.stored + p.known) / Math.max(0.001, (clock.now() - started) / 1_000))}/s`),
      });
      for (const problem of report.firstProblems) out.progress(problem);
      const seconds = ((clock.now() - started) / 1_000).toFixed(1);
      out.result({ ok: true, ...report }, `Imported ${path} (${report.format}) for ${report.account}: ${report.stored} new, ${report.known} already here, ${report.problems} with problems, in ${seconds} s.${report.firstProblems.length > 0 ? `\n  ${report.firstProblems.join('\n  ')}` : ''}${report.leftOut === null ? '' : `\nThe lines left out are kept in ${report.leftOut}.`}`);
    } catch (error) {
      if (signal.aborted) throw new ParleyError('cancelled', 'Stopped. What came in so far is kept; run the same command again to go on.');
      throw error;
    }
  });
}

export async function runSearch(dir: string, text: string, options: { limit: number }, out: Output): Promise<void> {
  await withFiles(dir, ({ store }) => {
    const zone = tables.settingsOf(store.read).officeZone;
    const started = performance.now();
    const found = search(store.read, { text, before: null, limit: options.limit, zoneOffsetMinutes: zoneOffsetMinutes(zone, clock.now()) });
    if (found.problem !== null && found.hits.length === 0) throw new ParleyError('bad_input', found.problem);
    const when = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    const lines = found.hits.map((hit) => `${when.format(hit.at)}  ${hit.kind.padEnd(4)}  ${hit.customerName.slice(0, 28).padEnd(28)}  ${hit.excerpt.slice(0, 100)}`);
    out.result(found, [...lines, `${found.hits.length}${found.next === null ? '' : '+'} found in ${(performance.now() - started).toFixed(1)} ms`].join('\n'));
  });
}

export async function runCheck(dir: string, out: Output): Promise<void> {
  await withFiles(dir, ({ store, files }) => {
    const report = checkStore(store, files);
    const figures = `${report.messages} messages, ${report.conversations} conversations, ${report.customers} customers, ${report.unfinishedSends} unfinished sends`;
    out.result(report, report.ok ? `All is well: ${figures}.` : `${report.problems.length} problems (${figures}):\n  ${report.problems.join('\n  ')}`);
    if (!report.ok) throw new ParleyError('storage', 'The workspace has problems; see above. Put back a backup, or ask for help before you go on.');
  });
}

export async function runBackup(dir: string, to: string, out: Output): Promise<void> {
  await withFiles(dir, ({ store }) => {
    const target = resolve(to);
    store.backup(target);
    out.result({ ok: true, path: target }, `The database was copied to ${target}. Attachments lie in ${join(dir, 'files')} and are not part of it.`);
  });
}

export async function listAgents(dir: string, out: Output): Promise<void> {
  await withFiles(dir, ({ store }) => {
    const rows = agentsOf(store.read).map(({ initials, name, role, hasPin }) => ({ initials, name, role, hasPin }));
    out.result(rows, rows.map((a) => `${a.initials.padEnd(4)}  ${a.role.padEnd(6)}  ${a.name}${a.hasPin ? '  (PIN)' : ''}`).join('\n'));
  });
}

/** A PIN that is forgotten. Whoever may write the workspace's file may do this; that it was done stays in the log. */
export async function takePinOff(dir: string, initials: string, out: Output): Promise<void> {
  await withFiles(dir, async ({ store }) => {
    const agent = agentsOf(store.read).find((one) => one.initials.toLowerCase() === initials.toLowerCase());
    if (!agent) throw new ParleyError('not_found', `Nobody here has the initials ${initials}. \`parley agent list\` names everybody.`);
    store.run(clearPin, { agentId: agent.agentId, name: agent.name }, { at: clock.now(), agent: `command line (${userInfo().username})` });
    const { log, close } = openLogFile(dir, clock, 'command-line');
    log.warn('agent.pin_cleared', { agent: agent.initials, by: userInfo().username });
    await close();
    out.result({ ok: true, initials: agent.initials }, `${agent.name} has no PIN any more. That it was taken off here stands in the workspace's log.`);
  });
}

export async function listAccounts(dir: string, out: Output): Promise<void> {
  await withFiles(dir, ({ store }) => {
    const rows = tables.accounts(store.read).map(({ id, channel, name, address, isConnected }) => ({ id, channel, name, address, isConnected }));
    out.result(rows, rows.length === 0 ? 'No accounts yet.' : rows.map((a) => `${a.id}  ${a.channel.padEnd(5)}  ${a.address}${a.isConnected ? '' : '  (not connected)'}`).join('\n'));
  });
}

/** Reads an account as JSON (the shape of the contract's account input); secrets come with it from standard input, never from the command line. */
export function readAccount(text: string): AccountInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ParleyError('bad_input', 'Standard input holds no JSON. Give the account as JSON on standard input; the README shows one.');
  }
  const parsed = accountInput.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ParleyError('bad_input', `The account is not complete: ${issue ? `${issue.path.join('.') || 'channel'} ${issue.message}` : 'unknown shape'}.`);
}

/** Runs the accounts of a workspace without a window, for as long as `work` takes; refuses while a console has it open. */
async function withAccounts<T>(dir: string, drivers: readonly ChannelDriver[], work: (accounts: ReturnType<typeof startAccounts>, files: WorkspaceFiles) => Promise<T>): Promise<T> {
  const lock = lockWorkspace(dir);
  try {
    return await withFiles(dir, async (files) => {
      const accounts = startAccounts({ store: files.store, files: files.files, secrets: files.secrets, drivers, clock, random: systemRandom, log: silentLog, onStatus: () => {}, onLive: () => {} });
      try {
        return await work(accounts, files);
      } finally {
        await accounts.stop();
      }
    });
  } finally {
    lock.release();
  }
}

export const addAccount = (dir: string, drivers: readonly ChannelDriver[], input: AccountInput, out: Output): Promise<void> =>
  withAccounts(dir, drivers, async (accounts) => {
    const { accountId } = await accounts.add(input, { at: clock.now(), agent: 'command line' });
    out.result({ ok: true, accountId }, `Added. Its id is ${accountId}.`);
  });

export const testAccount = (dir: string, drivers: readonly ChannelDriver[], input: AccountInput, out: Output): Promise<void> =>
  withAccounts(dir, drivers, async (accounts) => {
    const report = await accounts.test(input);
    out.result(report, report.steps.map((s) => `${s.ok ? 'ok    ' : 'FAILED'}  ${s.step}: ${s.message}`).join('\n'));
    if (!report.ok) throw new ParleyError('refused', 'The connection does not work yet; see the failed step.');
  });

export const removeAccount = (dir: string, drivers: readonly ChannelDriver[], accountId: string, out: Output): Promise<void> =>
  withAccounts(dir, drivers, async (accounts) => {
    await accounts.remove(accountId, { at: clock.now(), agent: 'command line' });
    out.result({ ok: true }, 'Removed. Its history stays.');
  });

export const syncOnce = (dir: string, drivers: readonly ChannelDriver[], out: Output): Promise<void> =>
  withAccounts(dir, drivers, async (accounts, { store }) => {
    const before = store.read.get<{ n: number }>('SELECT count(*) AS n FROM message')?.n ?? 0;
    await accounts.pollAll();
    const rows = accounts.rows().filter((a) => a.state !== 'off');
    const stored = (store.read.get<{ n: number }>('SELECT count(*) AS n FROM message')?.n ?? 0) - before;
    out.result({ ok: true, stored, accounts: rows }, [...rows.map((a) => `${a.address}: ${a.status}`), `${stored} new messages.`].join('\n'));
    const bad = rows.find((a) => a.state === 'failed' || a.state === 'sign_in_needed' || a.state === 'waiting');
    if (rows.length === 0) throw new ParleyError('bad_input', 'No account is connected in this workspace.');
    if (bad) throw new ParleyError('offline', `${bad.address} could not be read: ${bad.status}`);
  });

/** The one person somebody means: by id, or by a whole address, number or handle. A name is not enough to erase or hand out what is known. */
function personOf({ store }: WorkspaceFiles, typed: string): { id: string; name: string } {
  const text = typed.trim();
  const id = tables.customerRow(store.read, text)?.id ?? tables.identityTyped(store.read, text, numberTyped(text, tables.settingsOf(store.read).defaultRegion)?.value ?? null);
  const shown = id === undefined ? undefined : tables.customerRow(store.read, tables.rootOf(store.read, id));
  if (!shown) throw new ParleyError('not_found', `Nobody here has exactly "${text.slice(0, 80)}". Give a whole address, number, @handle or customer id.`);
  return { id: shown.id, name: shown.name };
}

export async function runExport(dir: string, person: string, folder: string, out: Output): Promise<void> {
  await withFiles(dir, async (files) => {
    const { id, name } = personOf(files, person);
    const target = resolve(folder);
    const report = await exportPerson(files.store.read, files.files, id, target, clock.now());
    out.result({ ok: true, customerId: id, path: target, ...report }, `Everything about ${name} is in ${target}: ${report.messages} messages, ${report.attachments} attachments.`);
  });
}

export async function runErase(dir: string, person: string, options: { yes?: boolean }, out: Output): Promise<void> {
  const lock = lockWorkspace(dir);
  try {
    await withFiles(dir, (files) => {
      const { id, name } = personOf(files, person);
      const scope = tables.personScope(files.store.read, id);
      if (options.yes !== true) throw new ParleyError('bad_input', `This deletes ${name}, ${scope.identities.map((i) => i.display).join(', ')}, and ${scope.messages.length} entries for good. Add --yes to do it.`);
      const report = erasePerson({ store: files.store, files: files.files, dir, onProgress: (step) => out.progress(step) }, id, { at: clock.now(), agent: 'command line' });
      out.result({ ok: true, ...report }, [
        `Erased: ${report.entries} entries, ${report.files} attachments, from rows, indexes, logs and free pages.`,
        ...(report.backups.length === 0 ? [] : ['These copies made earlier still hold what they held; delete them yourself:', ...report.backups.map((path) => `  ${path}`)]),
      ].join('\n'));
    });
  } finally {
    lock.release();
  }
}
