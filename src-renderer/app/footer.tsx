import { AlertCircle, Clock, Ear, Eye, EyeOff, FileWarning, TriangleAlert } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { openNextLook } from '../state/actions/look-actions.ts';
import { showView } from '../state/actions/queue-actions.ts';
import { setState, useApp } from '../state/store.ts';

/** What must not be forgotten: unseen, overdue, waiting to leave, and what X has cost. */
export function Footer() {
  const counts = useApp((state) => state.counts);
  const hasX = useApp((state) => state.accounts.some((account) => account.channel === 'x'));
  return (
    <footer className="footer">
      <button type="button" className="footer-item" onClick={() => showView('open')} data-test="unseen"><EyeOff size={13} aria-hidden="true" />{t('footer.unseen', { count: counts.unseen })}</button>
      <button type="button" className={`footer-item${counts.overdue > 0 ? ' is-bad' : ''}`} onClick={() => showView('overdue')}><TriangleAlert size={13} aria-hidden="true" />{t('footer.overdue', { count: counts.overdue })}</button>
      <OutboxItem waiting={counts.outboxWaiting} failed={counts.outboxFailed} />
      <LookItem count={counts.toLook} />
      {counts.unreadable > 0 && <button type="button" className="footer-item is-warn" onClick={() => setState({ dialog: { type: 'palette', text: 'is:unreadable' } })} data-action="unreadable.open"><FileWarning size={13} aria-hidden="true" />{t('footer.unreadable', { count: counts.unreadable })}</button>}
      {counts.heard > 0 && <button type="button" className="footer-item" onClick={() => setState({ dialog: { type: 'heard' } })} data-action="heard.open"><Ear size={13} aria-hidden="true" />{t('heard.footer', { count: counts.heard })}</button>}
      <span className="spacer" />
      <Jobs />
      {hasX && <button type="button" className="footer-item" title={t('footer.spentHint')} onClick={() => setState({ dialog: { type: 'spending' } })} data-action="spend.open">{t('footer.spent', { amount: `$${counts.spentToday.toFixed(2)}` })}</button>}
    </footer>
  );
}

/** For whoever may look: what waits for it. For a guest: what of theirs waits. */
function LookItem({ count }: { count: number }) {
  const mayLook = useApp((state) => state.access.mayLook);
  if (count === 0) return null;
  const open = (): void => (mayLook && count === 1 ? void openNextLook() : setState({ dialog: { type: 'outbox' } }));
  return <button type="button" className="footer-item is-warn" onClick={open} data-test="to-look"><Eye size={13} aria-hidden="true" />{t(mayLook ? 'look.toLook' : 'look.mineWait', { count })}</button>;
}

function OutboxItem({ waiting, failed }: { waiting: number; failed: number }) {
  const isNetwork = useApp((state) => Object.values(state.outbox).some((row) => row.delivery.state === 'queued' && row.delivery.waitsFor === 'network'));
  const open = (): void => setState({ dialog: { type: 'outbox' } });
  return (
    <>
      {failed > 0 && <button type="button" className="footer-item is-bad" onClick={open} data-test="outbox-failed"><AlertCircle size={13} aria-hidden="true" />{t('footer.failed', { count: failed })}</button>}
      {(waiting > 0 || failed === 0) && <button type="button" className={`footer-item${waiting > 0 ? ' is-warn' : ''}`} onClick={open} data-test="outbox-waiting"><Clock size={13} aria-hidden="true" />{waiting === 0 ? t('footer.nothingWaiting') : isNetwork ? t('footer.waitingNetwork', { count: waiting }) : t('footer.waiting', { count: waiting })}</button>}
    </>
  );
}

function Jobs() {
  const jobs = useApp(useShallow((state) => Object.values(state.jobs).filter((job) => job.state === 'running')));
  return (
    <>
      {jobs.map((job) => (
        <span key={job.id} className="footer-item is-still job-item">
          <span>{job.title}</span>
          <progress max={job.total ?? 1} {...(job.total === null ? {} : { value: job.done })} aria-label={job.title} />
          <span className="figures">{job.total === null ? job.done.toLocaleString('en-GB') : `${job.done.toLocaleString('en-GB')} / ${job.total.toLocaleString('en-GB')}`}</span>
          {job.canCancel && <button type="button" className="text-button" onClick={() => void call('job.cancel', { jobId: job.id })}>{t('common.cancel')}</button>}
        </span>
      ))}
    </>
  );
}
