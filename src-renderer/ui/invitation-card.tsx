import { CalendarDays, CalendarX2, MapPin, Repeat } from 'lucide-react';
import type { Invitation } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { spanOfDays } from '../state/words/time.ts';

/** What an invitation says: what, when, where. The part itself is among the attachments. */
export function InvitationCard({ invitation, zone }: { invitation: Invitation; zone: string }) {
  const { method, what, where, organizer, startsAt, endsAt, isAllDay, repeats, answer } = invitation;
  const kind = method === 'reply' && answer !== null ? t(`invitation.answer.${answer}`) : t(`invitation.method.${method}`);
  return (
    <div className={`invitation${method === 'cancel' ? ' is-off' : ''}`} role="group" aria-label={kind} data-test="invitation">
      <span className="invitation-icon">{method === 'cancel' ? <CalendarX2 size={16} aria-hidden="true" /> : <CalendarDays size={16} aria-hidden="true" />}</span>
      <div className="invitation-words">
        <p className="invitation-what"><span className="invitation-kind">{kind}:</span> <span dir="auto">{what === '' ? t('invitation.untitled') : what}</span></p>
        {startsAt !== null && <p className="invitation-line">{spanOfDays(startsAt, endsAt, isAllDay ? 'UTC' : zone, isAllDay)}{repeats && <span className="invitation-repeats"><Repeat size={12} aria-hidden="true" />{t('invitation.repeats')}</span>}</p>}
        {where !== null && <p className="invitation-line"><MapPin size={12} aria-hidden="true" /><span dir="auto">{where}</span></p>}
        {organizer !== null && <p className="invitation-line">{t('invitation.by', { name: organizer })}</p>}
      </div>
    </div>
  );
}
