import { useEffect, useState } from 'react';
import type { Output, QuietHours } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { useMinute } from '../../../state/ticker.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { clockText, dayName, DAYS, readClock } from '../desk/hours-text.ts';
import { Kept } from '../desk/kept.tsx';
import { useUntilSaved } from '../desk/use-until-saved.ts';

/** When this agent's desktop is left in peace, and how that stands now. */
export function QuietSettings() {
  const shown = useUntilSaved(useApp((state) => state.settings.quiet));
  const quiet = shown.now;
  const change = (patch: Partial<QuietHours>): void => {
    const next = { ...shown.latest(), ...patch };
    shown.show(next);
    void saveSettings({ quiet: next }).then((isKept) => { if (isKept === null) shown.drop(); });
  };
  return (
    <fieldset className="quiet" data-test="quiet-hours">
      <legend className="visually-hidden">{t('quiet.on')}</legend>
      <label className="check"><input type="checkbox" checked={quiet.isOn} onChange={(event) => change({ isOn: event.target.checked })} />{t('quiet.on')}</label>
      {quiet.isOn && (
        <>
          <div className="quiet-line">
            <Kept label={t('quiet.from')} value={clockText(quiet.from)} read={readClock} save={(from) => change({ from })} />
            <Kept label={t('quiet.to')} value={clockText(quiet.to)} read={readClock} save={(to) => change({ to })} />
            <div className="field" role="group" aria-label={t(quiet.from < quiet.to ? 'quiet.daysBy' : 'quiet.days')}>
              <span className="quiet-title">{t(quiet.from < quiet.to ? 'quiet.daysBy' : 'quiet.days')}</span>
              <div className="checks">{DAYS.map((day) => (
                <label key={day} className="check"><input type="checkbox" checked={quiet.days.includes(day)} onChange={(event) => change({ days: event.target.checked ? [...quiet.days, day] : quiet.days.filter((other) => other !== day) })} />{dayName(day)}</label>
              ))}</div>
            </div>
          </div>
          <label className="check"><input type="checkbox" checked={quiet.evenOverdue} onChange={(event) => change({ evenOverdue: event.target.checked })} />{t('quiet.evenOverdue')}</label>
          <QuietNow quiet={quiet} />
        </>
      )}
    </fieldset>
  );
}

function QuietNow({ quiet }: { quiet: QuietHours }) {
  const zone = useApp((state) => state.settings.officeZone);
  const minute = useMinute();
  const [found, setFound] = useState<Output<'quiet.preview'> | null>(null);
  useEffect(() => {
    let isOld = false;
    void ask('quiet.preview', { quiet }).then((answer) => { if (!isOld && answer.ok) setFound(answer.value); });
    return () => { isOld = true; };
  }, [quiet, zone, minute]);
  const words = (now: Output<'quiet.preview'>): string => {
    if (now.changesAt === null) return t(now.isQuiet ? 'quiet.always' : 'quiet.never');
    return t(now.isQuiet ? 'quiet.now' : 'quiet.next', { when: whenLabel(now.changesAt, now.now, zone) });
  };
  return <p className="hint" role="status">{found === null ? ' ' : words(found)}</p>;
}
