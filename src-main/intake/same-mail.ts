import { createHash } from 'node:crypto';

/** What tells two mails with the same Message-ID apart. */
export interface Fingerprint { direction: string; address: string | null; at: number; text: string }

const same = (a: string | null, b: string | null): boolean => (a ?? '').toLowerCase() === (b ?? '').toLowerCase();

/**
 * Another mail under the same Message-ID, not the same one read again: from somebody else, or of another time with another text. The same
 * mail comes in copies (labels, lists that add a footer, an import that moves times), so one difference alone proves nothing.
 */
export const isAnotherMail = (a: Fingerprint, b: Fingerprint): boolean => a.direction === b.direction && (!same(a.address, b.address) || (a.at !== b.at && a.text.trim() !== b.text.trim()));

export const fingerprintOf = (mail: Fingerprint): string => createHash('sha256').update(JSON.stringify([(mail.address ?? '').toLowerCase(), mail.at, mail.text.trim()])).digest('hex').slice(0, 16);
