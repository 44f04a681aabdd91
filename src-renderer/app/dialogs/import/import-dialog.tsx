import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CheckCircle2, FileUp, TriangleAlert } from 'lucide-react';
import type { CallMap, CallPreview, Job } from '../../../../src-preload/contract/index.ts';
import { ask, bridge, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { focusAfterStep } from '../../../ui/focus-step.ts';
import { Modal } from '../../../ui/modal.tsx';
import { CallMapStep } from './call-map-step.tsx';

export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const [started, setStarted] = useState<readonly string[]>([]);
  const jobs = useApp(useShallow((state) => Object.values(state.jobs).filter((job) => job.state === 'running' || started.includes(job.id))));
  const [calls, setCalls] = useState<{ path: string; preview: CallPreview } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const wasMapping = useRef(false);
  useEffect(() => {
    const isBack = calls === null && wasMapping.current;
    wasMapping.current = calls !== null;
    return isBack ? focusAfterStep(() => form.current?.querySelector('input')?.focus()) : undefined;
  }, [calls]);
  const start = async (from: string): Promise<void> => {
    setProblem(null);
    const looked = await ask('import.look', { path: from, map: null });
    if (!looked.ok) return setProblem(looked.error.message);
    if (looked.value.calls !== null) return setCalls({ path: from, preview: looked.value.calls });
    await take(from, null);
  };
  const take = async (from: string, map: CallMap | null): Promise<void> => {
    const answer = await ask('import.start', { path: from, map });
    setCalls(null);
    if (answer.ok) setStarted((old) => [...old, answer.value.jobId]);
    else setProblem(answer.error.message);
  };
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const found = await bridge().pathOf(file);
    if (found === null) setProblem(t('import.noPath'));
    else {
      setPath(found);
      await start(found);
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void takeFile(event.dataTransfer.files[0]);
  };
  if (calls !== null) {
    return (
      <Modal title={t('import.mapTitle')} description={t('import.mapLead', { file: calls.path.split(/[\\/]/u).at(-1) ?? calls.path })} size="large" onClose={onClose}>
        <CallMapStep path={calls.path} first={calls.preview} onBack={() => setCalls(null)} onImport={(map) => take(calls.path, map)} />
      </Modal>
    );
  }
  return (
    <Modal title={t('welcome.import')} description={t('import.lead')} onClose={onClose}>
      <div className={`drop-zone${isOver ? ' is-over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
        <FileUp size={20} aria-hidden="true" />
        <span>{t('import.drop')}</span>
        <label className="button is-plain is-small file-button">{t('import.pick')}<input type="file" className="visually-hidden" onChange={(event) => { void takeFile(event.target.files?.[0]); event.target.value = ''; }} /></label>
      </div>
      <form ref={form} className="modal-form" onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '') void start(path.trim()); }}>
        <TextField label={t('import.path')} value={path} onText={setPath} hint={t('import.pathHint')} error={problem} />
        {jobs.map((job) => <JobLine key={job.id} job={job} />)}
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.close')}</Button><Button tone="primary" type="submit" aria-disabled={path.trim() === ''}>{t('import.start')}</Button></footer>
      </form>
    </Modal>
  );
}

function JobLine({ job }: { job: Job }) {
  const figures = job.total === null ? job.done.toLocaleString('en-GB') : `${job.done.toLocaleString('en-GB')} / ${job.total.toLocaleString('en-GB')}`;
  return (
    <div className={`job is-${job.state}`} role="status" data-test="job" data-state={job.state}>
      <p className="job-title">{job.state === 'done' ? <CheckCircle2 size={14} aria-hidden="true" /> : job.state === 'failed' ? <TriangleAlert size={14} aria-hidden="true" /> : null}<span>{job.title}</span><span className="spacer" /><span className="figures">{figures}</span></p>
      {job.state === 'running' && <progress max={job.total ?? 1} {...(job.total === null ? {} : { value: job.done })} aria-label={job.title} />}
      <p className="job-message"><span>{job.message}</span>{job.state === 'running' && job.canCancel && <button type="button" className="text-button" onClick={() => void call('job.cancel', { jobId: job.id })}>{t('common.cancel')}</button>}</p>
    </div>
  );
}
