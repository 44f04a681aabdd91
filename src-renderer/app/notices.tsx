import { MessageSquareText } from 'lucide-react';
import type { Notice } from '../../src-preload/contract/index.ts';
import { call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { openConversation } from '../state/conversation-actions.ts';
import { useApp } from '../state/store.ts';
import { clockTime } from '../state/time.ts';

/** What colleagues took or gave, until it is read. The oldest is shown; the next follows it. */
export function Notices() {
  const [notice] = useApp((state) => state.notices);
  const more = useApp((state) => state.notices.length - 1);
  const zone = useApp((state) => state.settings.officeZone);
  if (notice === undefined) return null;
  const seen = (): void => void call('notice.seen', { noticeId: notice.id });
  return (
    <div className="banner is-notice" role="status" aria-label={t('notice.label')} data-test="notice">
      <MessageSquareText size={14} aria-hidden="true" />
      <span className="notice-words"><strong>{titleOf(notice)}</strong>{notice.word !== '' && <span dir="auto">“{notice.word}”</span>}<time>{clockTime(notice.at, zone)}</time></span>
      <button type="button" className="text-button" onClick={() => { void openConversation(notice.conversationId); seen(); }} data-action="notice.open">{t('notice.open')}</button>
      <button type="button" className="text-button" onClick={seen} data-action="notice.seen">{t('notice.seen')}{more > 0 && <span className="notice-more">1 / {more + 1}</span>}</button>
    </div>
  );
}

const titleOf = (notice: Notice): string => t(`notice.${notice.code}`, { by: notice.by, name: notice.customerName });
