import type { ChangeSet, Notice } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { openConversation } from './actions/conversation-actions.ts';
import type { AppState } from './model.ts';
import { clockTime } from './words/time.ts';

export const noticeTitle = (notice: Notice): string => t(`notice.${notice.code}`, { by: notice.by, name: notice.customerName });

export interface DesktopNotice { readonly tag: string; readonly title: string; readonly body: string; readonly conversationId: string; readonly entryId: number | null }

/** What of a push is worth a word on the desktop: what colleagues say to whoever works here, what they ask of them, and what they kept waiting. */
export function desktopNotices(before: Pick<AppState, 'notices' | 'outbox' | 'access' | 'settings'>, set: Pick<ChangeSet, 'notices' | 'outbox' | 'overdue' | 'desktop'>): DesktopNotice[] {
  if (set.desktop === 'nothing') return [];
  const late = set.overdue.map(({ conversationId, customerName, dueAt }): DesktopNotice => ({ tag: `overdue-${conversationId}`, title: t('notice.overdue', { name: customerName }), body: t('notice.wasDue', { time: clockTime(dueAt, before.settings.officeZone) }), conversationId, entryId: null }));
  if (set.desktop === 'overdue') return late;
  const known = new Set(before.notices.map((notice) => notice.id));
  const told = (set.notices ?? []).filter((notice) => !known.has(notice.id))
    .map((notice): DesktopNotice => ({ tag: `notice-${notice.id}`, title: noticeTitle(notice), body: notice.word, conversationId: notice.conversationId, entryId: notice.messageId }));
  const asked = !before.access.mayLook ? [] : set.outbox
    .filter(({ id, delivery }) => delivery.state === 'review' && before.outbox[id]?.delivery.state !== 'review' && delivery.look?.askedBy !== before.settings.agentInitials && (delivery.part?.n ?? 1) === 1)
    .map((row): DesktopNotice => ({ tag: `look-${row.id}`, title: t('look.asked', { agent: row.delivery.look?.askedBy ?? '' }), body: row.customerName, conversationId: row.conversationId, entryId: row.messageId }));
  return [...late, ...told, ...asked];
}

/** Only while something else is in front: here it is on screen already. */
export function showOnDesktop(notices: readonly DesktopNotice[]): void {
  if (document.hasFocus() || !('Notification' in window)) return;
  for (const { tag, title, body, conversationId, entryId } of notices) {
    const shown = new Notification(title, { body, tag });
    shown.addEventListener('click', () => {
      window.focus();
      void openConversation(conversationId, entryId);
      shown.close();
    });
  }
}
