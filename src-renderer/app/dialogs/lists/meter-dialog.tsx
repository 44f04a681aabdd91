import { useEffect, useState } from 'react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { Modal } from '../../../ui/modal.tsx';

const DAYS = 30;

/** How much is answered in public, and why the rest is not. */
export default function MeterDialog({ onClose }: { onClose: () => void }) {
  const [meter, setMeter] = useState<Output<'desk.meter'> | null>(null);
  useEffect(() => void call('desk.meter', { days: DAYS }).then(setMeter), []);
  const lines = meter === null ? [] : [{ key: 'public', label: t('meter.public'), count: meter.publicAnswers }, ...meter.reasons.map(({ reason, count }) => ({ key: reason, label: t(`private.reason.${reason}`), count }))];
  const most = Math.max(1, ...lines.map((line) => line.count));
  return (
    <Modal title={t('meter.title')} description={t('meter.lead', { count: DAYS })} size="small" onClose={onClose}>
      <dl className="meter" data-test="meter">
        {lines.map((line) => (
          <div key={line.key} className={`meter-line${line.key === 'public' ? '' : ' is-private'}`}>
            <dt>{line.label}</dt><dd><span className="meter-count">{line.count}</span><meter className="meter-bar" min={0} max={most} value={line.count} aria-label={line.label} /></dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
