import type { Capability, Failure } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { newestIds } from '../../state/merge.ts';
import { getState } from '../../state/store.ts';
import { clearDraft, localDraft, readAddresses, settleSaves } from './local-drafts.ts';
import { seenUpTo } from './seen.ts';

/** Messages this window sent; writing one is not "somebody else wrote". */
const own = new Set<number>();
export const rememberOwn = (messageId: number): void => void own.add(messageId);

export type SendResult = { readonly type: 'sent' } | { readonly type: 'differs'; readonly message: string; readonly quote: string; readonly written: string } | { readonly type: 'stale'; readonly seenAt: number; readonly message: string } | { readonly type: 'over_limit'; readonly message: string } | { readonly type: 'failed'; readonly failure: Failure };

/** What the writer has already said yes to. */
export interface Consent { readonly stale: boolean; readonly watched: boolean; readonly overLimit: boolean; readonly differs: boolean; readonly schedule?: { readonly at: number; readonly endsOnReply: boolean } }

/** A text too long for one post leaves as several. */
export type Split = 'plain' | 'numbered';

export async function sendReply(conversationId: string, capability: Capability, consent: Consent, split?: Split): Promise<SendResult> {
  const { mode, accountId } = capability;
  if (mode === 'note' || mode === 'call' || accountId === null) throw new Error(`${mode} is not sent`);
  await settleSaves(conversationId, mode);
  const draft = localDraft(conversationId, mode);
  const { timelines, entries } = getState();
  const seenAt = seenUpTo(newestIds(timelines[conversationId]), entries, draft.seenAt, own);
  const answer = await ask('reply.send', {
    requestId: draft.requestId, conversationId, mode, accountId,
    to: draft.to === null ? [...capability.to] : readAddresses(draft.to), cc: draft.cc === null ? [] : readAddresses(draft.cc), bcc: draft.bcc === null ? [] : readAddresses(draft.bcc),
    subject: mode === 'mail' ? (draft.subject ?? capability.subject) : null, text: draft.text, inReplyTo: capability.inReplyTo,
    attachmentIds: draft.attachments.map((attachment) => attachment.id), seenAt, evenIfStale: consent.stale, evenOverLimit: consent.overLimit,
    ...(mode === 'mail' && draft.forwards !== undefined ? { forwards: draft.forwards } : {}), ...(mode === 'mail' && draft.quotes !== undefined ? { quotes: draft.quotes } : {}),
    ...(split === undefined ? {} : { split }),
    ...(consent.watched ? { readAgain: true } : {}),
    ...(consent.differs ? { evenIfDiffers: true } : {}),
    ...(consent.schedule === undefined ? {} : { schedule: consent.schedule }),
  });
  if (answer.ok) {
    for (const id of [answer.value.messageId, ...answer.value.otherIds]) rememberOwn(id);
    clearDraft(conversationId, mode);
    return { type: 'sent' };
  }
  if (answer.error.detail?.['reason'] === 'spend_limit') return { type: 'over_limit', message: answer.error.message };
  if (answer.error.code === 'differs') return { type: 'differs', message: answer.error.message, quote: String(answer.error.detail?.['quote'] ?? ''), written: String(answer.error.detail?.['written'] ?? '') };
  return answer.error.code === 'stale' ? { type: 'stale', seenAt, message: answer.error.message } : { type: 'failed', failure: answer.error };
}

export async function addNote(conversationId: string): Promise<SendResult> {
  await settleSaves(conversationId, 'note');
  const draft = localDraft(conversationId, 'note');
  const answer = await ask('note.add', { requestId: draft.requestId, conversationId, text: draft.text });
  if (!answer.ok) return { type: 'failed', failure: answer.error };
  rememberOwn(answer.value.messageId);
  clearDraft(conversationId, 'note');
  // The core ends the draft of a reply with its send; a note's draft is ours to end.
  if (getState().drafts[`${conversationId}:note`] !== undefined) void ask('draft.discard', { conversationId, mode: 'note' });
  return { type: 'sent' };
}
