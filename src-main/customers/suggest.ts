import type { Suggestion } from '../../src-preload/contract/index.ts';
import { readNumber } from '../channels/phone/index.ts';
import { tables, type ReadDb } from '../store/index.ts';

/** Mails looked through: a signature stands under every one. */
const MAILS = 30;
const MOST = 4;
/** Without the usual mark ("-- ") a signature is looked for in the last lines only: numbers further up are order numbers. */
const LAST_LINES = 6;
// As numbers are written to be called: from a plus, a bracket or a trunk zero on; order numbers begin otherwise.
const NUMBER = /(?<![\p{L}\p{N}@.])(?:\+|\(0|0)(?:[\s()./-]*\d){7,14}(?!\d)/gu;
const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu;

/** The part of a mail in which people say who they are: below the signature mark, else the end of their own words. */
export function signatureOf(text: string): string {
  const own = text.split('\n').filter((line) => !/^\s*>/.test(line));
  const mark = own.findLastIndex((line) => /^-- ?$/.test(line));
  return own.slice(mark >= 0 ? mark + 1 : -LAST_LINES).join('\n');
}

export interface Found { kind: 'email' | 'phone'; value: string; display: string }

/** Numbers and addresses in a signature. Pure. */
export function findInSignature(signature: string, region: string): Found[] {
  const numbers = [...signature.matchAll(NUMBER)].flatMap(([typed]): Found[] => {
    const number = readNumber(typed, region);
    return number?.isValid === true ? [{ kind: 'phone', value: number.value, display: number.display }] : [];
  });
  const addresses = [...signature.matchAll(ADDRESS)].map(([address]): Found => ({ kind: 'email', value: address.toLowerCase(), display: address }));
  return [...numbers, ...addresses];
}

/** What may also be this customer's, newest first. Nothing is linked by it. */
export function suggestIdentities(db: ReadDb, customerId: string, region: string): Suggestion[] {
  const conversation = tables.conversationOfCustomer(db, customerId);
  if (!conversation) return [];
  const identities = tables.identitiesOf(db, customerId);
  const own = new Set(tables.accounts(db).map((a) => a.address.toLowerCase()));
  const settled = new Set([...identities, ...tables.denials(db, customerId)].map((i) => `${i.kind} ${i.value}`));
  const found = new Map<string, Suggestion>();
  const offer = (hit: Found, reason: Suggestion['reason'], messageId: number): void => {
    const key = `${hit.kind} ${hit.value}`;
    if (settled.has(key) || found.has(key) || own.has(hit.value)) return;
    const owner = tables.identityByValue(db, hit.kind, hit.value);
    found.set(key, { ...hit, reason, messageId, ownerId: owner?.customerId ?? null, ownerName: owner ? (tables.customerRow(db, owner.customerId)?.name ?? null) : null });
  };
  for (const mail of tables.messagesOfKindBefore(db, conversation.id, 'mail', null, MAILS)) {
    if (mail.direction !== 'inbound' || mail.deleted_at !== null) continue;
    for (const hit of findInSignature(signatureOf(mail.shown_text ?? mail.text), region)) offer(hit, 'signature', mail.id);
  }
  for (const identity of identities) {
    const [local = '', domain = ''] = identity.value.split('@');
    if (identity.kind !== 'email' || domain === '') continue;
    for (const twin of tables.plusTwins(db, local.split('+')[0] ?? local, domain)) {
      if (twin.customerId !== customerId) offer({ kind: 'email', value: twin.value, display: twin.display }, 'same_address', conversation.lastMessageId);
    }
  }
  return [...found.values()].slice(0, MOST);
}
