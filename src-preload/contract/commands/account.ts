import { z } from 'zod';
import { command, done, id, line, none, time } from '../common.ts';

const secret = z.string().max(10_000);
const mailServer = z.strictObject({ host: line, port: z.number().int().min(1).max(65535), security: z.enum(['tls', 'starttls', 'none']) });
const mailbox = {
  channel: z.literal('email'), name: line, address: z.email(), displayName: line, imap: mailServer, smtp: mailServer, user: line, keepSentCopy: z.boolean(),
  /** PEM of a private authority to trust beside the system's. */
  ca: z.string().max(200_000).optional(),
};
/** Paths of folders, as the mailbox's server names them. */
const folderPaths = z.array(z.string().min(1).max(1_000)).max(500);
const mailAccount = z.strictObject({ ...mailbox, password: secret, /** Read besides the inbox and sent mails. */ folders: folderPaths.optional() });
const xAccount = z.strictObject({
  channel: z.literal('x'), name: line, apiBase: z.url(),
  /** Whether this account owns the developer app: X then bills its own mentions and posts at the lower price. */
  ownsApp: z.boolean().default(true),
  /** Of the developer app: opens X's activity stream, which says when to read sooner. */
  appBearer: z.string().max(10_000).optional(),
  tokens: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('oauth2'), accessToken: z.string().min(1).max(10_000), refreshToken: z.string().max(10_000).nullable(), clientId: z.string().max(1_000).nullable() }),
    z.strictObject({ type: z.literal('oauth1'), appKey: z.string().min(1), appSecret: z.string().min(1), accessToken: z.string().min(1), accessSecret: z.string().min(1) }),
  ]),
});
export const accountInput = z.discriminatedUnion('channel', [mailAccount, xAccount]);
export type AccountInput = z.infer<typeof accountInput>;

const oauthPlace = { authorizeUrl: z.url().max(2_000), tokenUrl: z.url().max(2_000), deviceUrl: z.url().max(2_000).nullable(), scopes: z.array(line).max(30) };
/** `page` = in the person's browser, `code` = typed in on any device. */
const signInWay = z.enum(['page', 'code']);

/** What signing in on a provider's own page needs beforehand. */
const signInInput = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('x'), name: line, apiBase: z.url(), authorizeBase: z.url(), clientId: z.string().min(1).max(1_000), ownsApp: z.boolean(), /** See xAccount. */ appBearer: z.string().max(10_000).optional() }),
  z.strictObject({ ...mailbox, way: signInWay, oauth: z.strictObject({ provider: z.string().max(40), clientId: z.string().min(1).max(1_000), clientSecret: secret.nullable(), ...oauthPlace }) }),
]);
export type SignInInput = z.infer<typeof signInInput>;

const servers = { displayName: line, imap: mailServer, smtp: mailServer, user: line, keepSentCopy: z.boolean() };
/** Settings of a connected mailbox, without its secrets. */
const mailSettings = z.strictObject({
  ...servers,
  /** Whose certificates are trusted beside the system's. */
  authority: z.strictObject({ names: z.array(z.string()), until: time }).nullable(),
  oauth: z.strictObject({ clientId: z.string(), ...oauthPlace }).nullable(),
});
export type MailSettings = z.infer<typeof mailSettings>;
const mailChange = z.strictObject({
  ...servers,
  /** Absent: as it is; null: none. */
  ca: z.string().max(200_000).nullable().optional(),
  /** Absent: as it is. */
  password: secret.min(1).optional(),
  oauth: z.strictObject(oauthPlace).nullable(),
});
export type MailChange = z.infer<typeof mailChange>;

/** One step of a connection test, in the order tried; a failed step ends the test. */
const testStep = z.strictObject({ step: z.string(), ok: z.boolean(), message: z.string(), /** What can be done about it. */ advice: z.string().optional() });
export type TestStep = z.infer<typeof testStep>;

/** A folder of a mailbox that can be read; inbox and sent mails always are. Counts where the server tells them cheaply. */
const mailFolder = z.strictObject({
  path: z.string(), name: z.string(), role: z.enum(['inbox', 'sent', 'other', 'archive', 'all', 'junk', 'trash']), total: z.number().int().nullable(), unseen: z.number().int().nullable(),
});
export type MailFolder = z.infer<typeof mailFolder>;

