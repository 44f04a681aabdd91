import type { ErrorCode } from '../../src-preload/contract/index.ts';
import { ParleyError } from './errors.ts';

type Plain = string | number | boolean | null;

/** A thrown thing as data: it goes to another thread and is there what it was here. */
export interface CarriedError {
  /** What a ParleyError says of itself; null for anything else. */
  foreseen: { code: ErrorCode; retryable: boolean; detail: Record<string, Plain> | null } | null;
  name: string;
  message: string;
  /** What libraries put on their errors, by which they are told apart ("code", "responseStatus"): a clone would leave it behind. */
  fields: Record<string, Plain>;
}

const isPlain = (value: unknown): value is Plain => value === null || ['string', 'number', 'boolean'].includes(typeof value);

export function packError(thrown: unknown): CarriedError {
  if (!(thrown instanceof Error)) return { foreseen: null, name: 'Error', message: String(thrown), fields: {} };
  const { name, message } = thrown;
  if (thrown instanceof ParleyError) return { foreseen: { code: thrown.code, retryable: thrown.retryable, detail: thrown.detail ?? null }, name, message, fields: {} };
  const fields: Record<string, Plain> = {};
  for (const [field, value] of Object.entries(thrown)) if (isPlain(value)) fields[field] = value;
  return { foreseen: null, name, message, fields };
}

export function unpackError({ foreseen, name, message, fields }: CarriedError): Error {
  if (foreseen !== null) return new ParleyError(foreseen.code, message, { retryable: foreseen.retryable, ...(foreseen.detail === null ? {} : { detail: foreseen.detail }) });
  return Object.assign(new Error(message), fields, { name });
}
