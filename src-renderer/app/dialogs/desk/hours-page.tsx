import { useEffect, useState, type ReactNode } from 'react';
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { Output, Settings, SlaCalendar, SlaPolicy } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { PickField } from '../../../ui/field.tsx';
import { dayName, DAYS, hoursText, readHolidays, readHours } from './hours-text.ts';
import { Kept } from './kept.tsx';
import { useUntilSaved } from './use-until-saved.ts';

type Sla = Settings['sla'];
const CHANNELS = ['x', 'email', 'phone'] as const;
const someText = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const minutes = (least: number) => (text: string): number | null => (/^\s*\d{1,5}\s*$/u.test(text) && Number(text) >= least ? Number(text) : null);

export function HoursPage() {
  const shown = useUntilSaved(useApp((state) => state.settings.sla));
  const sla = shown.now;
  const zone = useApp((state) => state.settings.officeZone);
  const [preview, setPreview] = useState<Output<'sla.preview'> | null>(null);
  useEffect(() => {
    let isOld = false;
    void ask('sla.preview', { sla }).then((answer) => { if (!isOld && answer.ok) setPreview(answer.value); });
    return () => { isOld = true; };
  }, [sla, zone]);
  const save = (next: Sla): void => {
    shown.show(next);
    void saveSettings({ sla: next }).then((isKept) => { if (isKept === null) shown.drop(); });
  };
  const setPolicy = (index: number, patch: Partial<SlaPolicy>): void => { const now = shown.latest(); save({ ...now, policies: now.policies.map((p, i) => (i === index ? { ...p, ...patch } : p)) }); };
  const setCalendar = (index: number, patch: Partial<SlaCalendar>): void => { const now = shown.latest(); save({ ...now, calendars: now.calendars.map((c, i) => (i === index ? { ...c, ...patch } : c)) }); };
  const due = (policy: SlaPolicy): ReactNode => {
    const found = preview?.policies.find((p) => p.policyId === policy.id);
    if (preview === null || found === undefined) return null;
    const when = (at: number | null): string => (at === null ? t('hours.never') : whenLabel(at, preview.now, zone));
    return <p className="hours-due" role="status">{t('hours.due', { first: when(found.firstAt), next: when(found.nextAt) })}</p>;
  };
  return (
    <div className="modal-form" data-test="hours-page">
      <p className="hint">{t('hours.lead')}</p>
      {sla.policies.map((policy, index) => (
        <fieldset key={policy.id} className="hours-card" data-policy={policy.name}>
          <legend className="visually-hidden">{policy.name}</legend>
          <div className="hours-line">
            <Kept label={t('hours.name')} value={policy.name} read={someText} save={(name) => setPolicy(index, { name })} />
            <div className="field"><span>{t('hours.channels')}</span>
              <div className="checks">{CHANNELS.map((channel) => (
                <label key={channel} className="check"><input type="checkbox" checked={policy.channels.length === 0 || policy.channels.includes(channel)} onChange={(event) => {
                  const now = policy.channels.length === 0 ? [...CHANNELS] : policy.channels;
                  const next = event.target.checked ? [...now, channel] : now.filter((other) => other !== channel);
                  if (next.length > 0) setPolicy(index, { channels: next.length === CHANNELS.length ? [] : next });
                }} />{t(`hours.channel.${channel}`)}</label>
              ))}</div>
            </div>
            <span className="spacer" />
            {index > 0 && <IconButton label={t('hours.up', { name: policy.name })} onClick={() => save({ ...sla, policies: sla.policies.toSpliced(index, 1).toSpliced(index - 1, 0, policy) })}><ArrowUp size={14} aria-hidden="true" /></IconButton>}
            <IconButton label={t('hours.remove', { name: policy.name })} onClick={() => save({ ...sla, policies: sla.policies.toSpliced(index, 1) })}><Trash2 size={14} aria-hidden="true" /></IconButton>
          </div>
          <div className="field-row is-three">
            <PickField label={t('hours.who')} value={policy.segment} options={(['any', 'vip', 'tag'] as const).map((value) => ({ value, label: t(`hours.segment.${value}`) }))} onPick={(segment) => setPolicy(index, { segment })} />
            {policy.segment === 'tag' ? <Kept label={t('hours.tag')} value={policy.tag} read={someText} save={(tag) => setPolicy(index, { tag })} />
              : <PickField label={t('hours.words')} value={policy.onlyUrgent ? 'urgent' : 'all'} options={[{ value: 'all', label: t('hours.allMessages') }, { value: 'urgent', label: t('hours.onlyUrgent') }]} onPick={(value) => setPolicy(index, { onlyUrgent: value === 'urgent' })} />}
            <PickField label={t('hours.clock')} value={policy.calendarId ?? ''} options={[{ value: '', label: t('hours.always') }, ...sla.calendars.map((c) => ({ value: c.id, label: c.name }))]} onPick={(id) => setPolicy(index, { calendarId: id === '' ? null : id })} />
          </div>
          <div className="field-row is-three">
            <Kept label={t('hours.first')} value={String(policy.firstMinutes)} read={minutes(1)} save={(firstMinutes) => setPolicy(index, { firstMinutes })} />
            <Kept label={t('hours.next')} value={String(policy.nextMinutes)} read={minutes(1)} save={(nextMinutes) => setPolicy(index, { nextMinutes })} />
            <Kept label={t('hours.warn')} value={String(policy.warnMinutes)} read={minutes(0)} save={(warnMinutes) => setPolicy(index, { warnMinutes })} />
          </div>
          {due(policy)}
        </fieldset>
      ))}
      <div><Button small onClick={() => save({ ...sla, policies: [{ id: crypto.randomUUID(), name: t('hours.newPolicy'), channels: [], segment: 'vip', tag: '', onlyUrgent: false, calendarId: null, firstMinutes: 30, nextMinutes: 60, warnMinutes: 10 }, ...sla.policies] })}><Plus size={13} aria-hidden="true" />{t('hours.addPolicy')}</Button></div>
      {sla.calendars.map((calendar, index) => (
        <fieldset key={calendar.id} className="hours-card">
          <legend className="visually-hidden">{calendar.name}</legend>
          <div className="hours-line">
            <Kept label={t('hours.calendarName')} value={calendar.name} read={someText} save={(name) => setCalendar(index, { name })} />
            <PickField label={t('hours.zone')} value={calendar.zone} options={['', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value, label: value === '' ? t('hours.officeZone', { zone }) : value.replaceAll('_', ' ') }))} onPick={(picked) => setCalendar(index, { zone: picked })} />
            <span className="spacer" />
            <IconButton label={t('hours.remove', { name: calendar.name })} onClick={() => save({ calendars: sla.calendars.toSpliced(index, 1), policies: sla.policies.map((p) => (p.calendarId === calendar.id ? { ...p, calendarId: null } : p)) })}><Trash2 size={14} aria-hidden="true" /></IconButton>
          </div>
          <div className="hours-week">
            {DAYS.map((day) => <Kept key={day} label={dayName(day)} value={hoursText(calendar.week[day] ?? [])} read={readHours} save={(intervals) => setCalendar(index, { week: calendar.week.map((old, i) => (i === day ? intervals : old)) })} />)}
          </div>
          <Kept area label={t('hours.holidays')} hint={t('hours.holidaysHint')} value={calendar.holidays.map((h) => `${h.date} ${h.name}`.trim()).join('\n')} read={readHolidays} save={(holidays) => setCalendar(index, { holidays })} />
        </fieldset>
      ))}
      <div><Button small onClick={() => save({ ...sla, calendars: [...sla.calendars, { id: crypto.randomUUID(), name: t('hours.newCalendar'), zone: '', week: Array.from({ length: 7 }, (_, day) => (day === 0 || day === 6 ? [] : [{ from: 540, to: 1_020 }])), holidays: [] }] })}><Plus size={13} aria-hidden="true" />{t('hours.addCalendar')}</Button></div>
    </div>
  );
}
