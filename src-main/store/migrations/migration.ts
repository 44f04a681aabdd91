/** One step of the schema. Versions are in tens so that branches can slip one in between. */
export interface Migration {
  version: number;
  name: string;
  /** Rewrites or drops what people made: a backup is taken first. */
  rewrites: boolean;
  up(exec: (sql: string) => void): void;
}
