import { z } from 'zod';

/** Times are milliseconds since 1970 UTC. */
export const time = z.number().int();
/** Lengths of time in milliseconds. */
export const duration = z.number().int().nonnegative();
/** Ids of everything but messages: uuid v7, so they sort by time of making. */
export const id = z.uuid();
/** A message id is its place in time: `(ms since 2000-01-01 UTC) * 1024 + n`, a safe integer; newest first is `ORDER BY id DESC`. */
export const messageId = z.number().int();

export const channel = z.enum(['x', 'email', 'phone', 'note']);
export type Channel = z.infer<typeof channel>;

/** What a timeline entry is. `post` is public, everything else is not. `system` is a line the console wrote. */
export const entryKind = z.enum(['post', 'dm', 'mail', 'call', 'note', 'system']);
export type EntryKind = z.infer<typeof entryKind>;

export const direction = z.enum(['inbound', 'outbound', 'internal']);
export type Direction = z.infer<typeof direction>;

export const identityKind = z.enum(['x', 'email', 'phone']);
export type IdentityKind = z.infer<typeof identityKind>;

/** Why we may say that this identity is this customer (GDPR art. 6; X developer policy on off-X matching). */
export const identityBasis = z.enum(['contact', 'told_us', 'own_signature', 'public_profile', 'consent', 'same_thread']);
export type IdentityBasis = z.infer<typeof identityBasis>;

export const errorCode = z.enum([
  'bad_input', 'unknown_command', 'not_found', 'conflict', 'stale', 'guarded', 'differs', 'refused', 'offline', 'auth_needed',
  'unavailable', 'not_yet', 'cancelled', 'storage', 'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

export const failure = z.strictObject({
  code: errorCode,
  /** One sentence for a person. */
  message: z.string(),
  retryable: z.boolean(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type Failure = z.infer<typeof failure>;

/** Every answer over the bridge has this shape; nothing answers `undefined`. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; error: Failure };

export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
}
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Command<I, O> => ({ input, output });
export const none = z.strictObject({});

/** Bounds of what may come from a window: a message, and one line of anything. */
export const text = z.string().max(200_000);
export const line = z.string().max(1_000);
/** A write answers with its sequence number; what it changed comes back as a push. */
export const done = z.strictObject({ seq: z.number().int() });
