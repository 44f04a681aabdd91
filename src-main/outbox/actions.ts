import type { Input, PostAction } from '../../src-preload/contract/index.ts';
import type { OutgoingMode } from '../channels/port.ts';
import { blockedBy, isToBeLookedAt, refreshConversation, systemLine } from '../desk/index.ts';
import { ParleyError, type Ids } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../store/index.ts';

export const isAction = (mode: OutgoingMode): mode is PostAction => mode === 'delete' || mode === 'hide' || mode === 'unhide';

const CODE = { delete: 'post_delete', hide: 'post_hide', unhide: 'post_unhide' } as const;

const IMPOSSIBLE: Record<PostAction, string> = {
  delete: 'Only a post of our own that is still on X can be deleted.',
  hide: 'Only a reply under a post of ours can be hidden, once.',
  unhide: 'This reply is not hidden by us.',
};

export interface ActArgs { requestId: string; outboxId: string; messageId: number; action: PostAction; heldUntil: number }

/** Makes what is to be done to a post from what the agent asked for. */
export function composeAction(db: ReadDb, input: Input<'post.act'>, deps: { ids: Ids; now: number }): ActArgs & { accountId: string | null } {
  return {
    requestId: input.requestId, outboxId: deps.ids.next(), messageId: input.messageId, action: input.action, accountId: tables.messageById(db, input.messageId)?.account_id ?? null,
    heldUntil: deps.now + tables.settingsOf(db).undoSeconds.reply * 1_000,
  };
}

/** Puts an action on a post on its way: a line in the timeline that can be undone, and its record. The same requestId again answers what it answered before. */
export const enqueueAction: Operation<ActArgs, { outboxId: string; heldUntil: number }> = {
  name: 'post.act',
  apply(tx, a) {
    const before = tables.outboxByRequest(tx.db, a.requestId);
    if (before) return { outboxId: before.id, heldUntil: before.heldUntil ?? tx.at };
    const target = tables.messageById(tx.db, a.messageId);
    if (!target?.external_id || target.account_id === null) throw new ParleyError('not_found', 'This post is not on X.');
    if (tables.actionOn(tx.db, target.account_id, target.external_id)) throw new ParleyError('conflict', 'Something is being done to this post already.');
    if (!tables.actionsFor(tx.db, target).includes(a.action)) throw new ParleyError('bad_input', IMPOSSIBLE[a.action]);
    assertMine(tx, target.conversation_id);
    const isAsked = isToBeLookedAt(tx.db, tx.agent);
    // The line names the post by its time: a deleted one must leave no words.
    const lineId = systemLine(tx, target.conversation_id, CODE[a.action], target.at);
    tables.insertOutbox(tx.db, {
      id: a.outboxId, requestId: a.requestId, idempotencyKey: a.outboxId, messageId: lineId, conversationId: target.conversation_id, accountId: target.account_id, mode: a.action, state: isAsked ? 'review' : 'held',
      item: {
        outboxId: a.outboxId, idempotencyKey: a.outboxId, attempt: 0, mode: a.action, to: [], cc: [], subject: null, text: '', inReplyTo: target.external_id, references: [], peerId: null, files: [], enqueuedAt: tx.at,
      },
      draft: { conversationId: target.conversation_id, mode: 'reply', text: '', subject: null, to: null, cc: null, bcc: null, attachments: [], updatedAt: tx.at },
      seenAt: tx.at, attempt: 0, heldUntil: isAsked ? null : a.heldUntil, retryAt: null, waitsFor: null, problem: null, notFoundAt: null, createdAt: tx.at, agent: tx.agent, endsOnReply: false,
      look: isAsked ? { input: null, original: null } : null, lookedBy: null,
    }, tx.at);
    tx.touch('outbox', a.outboxId);
    tx.touch('message', target.id);
    refreshConversation(tx, target.conversation_id);
    return { outboxId: a.outboxId, heldUntil: a.heldUntil };
  },
};

function assertMine(tx: Tx, conversationId: string): void {
  const owner = blockedBy(tx, conversationId, tx.agent);
  if (owner !== null) throw new ParleyError('conflict', `${owner} has this conversation.`, { detail: { owner } });
}

const targetOf = (tx: Tx, record: tables.OutboxRecord): tables.MessageRow | undefined =>
  record.item.inReplyTo === null ? undefined : tables.messageByExternal(tx.db, record.accountId, record.item.inReplyTo);

/** X said it is done: a deleted post leaves a tombstone, a hidden reply says so. */
export function takeEffect(tx: Tx, record: tables.OutboxRecord): void {
  const target = targetOf(tx, record);
  if (!target) return;
  if (record.mode === 'delete') {
    if (target.deleted_at === null) tables.tombstone(tx.db, target, tx.at);
    for (const id of tables.forgetReferences(tx.db, record.item.inReplyTo ?? '')) tx.touch('message', id);
    tx.touch('file', target.id);
  } else tables.setHidden(tx.db, target.id, record.mode === 'hide');
  tx.touch('message', target.id);
}

/** Takes an action back that has not happened: its line goes, and what can be done to the post can be done again. */
export function withdraw(tx: Tx, record: tables.OutboxRecord): void {
  const line = tables.messageById(tx.db, record.messageId);
  tables.deleteOutbox(tx.db, record.id);
  if (line) {
    tables.removeMessage(tx.db, line);
    tx.touch('removed_message', line.id);
  }
  const target = targetOf(tx, record);
  if (target) tx.touch('message', target.id);
  tx.touch('outbox', record.id);
  refreshConversation(tx, record.conversationId);
}
