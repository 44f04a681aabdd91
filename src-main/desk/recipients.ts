import type { EntryDetail } from '../../src-preload/contract/index.ts';

export interface AnsweredMail {
  direction: 'inbound' | 'outbound' | 'internal';
  /** The customer's side of it. */
  address: string | null;
  detail: Extract<EntryDetail, { type: 'mail' }>;
}

/** More are a list's business, and servers refuse them. */
const MOST = 50;

const sameAs = (address: string): string => address.trim().toLowerCase();
const withoutTag = (address: string): string => address.replace(/\+[^@]*@/, '@');

/**
 * Whom an answer to all goes to: the writer, and in copy everybody else who was written to, each once, as they write their address. Our
 * own addresses are left out, also with a "+tag". Null when there is nobody but the writer: then it is a plain reply. After a mail of
 * ours it goes to those we wrote to.
 */
export function replyAllRecipients(mail: AnsweredMail, own: readonly string[]): { to: string[]; cc: string[] } | null {
  const ours = new Set(own.map(sameAs));
  const taken = new Set<string>();
  const take = (addresses: readonly string[]): string[] => addresses.filter((address) => {
    const plain = sameAs(address);
    if (plain === '' || taken.has(plain) || ours.has(plain) || ours.has(withoutTag(plain))) return false;
    taken.add(plain);
    return true;
  });
  const { detail } = mail;
  const to = mail.direction === 'outbound' ? take(detail.to) : take(detail.replyTo ?? [mail.address ?? detail.from]);
  const cc = mail.direction === 'outbound' ? take(detail.cc) : take([...detail.to, ...detail.cc]);
  return to.length === 0 || to.length + cc.length < 2 ? null : { to, cc: cc.slice(0, MOST - to.length) };
}
