import { z } from 'zod';
import { command, done, id, line, none } from '../common.ts';

const mailAccount = z.strictObject({
  channel: z.literal('email'), name: line, address: z.email(), displayName: line,
  imap: z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) }),
  smtp: z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) }),
  user: line, password: z.string().max(10_000), keepSentCopy: z.boolean(),
});
const xAccount = z.strictObject({
  channel: z.literal('x'), name: line, apiBase: z.url(),
  tokens: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('oauth2'), accessToken: z.string().min(1).max(10_000), refreshToken: z.string().max(10_000).nullable(), clientId: z.string().max(1_000).nullable() }),
    z.strictObject({ type: z.literal('oauth1'), appKey: z.string().min(1), appSecret: z.string().min(1), accessToken: z.string().min(1), accessSecret: z.string().min(1) }),
  ]),
});
export const accountInput = z.discriminatedUnion('channel', [mailAccount, xAccount]);
export type AccountInput = z.infer<typeof accountInput>;

/** One step of a connection test, in the order tried; a failed step ends the test. */
const testStep = z.strictObject({ step: z.string(), ok: z.boolean(), message: z.string() });
export type TestStep = z.infer<typeof testStep>;

export const accountCommands = {
  'account.add': command(z.strictObject({ account: accountInput }), z.strictObject({ seq: z.number().int(), accountId: id })),
  'account.test': command(z.strictObject({ account: accountInput }), z.strictObject({ ok: z.boolean(), steps: z.array(testStep) })),
  'account.remove': command(z.strictObject({ accountId: id }), done),
  'account.sync': command(z.strictObject({ accountId: id }), none),
} as const;
