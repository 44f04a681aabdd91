import type { Problem } from './problems.ts';

const OTHER_AUTHORITY = 'If your organisation has an authority of its own, choose its certificate under “More settings”.';

/** What a person can do about a failed step; null when the sentence says it all. */
export function adviceFor({ kind, code }: Problem, which: 'imap' | 'smtp', usesPassword: boolean): string | null {
  switch (code) {
    case 'ENOTFOUND': case 'EDNS': case 'ENODATA': return 'Check how the server’s name is spelt.';
    case 'EAI_AGAIN': case 'ENETUNREACH': case 'EHOSTUNREACH': case 'ENETDOWN': return 'Check the network of this computer, then test again.';
    case 'ECONNREFUSED': return `Check the port: ${which === 'imap' ? '993 with TLS or 143 with STARTTLS' : '465 with TLS or 587 with STARTTLS'} is usual.`;
    case 'ETIMEDOUT': case 'ETIMEOUT': case 'CONNECT_TIMEOUT': return 'A firewall may keep this port closed; check name and port.';
    case 'GREETING_TIMEOUT': case 'UPGRADE_TIMEOUT': return 'The port may be for the other kind of encryption.';
    case 'CERT_HAS_EXPIRED': return 'Whoever runs the server must renew it.';
    case 'CERT_NOT_YET_VALID': return 'Check the date and time of this computer.';
    case 'ERR_TLS_CERT_ALTNAME_INVALID': return 'Use the server name your provider gives; a second name of the same server does not do.';
    case 'CERT_REVOKED': return 'Do not use this server before whoever runs it has been asked.';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT': case 'SELF_SIGNED_CERT_IN_CHAIN': case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE': case 'UNABLE_TO_GET_ISSUER_CERT': case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY': return OTHER_AUTHORITY;
  }
  if (kind === 'tls') return 'Choose the other kind of encryption, or the port that belongs to this one.';
  if (kind === 'auth') return usesPassword ? 'Check user name and password. Some providers want an app password, or IMAP to be allowed in the mailbox’s settings first.' : 'Sign in with the account this mailbox belongs to, and let the administrator allow IMAP and SMTP for it.';
  return null;
}
