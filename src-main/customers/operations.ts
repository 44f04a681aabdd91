import type { ChannelEvent, Party } from '../channels/port.ts';
import { tables, type Tx } from '../store/index.ts';
import { nameOf } from './matching.ts';

/** Ids an operation may need, made before it runs so that running it again gives the same rows. */
export interface IdSource {
  next(): string;
}

/**
 * The identity of a side that is known already, with what this says better of it: a name somebody gave, or a handle, for that can be
 * renamed while its user id stays. An archive names its people by their ids alone, and takes no handle away.
 */
export function knownAs(tx: Tx, party: Party): tables.KnownIdentity | undefined {
  const known = tables.identityByValue(tx.db, party.kind, party.value);
  if (!known) return undefined;
  const { name, isNamed } = nameOf(party);
  if (isNamed && known.isNamed === 0 && tables.improveName(tx.db, known.homeCustomerId, known.customerId, name)) tx.touch('customer', known.customerId);
  if (party.kind === 'x' && known.display !== party.display && party.display.startsWith('@')) {
    tables.updateDisplay(tx.db, known.id, party.display);
    tx.touch('customer', known.customerId);
  }
  return known;
}

/** The customer and identity behind a side of a message; both are made when nobody is known under it. */
export function customerFor(tx: Tx, party: Party, ids: IdSource): { customerId: string; identityId: string } {
  const known = knownAs(tx, party);
  if (known) return { customerId: known.customerId, identityId: known.id };
  const { name, isNamed } = nameOf(party);
  // A handle an agent linked before this account was ever heard from: now its lasting id is known.
  const byHandle = party.kind === 'x' ? tables.identityByValue(tx.db, 'x', party.display.toLowerCase()) : undefined;
  if (byHandle) {
    tables.setIdentityValue(tx.db, byHandle.id, party.value, party.display);
    tx.touch('customer', byHandle.customerId);
    return { customerId: byHandle.customerId, identityId: byHandle.id };
  }
  const customerId = ids.next();
  const identityId = ids.next();
  tables.insertCustomer(tx.db, { id: customerId, name, isNamed, createdAt: tx.at });
  tables.insertIdentity(tx.db, { id: identityId, customerId, kind: party.kind, value: party.value, display: party.display, basis: 'contact', linkedBy: tx.agent, linkedAt: tx.at });
  return { customerId, identityId };
}

type Contact = Extract<ChannelEvent, { type: 'contact' }>;

/**
 * Takes one line of a customer list. Identities nobody has yet are linked on its basis; identities that already belong to two different
 * customers are left as they are (joining people is a decision, not an import) and reported.
 */
export function takeContact(tx: Tx, contact: Contact, ids: IdSource): { customerId: string; conflict: string | null } {
  const known = contact.identities.map((party) => ({ party, row: tables.identityByValue(tx.db, party.kind, party.value) }));
  const owners = [...new Set(known.flatMap(({ row }) => row?.customerId ?? []))];
  const existing = owners[0];
  const customerId = existing ?? ids.next();
  // Somebody shown as somebody else keeps what the list says of them.
  const homeId = known.find(({ row }) => row?.customerId === customerId)?.row?.homeCustomerId ?? customerId;
  if (existing === undefined) tables.insertCustomer(tx.db, { id: customerId, name: contact.name, isNamed: true, createdAt: tx.at });
  for (const { party, row } of known) {
    if (!row) tables.insertIdentity(tx.db, { id: ids.next(), customerId, homeCustomerId: homeId === customerId ? null : homeId, kind: party.kind, value: party.value, display: party.display, basis: contact.basis, linkedBy: tx.agent, linkedAt: contact.at });
  }
  tables.updateAtHome(tx.db, homeId, {
    name: contact.name, isVip: contact.isVip,
    ...(contact.vipNote === null ? {} : { vipNote: contact.vipNote }), ...(contact.note === null ? {} : { note: contact.note }),
    ...(contact.language === null ? {} : { language: contact.language }), ...(contact.tags.length === 0 ? {} : { tags: contact.tags }),
  });
  tx.touch('customer', customerId);
  return { customerId, conflict: owners.length > 1 ? `${contact.name}: the list joins identities that belong to ${owners.length} customers here; they were left apart.` : null };
}
