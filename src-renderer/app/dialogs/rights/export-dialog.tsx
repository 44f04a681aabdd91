import { useState } from 'react';
import { CheckCircle2, TriangleAlert } from 'lucide-react';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

/** Everything we know about one person, for that person. */
export default function ExportDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  const [as, setAs] = useState<'folder' | 'zip'>('zip');
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useApp((state) => (jobId === null ? undefined : state.jobs[jobId]));
  const start = async (): Promise<void> => {
    const started = await call('customer.export', { customerId, as });
    if (started !== null) setJobId(started.jobId);
  };
  const isRunning = job?.state === 'running';
  return (
    <Modal title={t('rights.exportTitle', { name })} description={t('rights.exportLead')} onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); if (!isRunning) void start(); }}>
        <div className="field"><span>{t('rights.as')}</span>
          <Segmented label={t('rights.as')} value={as} onPick={setAs} options={(['zip', 'folder'] as const).map((value) => ({ value, label: t(`rights.form.${value}`) }))} />
          <p className="hint">{t('rights.where')}</p>
        </div>
        {job !== undefined && (
          <div className={`job is-${job.state}`} role="status" data-test="export-job" data-state={job.state}>
            <p className="job-title">{job.state === 'done' ? <CheckCircle2 size={14} aria-hidden="true" /> : job.state === 'failed' ? <TriangleAlert size={14} aria-hidden="true" /> : null}<span>{t(`rights.state.${job.state}`)}</span><span className="spacer" />{isRunning && job.total !== null && <span className="figures">{job.done} / {job.total}</span>}</p>
            {isRunning && <progress max={job.total ?? 1} {...(job.total === null ? {} : { value: job.done })} aria-label={job.title} />}
            <p className="job-message"><span>{job.state === 'cancelled' ? t('rights.nothingKept') : job.message}</span>{isRunning && <button type="button" className="text-button" onClick={() => void call('job.cancel', { jobId: job.id })}>{t('common.cancel')}</button>}</p>
          </div>
        )}
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.close')}</Button><Button tone="primary" type="submit" aria-disabled={isRunning} data-action="export.go">{t('rights.exportGo')}</Button></footer>
      </form>
    </Modal>
  );
}
