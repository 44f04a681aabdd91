import type { ErrorCode } from '../../src-preload/contract/index.ts';

/** A failure we foresee: its message is one sentence for a person, its code is for callers. Anything else thrown is a bug. */
export class ParleyError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly detail: Record<string, string | number | boolean | null> | undefined;

  constructor(code: ErrorCode, message: string, options: { retryable?: boolean; detail?: Record<string, string | number | boolean | null>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ParleyError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.detail = options.detail;
  }
}

/** Compile-time proof that a union was taken apart completely. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}

/** Node's error code ("ENOENT", "ECONNREFUSED") of anything thrown, or null. */
export function errnoOf(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
