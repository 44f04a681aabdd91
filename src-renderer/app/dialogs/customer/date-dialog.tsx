import { useState } from 'react';
import { t } from '../../../locales/index.ts';
import { changeProfile } from '../../../state/actions/profile-actions.ts';
import { useApp } from '../../../state/store.ts';
import { monthName } from '../../../state/words/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, PickField, TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

const months = Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: monthName(index + 1) }));

/** A day of the year that matters to a customer, and the greeting for it. */
export default function DateDialog({ customerId, dateId, onClose }: { customerId: string; dateId: string | null; onClose: () => void }) {
  const customerName = useApp((state) => state.customers[customerId]?.name ?? '');
  const [known] = useState(useApp((state) => state.customers[customerId]?.profile.dates.find((date) => date.id === dateId)));
  const [name, setName] = useState(known?.name ?? t('profile.birthday'));
  const [day, setDay] = useState(known === undefined ? '' : String(known.day));
  const [month, setMonth] = useState(String(known?.month ?? 1));
  const [year, setYear] = useState(known?.year == null ? '' : String(known.year));
  const [text, setText] = useState(known === undefined ? t('profile.greeting') : (known.text ?? ''));
  const badDay = day !== '' && !/^\s*(?:[1-9]|[12]\d|3[01])\s*$/u.test(day);
  const badYear = !/^\s*(?:\d{4})?\s*$/u.test(year);
  const isReady = name.trim() !== '' && day.trim() !== '' && !badDay && !badYear;
  const save = async (): Promise<void> => {
    if (!isReady) return;
    const value = { name: name.trim(), day: Number(day), month: Number(month), year: year.trim() === '' ? null : Number(year), text: text.trim() === '' ? null : text.trim() };
    if (await changeProfile(customerId, { type: 'date', dateId, value })) onClose();
  };
  return (
    <Modal title={t('profile.dateTitle', { name: customerName })} size="small" onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <TextField label={t('profile.dateName')} value={name} onText={setName} dir="auto" onFocus={(event) => event.target.select()} />
        <div className="field-row is-date">
          <TextField label={t('profile.day')} value={day} onText={setDay} inputMode="numeric" error={badDay ? t('settings.bad') : null} />
          <PickField label={t('profile.month')} value={month} options={months} onPick={setMonth} />
          <TextField label={t('profile.year')} value={year} onText={setYear} inputMode="numeric" placeholder={t('profile.unknown')} error={badYear ? t('settings.bad') : null} />
        </div>
        <Field label={t('profile.greetingLabel')} hint={t('profile.greetingHint')}>
          {(props) => <textarea {...props} className="input is-area" dir="auto" spellCheck value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={!isReady}>{t('followUp.save')}</Button></footer>
      </form>
    </Modal>
  );
}
