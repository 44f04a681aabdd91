import type { Entry } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { newestIds } from '../../state/merge.ts';
import { getState } from '../../state/store.ts';
import { toast } from '../../state/toasts.ts';
import { editDraft, localDraft } from '../drafts/local-drafts.ts';

/** Makes the mail being written one that passes another on, with its files; what was written stays above it. */
export async function forwardMail(entry: Entry): Promise<void> {
  const given = await call('mail.forward', { messageId: entry.id });
  if (given === null) return;
  const { conversationId } = entry;
  const before = localDraft(conversationId, 'mail');
  const own = before.forwards === undefined ? before.attachments : [];
  editDraft(conversationId, 'mail', { forwards: entry.id, quotes: undefined, subject: given.subject, to: '', cc: null, bcc: null, attachments: [...own, ...given.attachments] });
  setMode(conversationId, 'mail');
}

/** The mail a key is meant for: the one that has the focus, else the newest. */
export function forwardHere(conversationId: string): void {
  const { entries, timelines } = getState();
  const focused = entries[Number(document.activeElement?.closest('[data-entry]')?.getAttribute('data-entry') ?? Number.NaN)];
  const isMail = (entry: Entry | undefined): entry is Entry => entry?.kind === 'mail' && !entry.isDeleted;
  const mail = isMail(focused) ? focused : newestIds(timelines[conversationId]).map((id) => entries[id]).findLast(isMail);
  if (mail === undefined) toast(t('composer.original.none'));
  else void forwardMail(mail);
}
