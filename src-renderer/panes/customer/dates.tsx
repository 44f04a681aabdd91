import { Cake, Plus, X } from 'lucide-react';
import type { Profile } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { changeProfile } from '../../state/actions/profile-actions.ts';
import { setState, useApp } from '../../state/store.ts';
import { monthName } from '../../state/words/time.ts';
import { IconButton } from '../../ui/button.tsx';

const none: Profile['dates'] = [];

/** Birthdays and other days: each brings the customer into the queue on its day, with a greeting prepared if one was written. */
export function Dates({ customerId }: { customerId: string }) {
  const dates = useApp((state) => state.customers[customerId]?.profile.dates ?? none);
  return (
    <section className="facts">
      <h3>{t('profile.dates')} <IconButton label={t('profile.addDate')} className="is-tiny" onClick={() => setState({ dialog: { type: 'customerDate', customerId, dateId: null } })} data-action="customer.addDate"><Plus size={14} aria-hidden="true" /></IconButton></h3>
      {dates.length > 0 && (
        <ul>
          {dates.map((date) => (
            <li key={date.id} className="follow-row">
              <button type="button" className="follow" onClick={() => setState({ dialog: { type: 'customerDate', customerId, dateId: date.id } })}>
                <Cake size={13} aria-hidden="true" /><time>{date.day} {monthName(date.month)}{date.year === null ? '' : ` ${date.year}`}</time><span className="follow-note" dir="auto">{date.name}</span>
              </button>
              <IconButton label={t('profile.removeDate', { name: date.name })} className="is-tiny" onClick={() => void changeProfile(customerId, { type: 'date', dateId: date.id, value: null })}><X size={13} aria-hidden="true" /></IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
