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
}

/** A raw connection with its statements kept: preparing costs more than most of our queries. */
export interface Connection {
  readonly raw: Database.Database;
  readonly read: ReadDb;
  readonly write: WriteDb;
}

const MAX_STATEMENTS = 500;

export function connect(path: string, options: { readonly: boolean }): Connection {
  const raw = new Database(path, { readonly: options.readonly, fileMustExist: options.readonly });
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    // Lists of ids make many texts; without a bound they would be kept for ever.
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    try {
      const made = raw.prepare(sql);
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
  const write = { ...read, run: (sql: string, ...params: SqlValue[]) => ({ changes: prepare(sql).run(...params).changes }) } as WriteDb;
  return { raw, read, write };
}

/** `?,?,?` for a list of `n` parameters. */
export const marks = (n: number): string => Array.from({ length: n }, () => '?').join(',');
