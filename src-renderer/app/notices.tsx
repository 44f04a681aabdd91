import { MessageSquareText } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { openConversation } from '../state/actions/conversation-actions.ts';
import { noticeTitle } from '../state/notices.ts';
import { useApp } from '../state/store.ts';
import { clockTime } from '../state/words/time.ts';

/** What colleagues took or gave, until it is read. The oldest is shown; the next follows it. */
export function Notices() {
  // What names somebody in the conversation on screen is being read.
  const notices = useApp(useShallow((state) => state.notices.filter((one) => one.code !== 'mentioned' || one.conversationId !== state.openId)));
  const [notice] = notices;
  const more = notices.length - 1;
  const zone = useApp((state) => state.settings.officeZone);
  if (notice === undefined) return null;
  const seen = (): void => void call('notice.seen', { noticeId: notice.id });
  return (
    <div className="banner is-notice" role="status" aria-label={t('notice.label')} data-test="notice">
      <MessageSquareText size={14} aria-hidden="true" />
      <span className="notice-words"><strong>{noticeTitle(notice)}</strong>{notice.word !== '' && <span dir="auto">“{notice.word}”</span>}<time>{clockTime(notice.at, zone)}</time></span>
      <button type="button" className="text-button" onClick={() => { void openConversation(notice.conversationId, notice.messageId); if (notice.code !== 'mentioned') seen(); }} data-action="notice.open">{t('notice.open')}</button>
      <button type="button" className="text-button" onClick={seen} data-action="notice.seen">{t('notice.seen')}{more > 0 && <span className="notice-more">1 / {more + 1}</span>}</button>
    </div>
  );
}
