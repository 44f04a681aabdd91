import { z } from 'zod';
import { command, done, id, line, none, time } from '../common.ts';

const mailAccount = z.strictObject({
  channel: z.literal('email'), name: line, address: z.email(), displayName: line,
  imap: z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) }),
  smtp: z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) }),
  user: line, password: z.string().max(10_000), keepSentCopy: z.boolean(),
});
const xAccount = z.strictObject({
  channel: z.literal('x'), name: line, apiBase: z.url(),
  /** Whether this account owns the developer app: X then bills its own mentions and posts at the lower price. */
  ownsApp: z.boolean().default(true),
  tokens: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('oauth2'), accessToken: z.string().min(1).max(10_000), refreshToken: z.string().max(10_000).nullable(), clientId: z.string().max(1_000).nullable() }),
    z.strictObject({ type: z.literal('oauth1'), appKey: z.string().min(1), appSecret: z.string().min(1), accessToken: z.string().min(1), accessSecret: z.string().min(1) }),
  ]),
});
export const accountInput = z.discriminatedUnion('channel', [mailAccount, xAccount]);
export type AccountInput = z.infer<typeof accountInput>;

/** What signing in through X's own page needs beforehand. */
const signInInput = z.strictObject({ channel: z.literal('x'), name: line, apiBase: z.url(), authorizeBase: z.url(), clientId: z.string().min(1).max(1_000), ownsApp: z.boolean() });
export type SignInInput = z.infer<typeof signInInput>;

/** One step of a connection test, in the order tried; a failed step ends the test. */
const testStep = z.strictObject({ step: z.string(), ok: z.boolean(), message: z.string() });
export type TestStep = z.infer<typeof testStep>;

export const accountCommands = {
  'account.add': command(z.strictObject({ account: accountInput }), z.strictObject({ seq: z.number().int(), accountId: id })),
  'account.test': command(z.strictObject({ account: accountInput }), z.strictObject({ ok: z.boolean(), steps: z.array(testStep) })),
  /** Begins a sign-in and answers the page to open in the person's browser. With `accountId`, that account is signed in again and keeps everything. One at a time: a new one ends the one before. */
  'account.signIn': command(z.strictObject({ signIn: signInInput, accountId: id.nullable() }), z.strictObject({ signInId: id, url: z.string(), redirectUri: z.string(), expiresAt: time })),
  /** Answers when the sign-in has ended: the account is there, or why it is not. */
  'account.signInDone': command(z.strictObject({ signInId: id }), z.strictObject({ seq: z.number().int(), accountId: id, address: z.string() })),
  'account.cancelSignIn': command(z.strictObject({ signInId: id }), none),
  /** Whether this account owns the developer app; the rest of an account is changed by connecting it anew. */
  'account.ownsApp': command(z.strictObject({ accountId: id, ownsApp: z.boolean() }), done),
  'account.remove': command(z.strictObject({ accountId: id }), done),
  'account.sync': command(z.strictObject({ accountId: id }), none),
} as const;
