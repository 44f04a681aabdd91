import { tables, type ReadDb } from '../../store/index.ts';

const CHANNEL: Readonly<Record<string, string>> = { post: 'x', dm: 'x', mail: 'email', call: 'phone' };

/**
 * Whose a message is, of those shown as one customer: that of the identity it came from or went to, of the mail it reports about, else the
 * survivor's.
 */
export function homeFinder(db: ReadDb, rootId: string): (message: tables.Loose) => string {
  const identities = tables.identityHomes(db, rootId);
  const byId = new Map(identities.map((i) => [i.id, i.homeCustomerId]));
  const byAddress = new Map(identities.flatMap((i) => [[`${i.kind} ${i.value.toLowerCase()}`, i.homeCustomerId], [`${i.kind} ${i.display.toLowerCase()}`, i.homeCustomerId]]));
  const homeOf = (message: tables.Loose): string => {
    if (message.home_conversation_id !== null) return tables.conversationCore(db, message.home_conversation_id)?.customerId ?? rootId;
    if (message.identity_id !== null) return byId.get(message.identity_id) ?? rootId;
    if (message.direction === 'outbound') return (message.address === null ? undefined : byAddress.get(`${CHANNEL[message.kind] ?? ''} ${message.address.toLowerCase()}`)) ?? rootId;
    const [about] = message.kind === 'mail' ? tables.reportedBy(db, message.id) : [];
    const reported = about === undefined ? undefined : tables.looseById(db, about);
    return reported === undefined || reported.direction !== 'outbound' ? rootId : homeOf(reported);
  };
  return homeOf;
}

/** The conversation of somebody who is shown as somebody else; made when they had none before. */
export function conversationApart(tx: { db: Parameters<typeof tables.putAside>[0]; at: number }, customerId: string, nextId: () => string): string {
  const known = tables.conversationOfCustomer(tx.db, customerId);
  if (known) return known.id;
  const id = nextId();
  tables.insertConversation(tx.db, { id, customerId, state: 'done', createdAt: tx.at });
  if (tables.customerRow(tx.db, customerId)?.merged_into !== null) tables.putAside(tx.db, id);
  return id;
}
