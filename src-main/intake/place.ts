import type { MessageEvent } from '../channels/port.ts';
import { threadBefore, threadLinks } from '../desk/index.ts';
import { tables, type Tx } from '../store/index.ts';

/** Where a message belongs. */
export interface Place { conversationId: string; customerId: string; identityId: string | null; isShownWithOthers: boolean }
/** The conversation as it is now; null when it was made just now. */
export interface PlaceFound { place: Place; core: tables.ConversationCore | null }

/** The place in a customer's conversation, which is made when there is none yet. */
export function placeWith(tx: Tx, customerId: string, identityId: string | null, begin: () => { id: string; state: 'open' | 'done'; createdAt: number }): PlaceFound {
  const known = tables.conversationOfCustomer(tx.db, customerId);
  if (known) return { place: { conversationId: known.id, customerId, identityId, isShownWithOthers: known.isShownWithOthers }, core: known };
  const made = begin();
  tables.insertConversation(tx.db, { ...made, customerId });
  return { place: { conversationId: made.id, customerId, identityId, isShownWithOthers: tables.isShownWithOthers(tx.db, customerId) }, core: null };
}

/** The mail of ours a report speaks of: by the Message-ID it left with, or the one we gave it. */
export function reportedMail(tx: Tx, accountId: string, event: Pick<MessageEvent, 'references'>): tables.MessageRow | undefined {
  for (const reference of event.references) {
    const sent = tables.outboxByKey(tx.db, reference);
    const message = tables.messageByExternal(tx.db, accountId, reference) ?? (sent?.accountId === accountId ? tables.messageById(tx.db, sent.messageId) : undefined);
    if (message?.direction === 'outbound') return message;
  }
  return undefined;
}

/** Stores a message in its place, with its thread and what it reports about a mail of ours; returns its id. Its files are the caller's. */
export function storeMessage(tx: Tx, accountId: string, event: MessageEvent, place: Place): number {
  const links = event.detail.type === 'mail' ? threadLinks({ subject: event.subject, refs: event.references, ids: event.threadKeys, isAutomatic: event.detail.automatic !== 'no' }) : null;
  // Found first, so that the row is written once: a second time costs as much as the first.
  const found = links && threadBefore(tx, { ...place, at: event.at }, links);
  const id = tables.insertMessage(tx.db, {
    conversationId: place.conversationId, identityId: place.identityId, accountId, externalId: event.externalId, kind: event.kind,
    direction: event.direction, at: event.at, author: event.author, address: event.party.display, subject: event.subject, text: event.text, detail: event.detail,
    refs: event.kind === 'mail' ? event.references.filter((r) => r.startsWith('<')).reverse() : null, requestId: null, arrivedAt: tx.at,
    thread: found && (found.thread ?? 'own'),
  });
  if (event.place) tables.putPlace(tx.db, accountId, { ...event.place, uid: event.place.key }, id, event.isSeen, false);
  if (links && found) tables.putThreadKeys(tx.db, { id, conversationId: place.conversationId, at: event.at }, links, found);
  if (event.detail.type === 'mail') {
    const { failures = [] } = event.detail;
    const about = failures.length === 0 ? undefined : reportedMail(tx, accountId, event);
    if (about && about.conversation_id === place.conversationId) {
      tables.insertUndelivered(tx.db, about.id, { id, at: event.at }, failures);
      tx.touch('message', about.id);
    }
  }
  tx.touch('message', id);
  return id;
}
