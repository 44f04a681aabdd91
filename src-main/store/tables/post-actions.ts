import type { EntryDetail, PostAction } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { messagesReferring } from './media.ts';
import { messageByExternal, messageById, setDetail, type MessageRow } from './messages.ts';
import { actionOn, deliveriesOf } from './outbox.ts';

/** What can be done to a post on X: our own deleted; a reply in a conversation that a post of ours began hidden, and shown again. Nothing while something is being done to it. */
export function actionsFor(db: ReadDb, row: MessageRow): PostAction[] {
  if (row.kind !== 'post' || row.external_id === null || row.account_id === null || row.deleted_at !== null) return [];
  const can = wouldDo(db, row);
  return can.length === 0 || actionOn(db, row.account_id, row.external_id) ? [] : can;
}

function wouldDo(db: ReadDb, row: MessageRow): PostAction[] {
  if (row.account_id === null || db.get('SELECT 1 FROM account WHERE id = ? AND is_connected = 1', row.account_id) === undefined) return [];
  if (row.direction === 'outbound') return (deliveriesOf(db, [row.id]).get(row.id)?.state ?? 'sent') === 'sent' ? ['delete'] : [];
  const detail = JSON.parse(row.detail) as EntryDetail;
  if (row.direction !== 'inbound' || detail.type !== 'post' || detail.inReplyTo === null) return [];
  const root = messageByExternal(db, row.account_id, detail.conversationId);
  if (root?.direction !== 'outbound') return [];
  return [detail.hidden === true ? 'unhide' : 'hide'];
}

/** The conversation that holds an account's own posts: that of the customer who is the account itself. */
export const ownPostsOf = (db: ReadDb, accountId: string): string | null =>
  db.get<{ id: string }>(
    `SELECT v.id FROM account a JOIN identity i ON i.kind = 'x' AND lower(i.display) = lower(a.address) JOIN conversation v ON v.customer_id = i.customer_id
     WHERE a.id = ? AND a.channel = 'x' AND v.state <> 'merged'`, accountId,
  )?.id ?? null;

/** Takes a post's words out of the entries that quoted or answered it; answers those. */
export function forgetReferences(db: WriteDb, postId: string): number[] {
  return messagesReferring(db, postId).filter((id) => {
    const row = messageById(db, id);
    const detail = row && (JSON.parse(row.detail) as EntryDetail);
    if (detail?.type !== 'post') return false;
    const { parent = null, ...rest } = detail;
    setDetail(db, id, { ...rest, quoted: detail.quoted?.postId === postId ? null : detail.quoted, ...(parent === null || parent.postId === postId ? {} : { parent }) });
    return true;
  });
}
