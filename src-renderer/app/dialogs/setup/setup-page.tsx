import { useEffect, useRef, useState } from 'react';
import { Download, Undo2, Upload } from 'lucide-react';
import type { Output, SetupPreview } from '../../../../src-preload/contract/index.ts';
import { ask, bridge, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { minuteTime } from '../../../state/words/time.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { focusAfterStep } from '../../../ui/focus-step.ts';
import { SeniorField, useSeniorYes } from '../customer/senior-yes.tsx';
import { ImportPreview, type ImportMode } from './import-preview.tsx';

type Kept = NonNullable<Output<'setup.kept'>['kept']>;
interface Picked { readonly path: string; readonly name: string; readonly preview: SetupPreview }

/** The whole setup out of this desk and into it, as one file. */
export function SetupPage() {
  const zone = useApp((state) => state.settings.officeZone);
  const [kept, setKept] = useState<Kept | null>(null);
  const [agents, setAgents] = useState<Output<'agent.list'>['agents']>([]);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [mode, setMode] = useState<ImportMode>('merge');
  const [problem, setProblem] = useState<string | null>(null);
  const yes = useSeniorYes(agents);
  const input = useRef<HTMLInputElement>(null);
  const pickButton = useRef<HTMLButtonElement>(null);
  /** Whoever comes back from the preview goes on where they left. */
  const wasPicked = useRef(false);
  useEffect(() => {
    const isBack = picked === null && wasPicked.current;
    wasPicked.current = picked !== null;
    return isBack ? focusAfterStep(() => pickButton.current?.focus()) : undefined;
  }, [picked]);
  const loadKept = (): void => void call('setup.kept', {}).then((answer) => setKept(answer?.kept ?? null));
  useEffect(() => {
    loadKept();
    void call('agent.list', {}).then((answer) => setAgents(answer?.agents ?? []));
  }, []);
  const mayChange = yes.picked === undefined || yes.given !== null;

  const look = async (path: string, name: string, as: ImportMode): Promise<void> => {
    setMode(as);
    const answer = await ask('setup.look', { path, mode: as });
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) setPicked({ path, name, preview: answer.value });
  };
  const pick = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const path = await bridge().pathOf(file);
    if (path === null) setProblem(t('composer.noPath', { name: file.name }));
    else await look(path, file.name, 'merge');
  };
  const save = async (): Promise<void> => {
    const saved = await call('setup.export', {});
    if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good');
  };
  const undo = async (): Promise<void> => {
    if (!mayChange || kept === null) return;
    const answer = await ask('setup.undo', { senior: yes.given });
    if (!answer.ok) return setProblem(answer.error.message);
    yes.type('');
    setProblem(null);
    toast(t(kept.isUndone ? 'setup.redone' : 'setup.undone'), 'good');
    loadKept();
  };
  const take = async (areas: SetupPreview['areas'][number]['area'][]): Promise<void> => {
    if (picked === null || !mayChange || areas.length === 0) return;
    const answer = await ask('setup.import', { path: picked.path, mode, areas, fingerprint: picked.preview.fingerprint, senior: yes.given });
    if (!answer.ok) return setProblem(answer.error.message);
    yes.type('');
    setPicked(null);
    setProblem(null);
    toast(t('setup.imported', { count: areas.length }), 'good');
    loadKept();
  };

  const senior = <SeniorField yes={yes} error={yes.picked === undefined ? null : problem} />;
  const words = problem !== null && (yes.picked === undefined || picked === null) ? <p className="hint is-bad" role="alert" data-test="setup-problem">{problem}</p> : null;
  if (picked !== null) {
    return (
      <ImportPreview key={picked.path} name={picked.name} made={minuteTime(picked.preview.madeAt, zone)} preview={picked.preview} mode={mode} mayTake={mayChange}
        onMode={(as) => void look(picked.path, picked.name, as)} onBack={() => { setPicked(null); setProblem(null); }} onTake={(areas) => void take(areas)}>
        {words}{senior}
      </ImportPreview>
    );
  }
  return (
    <div className="modal-form" data-test="setup-page">
      <p className="hint">{t('setup.lead')} {t('setup.without')}</p>
      <div className="setup-ways">
        <Button onClick={() => void save()} data-action="setup.export"><Download size={14} aria-hidden="true" />{t('setup.export')}</Button>
        <input ref={input} type="file" accept=".json,application/json" hidden tabIndex={-1} aria-label={t('setup.pick')} data-test="setup-file" onChange={(event) => { void pick(event.target.files?.[0]); event.target.value = ''; }} />
        <Button ref={pickButton} onClick={() => input.current?.click()} data-action="setup.pick"><Upload size={14} aria-hidden="true" />{t('setup.pick')}</Button>
      </div>
      {words}
      {kept !== null && (
        <section className="setup-kept">
          <p data-test="setup-kept">{t(kept.isUndone ? 'setup.keptUndone' : 'setup.kept', { by: kept.by, when: minuteTime(kept.at, zone), areas: kept.areas.map((area) => t(`setup.area.${area}`)).join(', ') })}</p>
          {senior}
          <div><Button small aria-disabled={!mayChange} onClick={() => void undo()} data-action="setup.undo"><Undo2 size={13} aria-hidden="true" />{t(kept.isUndone ? 'setup.redo' : 'setup.undo')}</Button></div>
        </section>
      )}
    </div>
  );
}
