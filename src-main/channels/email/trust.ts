import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { ParleyError } from '../../kernel/index.ts';

/** Real bundles of a company hold a handful. */
const MOST_CERTIFICATES = 20;

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;

/** What certificates of a private authority say of themselves. Throws ParleyError bad_input in one sentence when they cannot serve as one. */
export function readAuthority(pem: string, now: number): { names: string[]; until: number } {
  const blocks = [...pem.matchAll(BLOCK)];
  if (blocks.some(([, kind]) => kind?.endsWith('PRIVATE KEY'))) throw new ParleyError('bad_input', 'This file holds a private key; choose the certificate of the authority alone.');
  const certificates = blocks.filter(([, kind]) => kind === 'CERTIFICATE' || kind === 'X509 CERTIFICATE' || kind === 'TRUSTED CERTIFICATE').map(([text]) => text);
  if (certificates.length === 0) throw new ParleyError('bad_input', 'This file holds no certificate in PEM form (it begins with “-----BEGIN CERTIFICATE-----”).');
  if (certificates.length > MOST_CERTIFICATES) throw new ParleyError('bad_input', `This file holds more than ${MOST_CERTIFICATES} certificates; choose the one of the authority.`);
  const read = certificates.map((text) => {
    try {
      return new X509Certificate(text);
    } catch {
      throw new ParleyError('bad_input', 'A certificate in this file is damaged.');
    }
  });
  for (const certificate of read) {
    // A server's own certificate, signed by itself, may be trusted as it is.
    if (!certificate.ca && !certificate.checkIssued(certificate)) throw new ParleyError('bad_input', `${nameOf(certificate)} is the certificate of a server, not of an authority.`);
    if (certificate.validToDate.getTime() <= now) throw new ParleyError('bad_input', `The certificate ${nameOf(certificate)} has expired.`);
  }
  return { names: read.map(nameOf), until: Math.min(...read.map((certificate) => certificate.validToDate.getTime())) };
}

const nameOf = (certificate: X509Certificate): string => {
  const parts = new Map(certificate.subject.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  return (parts.get('CN') ?? parts.get('O') ?? certificate.subject.replaceAll('\n', ', ')).slice(0, 200);
};

/** What TLS trusts: the system's authorities, and the mailbox's own beside them. Node's `ca` alone would replace them. */
export const trusting = (ca: string | null): { ca?: string[] } => (ca === null ? {} : { ca: [...getCACertificates('default'), ca] });
