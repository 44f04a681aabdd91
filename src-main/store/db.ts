import Database from 'better-sqlite3';

export type SqlValue = string | number | bigint | Uint8Array | null;

/** A connection that can only be read from; what a query returns is stated by its caller. */
export interface ReadDb {
  all<T>(sql: string, ...params: SqlValue[]): T[];
  get<T>(sql: string, ...params: SqlValue[]): T | undefined;
}

declare const writable: unique symbol;
/** Only `Store.run` hands one out, inside its transaction: writing anywhere else does not compile. */
export interface WriteDb extends ReadDb {
  readonly [writable]: true;
  run(sql: string, ...params: SqlValue[]): { changes: number };
  /**
   * What this transaction gathers under a name; `finish` gets it once, right before the commit. For full-text indexes: any statement that can
   * be taken back by itself (an upsert, a trigger) makes FTS5 write out what it has gathered, and each message became a segment of its own.
   * Where `finish` yields, others may have their turn.
   */
  atEnd<T>(name: string, begin: () => T, finish: (gathered: T) => Iterable<void>): T;
}

/** A raw connection with its statements kept: preparing costs more than most of our queries. */
export interface Connection {
  readonly raw: Database.Database;
  readonly read: ReadDb;
  readonly write: WriteDb;
  /** Does what was left for the end, piece by piece as it is asked for. */
  end(): Iterator<void>;
  /** Forgets it: the transaction is rolled back. */
  dropEnd(): void;
}

const MAX_STATEMENTS = 500;

/**
 * This SQLite is built with STAT4: where a value could matter to the plan (LIMIT, ORDER BY, DISTINCT, partial indexes) it plans the statement
 * anew for each new value, which costs several times what running it does. A sign before the value keeps it from the planner and changes
 * nothing else. Patterns stay: only their first letters tell whether an index helps.
 */
export const plannedOnce = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\b(?:LIKE|GLOB|MATCH)\s+\?|(\b(?:LIMIT|OFFSET)\s+\?)|(\?)/gi, (all, limit: string | undefined, value: string | undefined) => (limit !== undefined ? `${limit} + 0` : value !== undefined ? '+?' : all));

export function connect(path: string, options: { readonly: boolean }): Connection {
  const raw = new Database(path, { readonly: options.readonly, fileMustExist: options.readonly });
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    // Lists of ids make many texts; without a bound they would be kept for ever.
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    try {
      const made = raw.prepare(plannedOnce(sql));
      statements.set(sql, made);
      return made;
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)} in: ${sql}`, { cause: error });
    }
  };
  const read: ReadDb = {
    all: <T>(sql: string, ...params: SqlValue[]) => prepare(sql).all(...params) as T[],
    get: <T>(sql: string, ...params: SqlValue[]) => prepare(sql).get(...params) as T | undefined,
  };
  let end = new Map<string, { gathered: unknown; finish(): Iterable<void> }>();
  const write = {
    ...read,
    run: (sql: string, ...params: SqlValue[]) => ({ changes: prepare(sql).run(...params).changes }),
    atEnd<T>(name: string, begin: () => T, finish: (gathered: T) => Iterable<void>): T {
      const known = end.get(name);
      if (known) return known.gathered as T;
      const gathered = begin();
      end.set(name, { gathered, finish: () => finish(gathered) });
      return gathered;
    },
  } as WriteDb;
  return {
    raw, read, write,
    *end() {
      while (end.size > 0) {
        const all = [...end.values()];
        end = new Map();
        for (const { finish } of all) yield* finish();
      }
    },
    dropEnd: () => void (end = new Map()),
  };
}

/** `?,?,?` for a list of `n` parameters. */
export const marks = (n: number): string => Array.from({ length: n }, () => '?').join(',');
