import type { CallMap } from '../../src-preload/contract/index.ts';
import type { Batch, FileStore } from '../channels/port.ts';

/** What an importer may use. It reads a file and yields batches; it never touches the store. */
export interface ImportContext {
  /** The account the messages belong to, and our own addresses or ids on it (lower case), to tell inbound from outbound. */
  account: { id: string; channel: 'x' | 'email' | 'phone'; own: string[] };
  files: FileStore;
  /** Added to every time in the file (ms): sample histories are moved up to today. 0 for real ones. */
  shiftMs: number;
  /** Times later than this are cut to it. */
  now: number;
  /** Default region of numbers without a country code (ISO 3166-1 alpha-2). */
  region: string;
  /** Where an earlier, interrupted run of the same file stopped; null from the start. Opaque: what this importer yielded last as cursor. */
  resumeAt: string | null;
  /** How the columns of this list of calls are read; null when nobody said so. */
  callMap?: (header: readonly string[]) => CallMap | null;
  signal: AbortSignal;
}

export interface ImportStep {
  batch: Batch;
  /** Bytes (or records) worked through and in all, for the progress line. */
  done: number;
  total: number;
  /** Resume point after this batch; committed with it. */
  resumeAt: string;
  /** Items kept whole but not understood, and items left out, each with place and reason ("line 14: no number"). */
  problems: string[];
  /** Lines of a table that were left out, each with its reason as a last cell: kept as a file beside. */
  leftOut?: { header: string[]; rows: string[][] };
}

export type ImportFormat = 'mbox' | 'maildir' | 'eml' | 'x-archive' | 'calls-csv' | 'customers-csv';

/** Throws ParleyError bad_input, naming file and place, when the file as a whole cannot be taken; nothing was yielded then unless the message says so. */
export type Importer = (path: string, context: ImportContext) => AsyncIterable<ImportStep>;
