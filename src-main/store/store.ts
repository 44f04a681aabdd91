import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf, messageOf, ParleyError } from '../kernel/index.ts';
import { connect, type Connection, type ReadDb, type SqlValue, type WriteDb } from './db.ts';
import { createGroup } from './group.ts';
import { assertNotNewer, migrate } from './migrate.ts';

export type Entity = 'conversation' | 'message' | 'removed_message' | 'timeline' | 'customer' | 'outbox' | 'draft' | 'settings' | 'account' | 'heard' | 'unplaced' | 'notice' | 'overdue' | 'file' | 'owed_mark';

/** What an operation works with. It reads no clock, no randomness, no file and no network: all of that comes in with its arguments. */
export interface Tx {
  readonly db: WriteDb;
  /** Time of the operation, ms UTC. */
  readonly at: number;
  readonly agent: string;
  /** Says that a row changed, so that every listener gets it after the commit. */
  touch(entity: Entity, id: string | number): void;
}

/** When an operation is done, and for whom. */
export interface By {
  at: number;
  agent: string;
}

/**
 * A named, deterministic write. `log: 'full'` keeps its arguments (undo, audit, replay); `'summary'` keeps only what `summarise` says, for
 * operations whose arguments are the very rows they write.
 */
export interface Operation<A, R> {
  name: string;
  summarise?: (args: A) => unknown;
  apply(tx: Tx, args: A): R;
}

export interface Touched {
  seq: number;
  /** entity -> ids; `null` when too many rows changed to list. */
  rows: Map<Entity, Set<string>> | null;
}

export interface Done<R> {
  seq: number;
  value: R;
}

export interface Store {
  readonly path: string;
  /** Sees what is committed and nothing else. */
  readonly read: ReadDb;
  run<A, R>(operation: Operation<A, R>, args: A, by: By): Done<R>;
  /** For pages of history, of which several may share a COMMIT (see group.ts). Resolves when that has succeeded. `isFollowed`: another page is ready. */
  runInGroup<A, R>(operation: Operation<A, R>, args: A, by: By, isFollowed: boolean): Promise<Done<R>>;
  /** Commits pages of history that wait for others. */
  settle(): void;
  /** Called after each commit, in commit order. Returns the function that stops. */
  onCommit(listener: (touched: Touched) => void): () => void;
  /** Sequence number of the newest operation. */
  seq(): number;
  /** What changed after `seq` (operations of other processes included); null when that is no longer known. */
  changesSince(seq: number): Touched | null;
  /** Rises when another process has written. */
  foreignVersion(): number;
  /** FTS5's own comparison of an index with its rows; null when they match, else what it says. */
  checkIndex(table: string): string | null;
  /** Pages of the write-ahead log that are not in the database yet. */
  logLeft(): number;
  /** Takes what was deleted out of the files themselves: index segments, free pages and write-ahead log. Rewrites the database. */
  scrub(): void;
  /** A consistent copy into a new file. */
  backup(to: string): void;
  close(): void;
}

/** More changed rows than this in one operation are announced as "ask again" instead of one by one. */
const MAX_LISTED = 400;
/** Operations whose changed rows are kept for late listeners. */
const KEEP_CHANGES = 5_000;

/** How long another process may hold the database before somebody is told. */
const BUSY_MS = 10_000;

