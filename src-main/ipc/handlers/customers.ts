import { addPromise, identityParty, removePromise, settlePromise, suggestIdentities } from '../../customers/index.ts';
import { setProfilePart } from '../../desk/index.ts';
import { denyIdentity, linkIdentity, mergeCustomers, previewMerge, unlinkIdentity, unmergeCustomers } from '../../merging/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, did, settingsNow, type HandlerContext } from './context.ts';

type Names =
  | 'customer.link' | 'customer.unlink' | 'customer.mergePreview' | 'customer.merge' | 'customer.unmerge' | 'customer.suggest' | 'customer.deny' | 'customer.profile' | 'customer.files'
  | 'promise.add' | 'promise.settle' | 'promise.remove' | 'promise.said';

const WEEK_MS = 7 * 24 * 3_600_000;

export const customerHandlers = (c: HandlerContext): Pick<Handlers, Names> => {
  const db = () => c.workspace().store.read;
  return {
    'customer.link': ({ customerId, kind, text, basis }) =>
      did(c, linkIdentity, { identityId: c.workspace().ids.next(), customerId, party: identityParty(kind, text, settingsNow(c).defaultRegion), basis, ids: c.workspace().ids }),
    'customer.unlink': ({ identityId }) => {
      const { seq, value } = act(c, unlinkIdentity, { identityId, ids: c.workspace().ids });
      return { seq, ...value };
    },
    'customer.mergePreview': ({ survivorId, mergedId }) => previewMerge(db(), survivorId, mergedId),
    'customer.merge': (input) => {
      const { seq, value } = act(c, mergeCustomers, { ...input, ids: c.workspace().ids });
      return { seq, ...value };
    },
    'customer.unmerge': ({ mergeId }) => {
      const { seq, value } = act(c, unmergeCustomers, { mergeId, ids: c.workspace().ids });
      return { seq, ...value };
    },
    'customer.suggest': ({ customerId }) => ({ suggestions: suggestIdentities(db(), customerId, settingsNow(c).defaultRegion) }),
    'customer.deny': (input) => did(c, denyIdentity, input),
    'customer.profile': ({ customerId, part }) => {
      const dateId = part.type === 'date' && part.dateId !== null ? part.dateId : c.workspace().ids.next();
      return { ...did(c, setProfilePart, { customerId, part, dateId }), dateId };
    },
    'customer.files': ({ customerId, before, limit }) => {
      const conversation = tables.conversationOfCustomer(db(), customerId);
      const found = conversation ? tables.filesOfConversation(db(), conversation.id, before, limit + 1) : [];
      return { files: found.slice(0, limit).map((file) => ({ ...file, conversationId: conversation?.id ?? '' })), hasOlder: found.length > limit };
    },
    'promise.add': ({ messageId, kind, quote }) => {
      const promiseId = c.workspace().ids.next();
      return { ...did(c, addPromise, { promiseId, messageId, kind, quote }), promiseId };
    },
    'promise.settle': (input) => did(c, settlePromise, input),
    'promise.remove': (input) => did(c, removePromise, input),
    'promise.said': ({ before }) => ({ rows: tables.saidBetween(db(), before - WEEK_MS, before) }),
  };
};
