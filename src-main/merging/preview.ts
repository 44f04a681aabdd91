import type { Output } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type ReadDb } from '../store/index.ts';

type Preview = Output<'customer.mergePreview'>;

function side(db: ReadDb, customerId: string): Preview['survivor'] {
  const view = tables.customerView(db, customerId);
  if (!view || tables.customerRow(db, customerId)?.merged_into !== null) throw new ParleyError('not_found', 'This customer is not here any more.');
  const conversation = tables.conversationOfCustomer(db, customerId);
  const { counts } = view;
  return {
    customerId, name: view.name, isVip: view.isVip, identities: view.identities.map((i) => i.display), tags: view.tags, note: view.note,
    messages: counts.post + counts.dm + counts.mail + counts.call, notes: counts.note, promises: view.promises.length,
    drafts: conversation ? tables.draftsOf(db, conversation.id).length : 0,
    unfinishedSends: conversation ? tables.unfinished(db).filter((o) => o.conversationId === conversation.id).length : 0,
    snoozedUntil: conversation?.snoozedUntil ?? null, owner: conversation?.owner ?? null, lastAt: view.lastAt,
  };
}

/** What a merge would do, before it is done. */
export function previewMerge(db: ReadDb, survivorId: string, mergedId: string): Preview {
  if (survivorId === mergedId) throw new ParleyError('bad_input', 'A customer cannot be merged with itself.');
  const { name, isVip, tags, note } = tables.combineFields(tables.shownFields(db, survivorId), tables.shownFields(db, mergedId), { tags: [], fields: [] });
  return { survivor: side(db, survivorId), merged: side(db, mergedId), result: { name, isVip, tags, note } };
}
