import { errnoOf, messageOf, ParleyError } from '../../kernel/index.ts';
import type { MailServer } from './config.ts';

/** What went wrong on a connection, by what helps against it. */
export interface Problem {
  kind: 'network' | 'tls' | 'auth' | 'server' | 'setup' | 'storage' | 'internal';
  /** One sentence for a person. */
  sentence: string;
  /** The system's or library's own code, where there is one. */
  code: string;
}

const field = (error: unknown, name: string): unknown => (typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined);
const stringField = (error: unknown, name: string): string | null => {
  const value = field(error, name);
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Node's own code behind what a library made of it. */
function codeOf(error: unknown): string {
  return stringField(error, 'originalCode') ?? stringField(field(error, '_err'), 'code') ?? errnoOf(error) ?? '';
}

/** A server's words, fit to be quoted in a sentence: one line, no control characters, no trailing stop. */
export function quotable(words: string, max = 300): string {
  // oxlint-disable-next-line no-control-regex
  const line = words.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim().replace(/[.\s]+$/, '').replace(/"/g, "'");
  return line.length > max ? `${line.slice(0, max - 1)}…`.toWellFormed() : line;
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it belongs to another name',
  CERT_REVOKED: 'it was revoked',
};

/** IMAP codes (RFC 5530) on a failed login that are no verdict on the password. */
const LOGIN_LATER = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG']);

export function problemOf(error: unknown, server: MailServer): Problem {
  const code = codeOf(error);
  const certificate = certificateCode(error, code);
  return { ...explained(error, server, code, certificate), code: certificate ?? code };
}

/** A library may hand on only the words, which end with the code. */
function certificateCode(error: unknown, code: string): string | null {
  const said = /^[A-Z_]{8,}$/.exec(messageOf(error).split(/[ :]/).at(-1) ?? '')?.[0] ?? '';
  return [code, said].find((candidate) => candidate in CERTIFICATE) ?? null;
}

function explained(error: unknown, server: MailServer, code: string, certificate: string | null): Omit<Problem, 'code'> {
  const { host, port } = server;
  if (error instanceof ParleyError) {
    const kind = error.code === 'auth_needed' ? 'auth' : error.code === 'offline' ? 'network' : error.code === 'bad_input' ? 'setup' : error.code === 'storage' ? 'storage' : 'internal';
    return { kind, sentence: error.message };
  }
  if (certificate !== null) return { kind: 'tls', sentence: `The certificate of ${host} cannot be trusted: ${CERTIFICATE[certificate] ?? certificate}.` };
  if (/^ERR_SSL|^EPROTO$/.test(code) || (code === 'ECONNRESET' && field(error, 'tlsFailed') === true)) return { kind: 'tls', sentence: `${host} does not speak TLS on port ${port}; perhaps it wants STARTTLS or another port.` };
  if (field(error, 'authenticationFailed') === true) {
    const response = stringField(error, 'serverResponseCode') ?? '';
    if (LOGIN_LATER.has(response)) return { kind: 'server', sentence: `${host} cannot check sign-ins at the moment.` };
    if (field(error, 'responseStatus') !== undefined || response !== '' || stringField(error, 'response') !== null) return { kind: 'auth', sentence: `${host} does not accept this user name and password.` };
  }
  if (field(error, 'tlsFailed') === true || code === 'ETLS') return { kind: 'tls', sentence: `An encrypted connection to ${host} could not be made: ${quotable(messageOf(error))}.` };
  switch (code) {
    case 'ENOTFOUND': case 'EDNS': case 'ENODATA':
      return { kind: 'network', sentence: `There is no server named ${host}, or this computer is offline.` };
    case 'EAI_AGAIN':
      return { kind: 'network', sentence: `The name ${host} cannot be looked up; this computer may be offline.` };
    case 'ECONNREFUSED':
      return { kind: 'network', sentence: `${host} does not take connections on port ${port}.` };
    case 'ENETUNREACH': case 'EHOSTUNREACH': case 'ENETDOWN':
      return { kind: 'network', sentence: `${host} cannot be reached; this computer may be offline.` };
    case 'ETIMEDOUT': case 'ETIMEOUT': case 'CONNECT_TIMEOUT': case 'GREETING_TIMEOUT': case 'UPGRADE_TIMEOUT':
      return { kind: 'network', sentence: `${host} did not answer in time.` };
    case 'ECONNRESET': case 'EPIPE': case 'ECONNECTION': case 'ESOCKET': case 'EConnectionClosed': case 'NoConnection': case 'ClosedAfterConnectText': case 'ClosedAfterConnectTLS': case 'ECONNABORTED': case 'StateLogout': {
      const bye = stringField(error, 'reason');
      return { kind: 'network', sentence: bye === null ? `The connection to ${host} was lost.` : `${host} ended the connection: "${quotable(bye)}".` };
    }
  }
  const words = stringField(error, 'responseText') ?? stringField(error, 'response') ?? messageOf(error);
  return { kind: 'server', sentence: `${host} did not do what was asked: "${quotable(words)}".` };
}

/** Did the server itself refuse a command (tagged NO or BAD) on a connection that still works? */
export const isRefusedCommand = (error: unknown): boolean => {
  const status = field(error, 'responseStatus');
  return status === 'NO' || status === 'BAD';
};
