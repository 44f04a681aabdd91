import { isIP } from 'node:net';
import { ParleyError } from '../../kernel/index.ts';
import type { AccountInput, SignInInput } from '../../../src-preload/contract/index.ts';
import type { OAuthPlace } from './providers.ts';

export interface MailServer {
  host: string;
  port: number;
  /** `none` only for loopback hosts. */
  security: 'tls' | 'starttls' | 'none';
}

/** What may lie in the open about a mailbox. */
export interface MailConfig {
  /** Our address there, and the name customers see beside it. */
  address: string;
  displayName: string;
  imap: MailServer;
  smtp: MailServer;
  user: string;
  /** May Parley put a copy of what it sends into the folder of sent mail? Servers that do so themselves are left alone. */
  keepSentCopy: boolean;
  /** Is mail from before the account was connected read, too? False once a person has stopped it. */
  readsOlder: boolean;
  /** Paths of folders that are read besides the inbox and sent mails. */
  folders: string[];
  /** PEM of a private certificate authority to trust beside the system's. */
  ca: string | null;
  /** How tokens are got for it; null where a password opens it. */
  oauth: MailOAuth | null;
}

export interface MailOAuth extends OAuthPlace {
  /** Which provider of ours, or "other". */
  provider: string;
  clientId: string;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

export function isLoopback(host: string): boolean {
  const name = bare(host);
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === '::1' || name === 'localhost' || name.endsWith('.localhost');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function text(record: Record<string, unknown>, name: string): string {
  const value = record[name];
  if (typeof value === 'string') return value;
  throw new ParleyError('bad_input', `The settings of this mailbox are incomplete: "${name}" is missing.`);
}

function server(record: Record<string, unknown>, name: 'imap' | 'smtp'): MailServer {
  const value = record[name];
  if (!isRecord(value)) throw new ParleyError('bad_input', `The settings of this mailbox are incomplete: "${name}" is missing.`);
  const host = bare(text(value, 'host').trim());
  const { port, security } = value;
  const label = name.toUpperCase();
  if (host === '' || /[\s/@]/.test(host)) throw new ParleyError('bad_input', `The name of the ${label} server is not a host name.`);
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) throw new ParleyError('bad_input', `The port of the ${label} server must be a number from 1 to 65535.`);
  if (security !== 'tls' && security !== 'starttls' && security !== 'none') throw new ParleyError('bad_input', `The ${label} server needs a kind of encryption: TLS or STARTTLS.`);
  if (security === 'none' && !isLoopback(host)) {
    throw new ParleyError('bad_input', `The ${label} server ${host} may not be used without encryption: choose TLS or STARTTLS. Only a server on this computer may go without.`);
  }
  return { host, port, security };
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

function oauthOf(value: unknown): MailOAuth | null {
  if (!isRecord(value)) return null;
  const { scopes, deviceUrl } = value;
  return {
    provider: text(value, 'provider'), clientId: text(value, 'clientId'), authorizeUrl: text(value, 'authorizeUrl'), tokenUrl: text(value, 'tokenUrl'),
    deviceUrl: typeof deviceUrl === 'string' ? deviceUrl : null, scopes: texts(scopes),
  };
}

/** Reads stored settings; throws ParleyError bad_input with one sentence. */
export function readConfig(config: unknown): MailConfig {
  if (!isRecord(config)) throw new ParleyError('bad_input', 'This mailbox has no settings.');
  const address = text(config, 'address').trim();
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address)) throw new ParleyError('bad_input', 'The address of this mailbox is not an e-mail address.');
  return {
    address,
    displayName: text(config, 'displayName'),
    imap: server(config, 'imap'),
    smtp: server(config, 'smtp'),
    user: text(config, 'user'),
    keepSentCopy: config['keepSentCopy'] !== false,
    readsOlder: config['readsOlder'] !== false,
    folders: texts(config['folders']),
    ca: typeof config['ca'] === 'string' ? config['ca'] : null,
    oauth: oauthOf(config['oauth']),
  };
}

/** Takes apart what a person typed. */
export function splitInput(input: AccountInput): { config: Record<string, unknown>; secrets: Record<string, string> } {
  if (input.channel !== 'email') throw new ParleyError('bad_input', 'This is not a mailbox.');
  const { address, displayName, imap, smtp, user, keepSentCopy, password, ca = null, folders = [] } = input;
  return { config: { address, displayName, imap, smtp, user, keepSentCopy, ca, oauth: null, folders }, secrets: { password } };
}

/** Takes apart what a sign-in begins with. A client secret of a desktop app is none, but it does not belong in the open either. */
export function splitSignIn(input: SignInInput): { config: Record<string, unknown>; secrets: Record<string, string> } {
  if (input.channel !== 'email') throw new ParleyError('bad_input', 'This is not a mailbox.');
  const { address, displayName, imap, smtp, user, keepSentCopy, ca = null, oauth: { clientSecret, ...oauth } } = input;
  return { config: { address, displayName, imap, smtp, user, keepSentCopy, ca, oauth }, secrets: clientSecret === null ? {} : { clientSecret } };
}

/** Throws ParleyError auth_needed when there is no password. */
export function passwordOf(secrets: Record<string, string>): string {
  const password = secrets['password'];
  if (password === undefined || password === '') throw new ParleyError('auth_needed', 'The password of this mailbox is missing.');
  return password;
}
