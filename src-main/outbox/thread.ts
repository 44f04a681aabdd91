import type { EntryDetail } from '../../src-preload/contract/index.ts';
import type { OutgoingItem } from '../channels/port.ts';
import { tables, type ReadDb } from '../store/index.ts';

/** One of several posts that follow each other, as it is put on its way. */
export interface ThreadPart {
  requestId: string;
  item: OutgoingItem;
  detail: EntryDetail;
  /** What the writer wrote of it: all parts joined are the draft. */
  source: string;
}

/** Answers a post of our own: nobody summoned us there. */
export const isContinued = ({ thread }: OutgoingItem): boolean => (thread?.part ?? 0) > 0;

const WAITS: readonly tables.OutboxRecord['state'][] = ['review', 'held', 'queued', 'refused'];

/** What of a thread has not left, in order; just the record itself where it is no thread. */
export function unsentOf(db: ReadDb, record: tables.OutboxRecord): tables.OutboxRecord[] {
  if (!record.item.thread) return [record];
  return record.item.thread.ids.map((id) => tables.outboxById(db, id)).filter((one) => one !== undefined).filter((one) => WAITS.includes(one.state));
}

/** The part that comes after this one. */
export function nextPart(db: ReadDb, { item: { thread } }: tables.OutboxRecord): tables.OutboxRecord | undefined {
  const id = thread?.ids[thread.part + 1];
  return id === undefined ? undefined : tables.outboxById(db, id);
}

/** The item with the post it answers, which is known only once the part before has left; or why it cannot be known. */
export function continued(db: ReadDb, { item }: tables.OutboxRecord): OutgoingItem | { problem: string } {
  const before = item.thread?.ids[item.thread.part - 1];
  if (before === undefined) return item;
  const previous = tables.outboxById(db, before);
  const post = previous?.state === 'sent' ? tables.messageById(db, previous.messageId) : undefined;
  if (!post) return { problem: 'Not sent: the post before it did not leave.' };
  if (post.deleted_at !== null) return { problem: 'Not sent: the post it continues was deleted.' };
  if (post.external_id === null) return { problem: 'Not sent: it is not known which post on X it continues. Take it back and send it by itself.' };
  const detail = JSON.parse(post.detail) as EntryDetail;
  return { ...item, inReplyTo: post.external_id, references: detail.type === 'post' && detail.conversationId !== '' ? [`x-conversation:${detail.conversationId}`] : [] };
}