/** `outlivesPower: false` is for tests, whose files nobody needs after a power cut: there the disk is not waited for. */
export function openStore(path: string, { outlivesPower = true }: { outlivesPower?: boolean } = {}): Store {
  const connection = openConnection(path);
  if (!outlivesPower) connection.raw.pragma('synchronous = OFF');
  const { raw, write } = connection;
  const listeners = new Set<(touched: Touched) => void>();
  let inside = false;
  const assertOutside = (name: string): void => {
    if (inside) throw new Error(`operation ${name} started inside another one`);
  };

  /** Applies an operation in the transaction that is open. */
  const apply = <A, R>(operation: Operation<A, R>, args: A, by: By): Touched & { value: R } => {
    // SQLite ends a transaction by itself when the disk is full: what follows would be committed line by line.
    if (!raw.inTransaction) throw new Error(`the transaction of ${operation.name} has ended`);
    const rows = new Map<Entity, Set<string>>();
    let count = 0;
    const tx: Tx = {
      db: write,
      at: by.at,
      agent: by.agent,
      touch(entity, id) {
        // Too many to be listed: what they are is not told any more.
        if (count > MAX_LISTED) return;
        const ids = rows.get(entity) ?? new Set<string>();
        rows.set(entity, ids);
        if (!ids.has(String(id))) count += 1;
        ids.add(String(id));
      },
    };
    inside = true;
    try {
      const value = operation.apply(tx, args);
      const logged = operation.summarise ? operation.summarise(args) : args;
      write.run('INSERT INTO operation (at, agent, name, args) VALUES (?, ?, ?, ?)', by.at, by.agent, operation.name, JSON.stringify(logged ?? null));
      const seq = seqOf(write);
      if (count > MAX_LISTED) write.run('INSERT INTO change (seq, entity, id) VALUES (?, ?, ?)', seq, 'many', '');
      else for (const [entity, ids] of rows) for (const id of ids) write.run('INSERT INTO change (seq, entity, id) VALUES (?, ?, ?)', seq, entity, id);
      if (seq % 100 === 0) write.run('DELETE FROM change WHERE seq < ?', seq - KEEP_CHANGES);
      return { seq, value, rows: count > MAX_LISTED ? null : rows };
    } finally {
      inside = false;
    }
  };
  const begin = (): void => {
    try {
      beginSoon(raw);
    } catch (error) {
      throw explain(error, path);
    }
  };
  /** One step toward the end of the transaction; true when it is committed. */
  let end: Iterator<void> | null = null;
  const commitStep = (): boolean => {
    end ??= connection.end();
    if (end.next().done !== true) return false;
    end = null;
    raw.exec('COMMIT');
    return true;
  };
  const drop = (): void => {
    connection.dropEnd();
    end = null;
    if (raw.inTransaction) raw.exec('ROLLBACK');
  };
  const tell = (touched: Touched): void => {
    for (const listener of [...listeners]) listener(touched);
  };
  const alone: Store['run'] = (operation, args, by) => {
    let done;
    try {
      begin();
      try {
        done = apply(operation, args, by);
        while (!commitStep());
      } catch (error) {
        drop();
        throw error;
      }
    } catch (error) {
      throw explain(error, path);
    }
    tell({ seq: done.seq, rows: done.rows });
    return { seq: done.seq, value: done.value };
  };
  const group = createGroup({ begin, apply, commitStep, drop, alone, tell: (all) => tell(together(all)) });

  // While a group is open its connection sees what may yet be taken back: others read on one that does not.
  let committed: Connection | null = null;
  const reading = (): Connection => (group.isOpen() && !inside ? (committed ??= connectReader(path)) : connection);
  const read: ReadDb = {
    all: <T>(sql: string, ...params: SqlValue[]) => reading().read.all<T>(sql, ...params),
    get: <T>(sql: string, ...params: SqlValue[]) => reading().read.get<T>(sql, ...params),
  };

  return {
    path,
    read,
    run(operation, args, by) {
      assertOutside(operation.name);
      group.makeWay();
      return alone(operation, args, by);
    },
    async runInGroup(operation, args, by, isFollowed) {
      assertOutside(operation.name);
      return group.add(operation, args, by, isFollowed);
    },
    settle: group.settle,
    onCommit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    seq: () => seqOf(read),
    changesSince(seq) {
      const newest = seqOf(read);
      const oldestKept = read.get<{ seq: number | null }>('SELECT min(seq) AS seq FROM change')?.seq ?? newest + 1;
      if (seq > newest || (seq < newest && seq + 1 < oldestKept && newest - seq > 100)) return null;
      const rows = new Map<Entity, Set<string>>();
      for (const { entity, id } of read.all<{ entity: Entity | 'many'; id: string }>('SELECT entity, id FROM change WHERE seq > ? LIMIT ?', seq, MAX_LISTED + 1)) {
        if (entity === 'many') return null;
        const ids = rows.get(entity) ?? new Set<string>();
        rows.set(entity, ids.add(id));
      }
      return [...rows.values()].reduce((n, ids) => n + ids.size, 0) > MAX_LISTED ? null : { seq: newest, rows };
    },
    foreignVersion: () => Number(raw.pragma('data_version', { simple: true })),
    checkIndex(table) {
      group.settle();
      try {
        raw.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('integrity-check', 1)`).run();
        return null;
      } catch (error) {
        return messageOf(error);
      }
    },
    logLeft() {
      // Asks only; `checkpointed` counts from where the log was begun anew.
      const [{ log, checkpointed } = { log: 0, checkpointed: 0 }] = reading().raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      return log - checkpointed;
    },
    scrub() {
      group.settle();
      try {
        // A deleted row's words stay in older index segments until these are merged.
        for (const table of ['message_index', 'message_typing']) raw.prepare(`INSERT INTO ${table} (${table}) VALUES ('optimize')`).run();
        raw.exec('VACUUM');
        const [result] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        if (result?.busy !== 0) throw new ParleyError('storage', 'Another program reads this workspace right now, so its log could not be emptied. Close it and do this again.', { retryable: true });
      } catch (error) {
        throw explain(error, path);
      }
    },
    backup(to) {
      if (existsSync(to)) throw new ParleyError('conflict', `${to} is there already; a backup never overwrites a file.`);
      group.settle();
      try {
        mkdirSync(dirname(to), { recursive: true });
        raw.prepare('VACUUM INTO ?').run(to);
      } catch (error) {
        rmSync(to, { force: true });
        throw explain(error, to);
      }
    },
    close() {
      if (!raw.open) return;
      group.drain();
      committed?.raw.close();
      raw.pragma('optimize');
      raw.close();
    },
  };
}

/** Waits for another process that writes. SQLite's own way of waiting looks ten times a second at last: between two groups of history that would hardly ever meet the moment in which none is open. */
function beginSoon(raw: Connection['raw']): void {
  const until = performance.now() + BUSY_MS;
  raw.exec('PRAGMA busy_timeout = 8');
  try {
    for (;;) {
      try {
        return void raw.exec('BEGIN IMMEDIATE');
      } catch (error) {
        if (!(errnoOf(error) ?? '').startsWith('SQLITE_BUSY') || performance.now() > until) throw error;
      }
    }
  } finally {
    raw.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
}

/** What several operations changed that were committed at once. */
function together(all: readonly Touched[]): Touched {
  const rows = new Map<Entity, Set<string>>();
  let count = 0;
  for (const one of all) {
    if (one.rows === null) return { seq: all.at(-1)?.seq ?? one.seq, rows: null };
    for (const [entity, ids] of one.rows) rows.set(entity, (rows.get(entity) ?? new Set()).union(ids));
  }
  for (const ids of rows.values()) count += ids.size;
  return { seq: all.at(-1)?.seq ?? 0, rows: count > MAX_LISTED ? null : rows };
}

const seqOf = (db: ReadDb): number => db.get<{ seq: number }>("SELECT coalesce(max(seq), 0) AS seq FROM operation")?.seq ?? 0;

function openConnection(path: string): Connection {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const connection = connect(path, { readonly: false });
    const { raw } = connection;
    try {
      raw.pragma(`busy_timeout = ${BUSY_MS}`);
      assertNotNewer(raw);
      raw.pragma('journal_mode = WAL');
      // An outbox that forgets its last claim in a power cut would send twice.
      raw.pragma('synchronous = FULL');
      raw.pragma('foreign_keys = ON');
      raw.pragma('temp_store = MEMORY');
      raw.pragma('cache_size = -32000');
      // 16 MB of log before it is copied back: with SQLite's 4 MB each page of a first sync waited for three more writes to the disk.
      raw.pragma('wal_autocheckpoint = 4000');
      migrate(raw, (version) => void raw.prepare('VACUUM INTO ?').run(join(dirname(path), `parley-before-schema-${version}.db`)));
      return connection;
    } catch (error) {
      raw.close();
      throw error;
    }
  } catch (error) {
    throw explain(error, path);
  }
}

/** A reading connection for the reader worker and the command line; sees every commit. */
export const openReader = (path: string): ReadDb => connectReader(path).read;

function connectReader(path: string): Connection {
  try {
    const connection = connect(path, { readonly: true });
    connection.raw.pragma(`busy_timeout = ${BUSY_MS}`);
    return connection;
  } catch (error) {
    throw explain(error, path);
  }
}

/** A connection that copies the log into the database, as far as nobody needs it as it was; it waits for nobody, and nobody for it. */
export function openCheckpointer(path: string): () => void {
  const { raw } = connect(path, { readonly: false });
  raw.pragma('busy_timeout = 0');
  // The log is begun anew over what was copied: by then that must be on the disk.
  raw.pragma('synchronous = FULL');
  return () => void raw.pragma('wal_checkpoint(PASSIVE)');
}

/** SQLite's and the system's errors in one sentence; everything else passes through. */
function explain(error: unknown, path: string): unknown {
  if (error instanceof ParleyError) return error;
  const code = errnoOf(error) ?? '';
  const say = (text: string, retryable = false): ParleyError => new ParleyError('storage', text, { retryable, cause: error });
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return say(`The disk is full: ${path} could not be written. Nothing was lost; free some space and try again.`, true);
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return say(`${path} may not be written by this user.`);
  if (code.startsWith('SQLITE_BUSY')) return say(`${path} is in use by another program for too long.`, true);
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return say(`${path} is damaged or no Parley workspace. Put back a backup, or move the file away to begin anew.`);
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EEXIST') return say(`${path} cannot be opened (${messageOf(error)}).`);
  return error;
}
