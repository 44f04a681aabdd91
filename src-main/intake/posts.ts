import type { ChannelEvent, MessageEvent } from '../channels/port.ts';
import { tables, type Tx } from '../store/index.ts';
import type { EntryDetail } from '../../src-preload/contract/index.ts';

const detailOf = (row: tables.MessageRow): EntryDetail => JSON.parse(row.detail) as EntryDetail;

/**
 * An edit gives a post a new id and leaves the old one behind. The entry that is here takes the new wording and keeps the old one under
 * it. Answers that entry, or null when this is a post of its own; `isOld` when what came is an earlier wording of what is here.
 */
export function takeEdit(tx: Tx, accountId: string, event: MessageEvent): { row: tables.MessageRow; isOld: boolean } | null {
  if (event.versions === undefined || event.detail.type !== 'post') return null;
  const place = event.versions.indexOf(event.externalId);
  for (const [i, id] of event.versions.entries()) {
    const row = i === place ? undefined : tables.messageByExternal(tx.db, accountId, id);
    if (!row || row.deleted_at !== null) continue;
    if (i > place) return { row, isOld: true };
    const before = detailOf(row);
    const known = new Map((before.type === 'post' ? (before.edits ?? []) : []).map((edit) => [edit.postId, edit.text]));
    known.set(id, row.shown_text ?? row.text);
    const edits = (event.detail.edits ?? []).map((edit) => ({ ...edit, text: known.get(edit.postId) ?? edit.text }));
    tables.rewriteMessage(tx.db, row, { externalId: event.externalId, text: event.text, detail: { ...event.detail, edits } });
    tables.wantMedia(tx.db, row.id, event.wanted ?? []);
    tx.touch('message', row.id);
    return { row, isOld: false };
  }
  return null;
}

/**
 * A post two of our accounts read belongs to the one X lets answer it, and of two to the one it names first; whoever read it first. Answers
 * the conversation it is in when it changed hands.
 */
export function readdress(tx: Tx, accountId: string, event: MessageEvent): string | null {
  if (event.direction !== 'inbound' || event.detail.type !== 'post' || !event.detail.replyAllowed) return null;
  const row = tables.postByIds(tx.db, [event.externalId]);
  const detail = row && detailOf(row);
  if (!row || row.account_id === null || row.account_id === accountId || row.deleted_at !== null || detail?.type !== 'post') return null;
  if (detail.replyAllowed && namedAt(tx, accountId, event.text) >= namedAt(tx, row.account_id, event.text)) return null;
  tables.setAccount(tx.db, row.id, accountId);
  tables.setDetail(tx.db, row.id, { ...detail, replyAllowed: true });
  tx.touch('message', row.id);
  return row.conversation_id;
}

/** Where a text names the handle of an account. */
function namedAt(tx: Tx, accountId: string, text: string): number {
  const handle = tables.accounts(tx.db).find((account) => account.id === accountId)?.address.toLowerCase();
  return [...text.toLowerCase().matchAll(/@\w{1,15}/g)].find(([name]) => name === handle)?.index ?? Infinity;
}

/** A picture came, cannot be had now, or will never be had. */
export function takeMedia(tx: Tx, accountId: string, event: Extract<ChannelEvent, { type: 'media' }>, id: string): void {
  const row = tables.messageByExternal(tx.db, accountId, event.externalId);
  if (!row || row.deleted_at !== null) return;
  if (event.file === null && event.retryAt !== null) return tables.postponeMedia(tx.db, row.id, event.key, event.retryAt);
  if (!tables.settleMedia(tx.db, row.id, event.key) || event.file === null) return;
  tables.insertAttachment(tx.db, id, row.id, event.file, tx.at);
  tx.touch('message', row.id);
}

export function takeCounts(tx: Tx, accountId: string, { externalId, counts }: Extract<ChannelEvent, { type: 'counts' }>): void {
  const row = tables.messageByExternal(tx.db, accountId, externalId);
  const detail = row && detailOf(row);
  if (!row || row.deleted_at !== null || detail?.type !== 'post' || JSON.stringify(detail.counts) === JSON.stringify(counts)) return;
  tables.setDetail(tx.db, row.id, { ...detail, counts });
  tx.touch('message', row.id);
}

/** A deleted post's words also stand where it was quoted or answered. */
export function forgetReferences(tx: Tx, postId: string): void {
  for (const id of tables.forgetReferences(tx.db, postId)) tx.touch('message', id);
}
