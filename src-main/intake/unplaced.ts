import type { MessageEvent } from '../channels/port.ts';
import { customerFor } from '../customers/index.ts';
import { happen, homesOfMessages, refreshConversation } from '../desk/index.ts';
import { ParleyError, type Ids } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { placeWith, storeMessage, type Place } from './place.ts';

/** Keeps a mail that belongs to nobody we know: counted, readable, waiting for an agent. */
export function keepUnplaced(tx: Tx, accountId: string, event: MessageEvent, ids: Ids): void {
  const { files, ...rest } = event;
  const id = ids.next();
  const attachmentIds = files.map((file) => {
    const attachmentId = ids.next();
    tables.insertAttachment(tx.db, attachmentId, null, file, tx.at);
    return attachmentId;
  });
  tables.insertUnplaced(tx.db, { id, accountId, externalId: event.externalId, at: event.at, reason: event.doubt ?? 'report', event: rest, attachmentIds }, tx.at);
  tx.touch('unplaced', id);
}

/** Stores a mail of the tray as a message; its attachments are the same rows as before. */
export function placeUnplaced(tx: Tx, unplaced: tables.Unplaced, place: Place): number {
  const messageId = storeMessage(tx, unplaced.accountId, { ...unplaced.event, files: [] }, place);
  tables.attachTo(tx.db, unplaced.attachmentIds, messageId);
  tx.touch('unplaced', unplaced.id);
  return messageId;
}

const openOne = (tx: Tx, id: string): tables.Unplaced => {
  const unplaced = tables.unplacedById(tx.db, id);
  if (!unplaced || unplaced.state === 'placed') throw new ParleyError('not_found', 'This mail is not in the tray any more.');
  return unplaced;
};

function placeByHand(tx: Tx, unplaced: tables.Unplaced, place: Place, madeCustomerId: string | null): { conversationId: string } {
  const wasDone = tables.conversationCore(tx.db, place.conversationId)?.state === 'done';
  const messageId = placeUnplaced(tx, unplaced, place);
  tables.setUnplaced(tx.db, unplaced.id, { state: 'placed', messageId, madeCustomerId, wasDone }, { at: tx.at, agent: tx.agent });
  tx.touch('customer', place.customerId);
  // Who waits now is for the queue, as if the mail had come here at once.
  const core = tables.conversationCore(tx.db, place.conversationId);
  if (core) happen(tx, core, { type: 'placed', id: unplaced.id }, homesOfMessages(tx.db, core, [messageId]));
  refreshConversation(tx, place.conversationId);
  return { conversationId: place.conversationId };
}

/** An agent says whose it is. Nothing is linked by it: the sender's next mail is asked about again. */
export const assignUnplaced: Operation<{ id: string; customerId: string; ids: Ids }, { conversationId: string }> = {
  name: 'unplaced.assign',
  summarise: ({ id, customerId }) => ({ id, customerId }),
  apply(tx, { id, customerId, ids }) {
    const unplaced = openOne(tx, id);
    const row = tables.customerRow(tx.db, customerId);
    if (!row || row.merged_into !== null) throw new ParleyError('not_found', 'This customer is not here any more.');
    return placeByHand(tx, unplaced, placeWith(tx, customerId, null, () => ({ id: ids.next(), state: 'open', createdAt: unplaced.at })).place, null);
  },
};

/** An agent says that its sender is a customer. What else of theirs waits goes there, too, as it would with their next mail. */
export const makeCustomerOfUnplaced: Operation<{ id: string; ids: Ids }, { conversationId: string; others: number }> = {
  name: 'unplaced.makeCustomer',
  summarise: ({ id }) => ({ id }),
  apply(tx, { id, ids }) {
    const unplaced = openOne(tx, id);
    if (!tables.mayBeCustomer(unplaced.reason)) throw new ParleyError('conflict', 'This sender is no address of a person. Assign the mail to a customer.');
    const isNew = tables.identityByValue(tx.db, unplaced.event.party.kind, unplaced.event.party.value) === undefined;
    const { customerId, identityId } = customerFor(tx, unplaced.event.party, ids);
    const { place } = placeWith(tx, customerId, identityId, () => ({ id: ids.next(), state: 'open', createdAt: unplaced.at }));
    const madeCustomerId = isNew ? customerId : null;
    placeByHand(tx, unplaced, place, madeCustomerId);
    const others = tables.waitingOf(tx.db, unplaced.event.party.value);
    for (const other of others) placeByHand(tx, other, place, madeCustomerId);
    return { conversationId: place.conversationId, others: others.length };
  },
};

export const dismissUnplaced: Operation<{ id: string }, void> = {
  name: 'unplaced.dismiss',
  apply(tx, { id }) {
    const unplaced = openOne(tx, id);
    tables.setUnplaced(tx.db, unplaced.id, { state: 'dismissed', messageId: null, madeCustomerId: null, wasDone: false }, { at: tx.at, agent: tx.agent });
    tx.touch('unplaced', id);
  },
};

/** Takes back whatever was decided: the mail is in the tray again, and a customer made for it is gone, what else of theirs had waited included. */
export const restoreUnplaced: Operation<{ id: string }, void> = {
  name: 'unplaced.restore',
  apply(tx, { id }) {
    const unplaced = tables.unplacedById(tx.db, id);
    if (!unplaced) throw new ParleyError('not_found', 'This mail is not in the tray any more.');
    const others = unplaced.madeCustomerId === null ? [] : tables.placedWith(tx.db, unplaced.madeCustomerId);
    for (const other of new Set([...others, id])) restoreOne(tx, other);
  },
};

function restoreOne(tx: Tx, id: string): void {
  const unplaced = tables.unplacedById(tx.db, id);
  if (!unplaced || unplaced.state === 'open') return;
  const message = unplaced.messageId === null ? undefined : tables.messageById(tx.db, unplaced.messageId);
  tables.attachTo(tx.db, unplaced.attachmentIds, null);
  tables.setUnplaced(tx.db, id, { state: 'open', messageId: null, madeCustomerId: null, wasDone: false }, { at: tx.at, agent: tx.agent });
  tx.touch('unplaced', id);
  if (!message) return;
  const about = tables.reportedBy(tx.db, message.id);
  const core = tables.conversationCore(tx.db, message.conversation_id);
  const homes = core ? homesOfMessages(tx.db, core, [message.id]) : [];
  tables.removeMessage(tx.db, message);
  tx.touch('removed_message', message.id);
  for (const messageId of about) tx.touch('message', messageId);
  const gone = unplaced.madeCustomerId === null ? null : tables.removeIfEmpty(tx.db, unplaced.madeCustomerId);
  if (gone !== null) return tx.touch('timeline', gone);
  if (core) happen(tx, core, { type: 'unplaced', id: unplaced.id, wasDone: unplaced.wasDone }, homes);
  refreshConversation(tx, message.conversation_id);
  if (core) tx.touch('customer', core.customerId);
}
