import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CallMap } from '../../src-preload/contract/index.ts';
import type { FileStore } from '../channels/port.ts';
import { channelOfFormat, detectFormat, findOwnAddresses, importers, missingOf, readSheet, signatureOf, type ImportFormat } from '../importers/index.ts';
import { oneTurn, type Clock, type Ids } from '../kernel/index.ts';
import { tables, type Operation, type Store } from '../store/index.ts';
import { accept } from './accept.ts';
import { rememberedMap, rememberMap } from './call-maps.ts';
import { keepLeftOut } from './left-out.ts';

export interface ImportDeps {
  store: Store;
  files: FileStore;
  clock: Clock;
  ids: Ids;
  agent: string;
}

export interface ImportOptions {
  /** Our own addresses on this channel; found in the file when empty and no account says them. */
  own?: readonly string[];
  accountId?: string;
  shiftMs?: number;
  /** Unanswered messages younger than this stay open; everything else comes in as done. */
  openForMs?: number;
  /** How the columns of a list of calls are read; remembered for files with the same ones. */
  callMap?: CallMap | null;
  signal: AbortSignal;
  onProgress?(progress: ImportProgress): void;
}

export interface ImportProgress {
  done: number;
  total: number;
  stored: number;
  known: number;
  problems: number;
}

export interface ImportReport extends ImportProgress {
  format: ImportFormat;
  account: string;
  /** The first problems, each with its place. */
  firstProblems: string[];
  /** Where the lines of a table that were left out are kept; null when there are none. */
  leftOut: string | null;
}

const OPEN_FOR_MS = 14 * 24 * 3_600_000;
const SHOWN_PROBLEMS = 20;

const addImportAccount: Operation<tables.AccountRecord, void> = {
  name: 'import.account',
  apply(tx, account) {
    tables.putAccount(tx.db, account, tx.at);
    tx.touch('account', account.id);
  },
};

/** History of the same mailbox belongs to the same account, so that a later sync knows it; without one an account that is not connected is made. */
async function accountFor(deps: ImportDeps, path: string, format: ImportFormat, options: ImportOptions): Promise<{ account: tables.AccountRecord; own: string[] }> {
  const channel = channelOfFormat[format];
  const named = (options.own ?? []).map((a) => a.toLowerCase());
  const all = tables.accounts(deps.store.read).filter((a) => a.channel === channel);
  const chosen = options.accountId === undefined ? undefined : all.find((a) => a.id === options.accountId);
  const ownOf = (a: tables.AccountRecord): string[] => [a.address.toLowerCase(), ...named];
  if (chosen) return { account: chosen, own: ownOf(chosen) };
  const found = named.length > 0 || channel !== 'email' || format !== 'mbox' ? named : await findOwnAddresses(path, all.map((a) => a.address.toLowerCase()));
  const same = all.find((a) => found.includes(a.address.toLowerCase())) ?? (found.length === 0 || channel !== 'email' ? all[0] : undefined);
  if (same) return { account: same, own: [...new Set([...ownOf(same), ...found])] };
  const address = found[0] ?? { email: 'imported mail', x: 'imported posts', phone: 'Phone' }[channel];
  const account: tables.AccountRecord = { id: deps.ids.next(), channel, name: channel === 'phone' ? 'Phone' : `Imported (${address})`, address, config: {}, isConnected: false };
  deps.store.run(addImportAccount, account, { at: deps.clock.now(), agent: deps.agent });
  return { account, own: found };
}

/** The same file, unchanged, can be gone on with; a changed one starts anew (what is here already is not taken twice). */
function fileKey(path: string): string {
  const info = statSync(path);
  return createHash('sha256').update(JSON.stringify([resolve(path), info.size, Math.round(info.mtimeMs)])).digest('hex').slice(0, 24);
}

/**
 * Imports a file or folder through the same intake as everything else. Each step is committed with the place to go on from, so an
 * interrupted run (cancel, kill, power cut) goes on where it stopped and nothing comes in twice. Throws ParleyError for a file that
 * cannot be taken, and the signal's reason when it is cancelled.
 */
export async function importFile(deps: ImportDeps, path: string, options: ImportOptions): Promise<ImportReport> {
  const format = await detectFormat(path);
  const callMap = format === 'calls-csv' ? (options.callMap ?? null) : null;
  if (callMap !== null) {
    const { header } = await readSheet(path);
    if (missingOf(header, callMap).length === 0) deps.store.run(rememberMap, { signature: signatureOf(header), map: callMap }, { at: deps.clock.now(), agent: deps.agent });
  }
  const { account, own } = await accountFor(deps, path, format, options);
  const cursorName = `import:${fileKey(path)}`;
  const resumeAt = tables.cursor(deps.store.read, account.id, cursorName) || null;
  const report: ImportReport = { format, account: account.address, done: 0, total: 0, stored: 0, known: 0, problems: 0, firstProblems: [], leftOut: null };
  const leftOut = keepLeftOut(path);
  const now = deps.clock.now();
  const context = {
    account: { id: account.id, channel: channelOfFormat[format], own }, files: deps.files, shiftMs: options.shiftMs ?? 0, now,
    region: tables.settingsOf(deps.store.read).defaultRegion, resumeAt, signal: options.signal,
    callMap: (header: readonly string[]) => callMap ?? rememberedMap(deps.store.read, header),
  };
  const commit = (batch: Parameters<typeof accept.apply>[1]['batch']): void => {
    const { value } = deps.store.run(accept, { batch, ids: deps.ids, openSince: now - (options.openForMs ?? OPEN_FOR_MS) }, { at: deps.clock.now(), agent: deps.agent });
    report.stored += value.inbound + value.outbound + value.unplaced;
    report.known += value.known;
    note(value.problems);
  };
  const note = (problems: readonly string[]): void => {
    report.problems += problems.length;
    report.firstProblems.push(...problems.slice(0, Math.max(0, SHOWN_PROBLEMS - report.firstProblems.length)));
  };
  for await (const step of importers[format](path, context)) {
    commit({ ...step.batch, cursors: { ...step.batch.cursors, [cursorName]: step.resumeAt } });
    note(step.problems);
    if (step.leftOut) leftOut.add(step.leftOut);
    report.done = step.done;
    report.total = step.total;
    options.onProgress?.(report);
    // The loop must let the event loop breathe: a window on the same thread stays usable while a year of mail comes in.
    await oneTurn();
    options.signal.throwIfAborted();
  }
  commit({ accountId: account.id, origin: 'import', events: [], cursors: { [cursorName]: '' } });
  const kept = leftOut.kept();
  report.leftOut = kept.path;
  if (kept.problem !== null) report.firstProblems.push(kept.problem);
  return report;
}
