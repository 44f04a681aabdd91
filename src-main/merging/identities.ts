import type { IdentityBasis } from '../../src-preload/contract/index.ts';
import type { Party } from '../channels/port.ts';
import { refreshConversation, systemLine } from '../desk/index.ts';
import { placeWaiting } from '../intake/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation } from '../store/index.ts';
import type { IdSource } from '../customers/index.ts';

/** Reasons an agent may give. "Contacted us this way" is not one: that is seen, not said. */
const GIVEN: readonly IdentityBasis[] = ['told_us', 'own_signature', 'public_profile', 'consent', 'same_thread'];

/** Links a further handle, address or number. One that belongs to somebody else is never taken from them: those two are merged, or not. */
export const linkIdentity: Operation<{ identityId: string; customerId: string; party: Party; basis: IdentityBasis; ids: IdSource }, void> = {
  name: 'customer.link',
  summarise: ({ ids: _, ...args }) => args,
  apply(tx, { identityId, customerId, party, basis, ids }) {
    const row = tables.customerRow(tx.db, customerId);
    if (!row || row.merged_into !== null) throw new ParleyError('not_found', 'This customer is not here any more.');
    if (!GIVEN.includes(basis) || (party.kind === 'x' && basis === 'same_thread')) throw new ParleyError('bad_input', 'Say how we know that this is the same person.');
    const known = tables.identityByValue(tx.db, party.kind, party.value) ?? (party.kind === 'x' ? tables.identityByHandle(tx.db, party.display) : undefined);
    if (known?.customerId === customerId) return;
    if (known) {
      const name = tables.customerRow(tx.db, known.customerId)?.name ?? '';
      throw new ParleyError('conflict', `${party.display} belongs to ${name}. Merge the two if they are the same person.`, { detail: { customerId: known.customerId, name } });
    }
    tables.insertIdentity(tx.db, { id: identityId, customerId, kind: party.kind, value: party.value, display: party.display, basis, linkedBy: tx.agent, linkedAt: tx.at });
    tx.touch('customer', customerId);
    const conversation = tables.conversationOfCustomer(tx.db, customerId);
    // What can be answered where has changed.
    if (conversation) tx.touch('timeline', conversation.id);
    placeWaiting(tx, ids);
  },
};

/** Takes an identity off. Messages that came by it go with it, to a customer of their own. */
export const unlinkIdentity: Operation<{ identityId: string; ids: IdSource }, { customerId: string | null }> = {
  name: 'customer.unlink',
  summarise: ({ identityId }) => ({ identityId }),
  apply(tx, { identityId, ids }) {
    const identity = tables.identityById(tx.db, identityId);
    if (!identity) throw new ParleyError('not_found', 'This identity is not here any more.');
    if (identity.homeCustomerId !== identity.customerId) throw new ParleyError('conflict', `${identity.display} came with a merge. Undo the merge to take it off.`);
    if (tables.identitiesOf(tx.db, identity.customerId).length < 2) throw new ParleyError('conflict', `${identity.display} is all we know of this customer; it cannot be taken off.`);
    const from = tables.conversationOfCustomer(tx.db, identity.customerId);
    tx.touch('customer', identity.customerId);
    if (!from || !tables.hasMessages(tx.db, identityId)) {
      tables.removeIdentity(tx.db, identityId);
      if (from) tx.touch('timeline', from.id);
      return { customerId: null };
    }
    const customerId = ids.next();
    const conversationId = ids.next();
    tables.insertCustomer(tx.db, { id: customerId, name: identity.display, isNamed: false, createdAt: tx.at });
    tables.insertConversation(tx.db, { id: conversationId, customerId, state: from.state === 'open' ? 'open' : 'done', createdAt: tx.at });
    tables.splitIdentity(tx.db, identity, from.id, { customerId, conversationId });
    systemLine(tx, from.id, 'split', null, { text: identity.display });
    tables.setReadUpTo(tx.db, conversationId, from.readUpTo);
    for (const id of [from.id, conversationId]) {
      refreshConversation(tx, id);
      tx.touch('timeline', id);
    }
    tx.touch('customer', customerId);
    return { customerId };
  },
};

export const denyIdentity: Operation<{ customerId: string; kind: string; value: string }, void> = {
  name: 'customer.deny',
  apply(tx, { customerId, kind, value }) {
    if (!tables.customerRow(tx.db, customerId)) throw new ParleyError('not_found', 'This customer is not here any more.');
    tables.insertDenial(tx.db, customerId, kind, value, tx.agent, tx.at);
  },
};