const signInStarted = z.strictObject({ signInId: id, url: z.string(), redirectUri: z.string(), expiresAt: time, /** To be typed in on that page. */ userCode: z.string().nullable() });

/** A provider people sign in to on its own page, as far as a form needs it. */
const signInProvider = z.strictObject({ id: z.string(), name: z.string(), ...oauthPlace, wantsSecret: z.boolean(), register: z.string() });
export type SignInProvider = z.infer<typeof signInProvider>;

/** What was found out about a mailbox by its address alone. */
const foundMailbox = z.strictObject({
  imap: mailServer, smtp: mailServer, user: z.string(), keepSentCopy: z.boolean(),
  /** Where it was found, in words, and whether a server lies outside the address's own domain and the lists known here. */
  source: z.string(), isForeign: z.boolean(),
  password: z.boolean(), passwordHint: z.string().nullable(),
  /** Id of a provider whose sign-in page opens it. */
  provider: z.string().nullable(),
});
export type FoundMailbox = z.infer<typeof foundMailbox>;

export const accountCommands = {
  'account.add': command(z.strictObject({ account: accountInput }), z.strictObject({ seq: z.number().int(), accountId: id })),
  'account.test': command(z.strictObject({ account: accountInput }), z.strictObject({ ok: z.boolean(), steps: z.array(testStep), /** Of a mailbox that can be read. */ folders: z.array(mailFolder) })),
  /** Begins a sign-in and answers the page to open in the person's browser. With `accountId`, that account is signed in again and keeps everything. One at a time: a new one ends the one before. */
  'account.signIn': command(z.strictObject({ signIn: signInInput, accountId: id.nullable() }), signInStarted),
  /** The same for a mailbox, with what it was signed in with before. */
  'account.signInAgain': command(z.strictObject({ accountId: id, way: signInWay }), signInStarted),
  /** Another password for a mailbox; it keeps everything. */
  'account.password': command(z.strictObject({ accountId: id, password: secret.min(1) }), done),
  /** Looks for the servers of an address: known providers first, then what its domain says. `notes` = what was refused and why, and whether the network was there. A new search ends the one before. */
  'account.discover': command(z.strictObject({ address: z.email() }), z.strictObject({ found: foundMailbox.nullable(), guess: foundMailbox, notes: z.array(z.string()) })),
  'account.cancelDiscover': command(none, none),
  'account.signInProviders': command(none, z.strictObject({ providers: z.array(signInProvider) })),
  /** Whose certificates a file holds and until when they are good; bad_input when it cannot serve as an authority. */
  'account.checkAuthority': command(z.strictObject({ pem: z.string().max(200_000) }), z.strictObject({ names: z.array(z.string()), until: time })),
  /** Answers when the sign-in has ended: the account is there, or why it is not. */
  'account.signInDone': command(z.strictObject({ signInId: id }), z.strictObject({ seq: z.number().int(), accountId: id, address: z.string() })),
  'account.cancelSignIn': command(z.strictObject({ signInId: id }), none),
  /** Whether this account owns the developer app; the rest of an account is changed by connecting it anew. */
  'account.ownsApp': command(z.strictObject({ accountId: id, ownsApp: z.boolean() }), done),
  /** Stops the reading of a mailbox's older mail, or goes on with it; new mail comes in either way. */
  'account.readOlder': command(z.strictObject({ accountId: id, reads: z.boolean() }), done),
  /** Folders a mailbox has now. */
  'account.folders': command(z.strictObject({ accountId: id }), z.strictObject({ folders: z.array(mailFolder) })),
  /** Which folders are read besides the inbox and sent mails, by all that is chosen. One added is read newest first; of one left out everything stays here. New folders count as seen from then on. */
  'account.readFolders': command(z.strictObject({ accountId: id, paths: folderPaths }), done),
  'account.settings': command(z.strictObject({ accountId: id }), mailSettings),
  /**
   * Changes the servers of a mailbox, its authority or sign-in addresses: tried first, kept only when all steps are good. `isSame`: it is the
   * mailbox it was, and is read on from where that stood; otherwise all of it is looked at again, and what is here is known.
   */
  'account.change': command(z.strictObject({ accountId: id, change: mailChange }), z.strictObject({ ok: z.boolean(), steps: z.array(testStep), isSame: z.boolean() })),
  'account.remove': command(z.strictObject({ accountId: id }), done),
  'account.sync': command(z.strictObject({ accountId: id }), none),
} as const;
