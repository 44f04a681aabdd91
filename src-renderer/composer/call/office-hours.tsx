import { useEffect, useState } from 'react';
import type { OfficeHours } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';

/** Whether the office is open, so that nobody promises a call for an hour when nobody is there. */
export function OfficeHoursLine() {
  const zone = useApp((state) => state.settings.officeZone);
  const sla = useApp((state) => state.settings.sla);
  const now = useMinute();
  const [hours, setHours] = useState<OfficeHours | null>(null);
  useEffect(() => {
    let isOld = false;
    void ask('phone.hours', {}).then((answer) => { if (!isOld && answer.ok) setHours(answer.value); });
    return () => { isOld = true; };
  }, [now, sla]);
  if (hours === null || hours.changesAt === null) return null;
  return <span className="call-hours" data-test="office-hours">{t(hours.isOpen ? 'calls.openUntil' : 'calls.closedUntil', { when: whenLabel(hours.changesAt, now, zone) })}</span>;
}
