import { useEffect, useState } from 'react';
import type { DraftProblem, Settings } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { Field, TextField } from '../../../ui/field.tsx';
import { useRules } from '../settings/use-rules.tsx';

const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];

/** A list of words, one a line; saved when it is left. */
function WordList({ label, hint, value, save }: { label: string; hint: string; value: readonly string[]; save: (words: string[]) => void }) {
  const [text, setText] = useState<string | null>(null);
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <textarea {...props} className="input is-area is-list" dir="auto" spellCheck={false} value={text ?? value.join('\n')} onChange={(event) => setText(event.target.value)}
          onBlur={() => { if (text !== null && linesOf(text).join('\n') !== value.join('\n')) save(linesOf(text)); setText(null); }} />
      )}
    </Field>
  );
}

export function GuardsPage() {
  const settings = useApp((state) => state.settings);
  const { rules, save, bar } = useRules();
  return (
    <div className="modal-form" data-test="guards-page">
      <label className="check"><input type="checkbox" checked={settings.enforceClaims} onChange={(event) => void saveSettings({ enforceClaims: event.target.checked })} />{t('guards.enforceClaims')}</label>
      <label className="check"><input type="checkbox" checked={rules.secondLook} onChange={(event) => void save({ secondLook: event.target.checked })} />{t('guards.secondLook')}</label>
      <ClaimMinutes />
      <div className="field-row">
        <WordList label={t('guards.watchWords')} hint={t('guards.watchHint')} value={settings.watchWords} save={(watchWords) => void saveSettings({ watchWords })} />
        <WordList label={t('guards.urgentWords')} hint={t('guards.urgentHint')} value={settings.urgentWords} save={(urgentWords) => void saveSettings({ urgentWords })} />
      </div>
      <div className="field-row">
        <WordList label={t('guards.competitors')} hint={t('guards.competitorsHint')} value={settings.competitors} save={(competitors) => void saveSettings({ competitors })} />
        <WordList label={t('guards.spellWords')} hint={t('guards.spellWordsHint')} value={settings.spellWords} save={(spellWords) => void saveSettings({ spellWords })} />
      </div>
      <p className="hint">{t('guards.limitHint')}</p>
      <div className="field-row is-three">{(['reply', 'dm', 'mail'] as const).map((mode) => <Limit key={mode} mode={mode} limits={settings.readLimits} />)}</div>
      <TryOut />
      {bar}
    </div>
  );
}

function ClaimMinutes() {
  const minutes = useApp((state) => state.settings.claimMinutes);
  const [text, setText] = useState<string | null>(null);
  const bad = text !== null && !(/^\s*\d{1,4}\s*$/u.test(text) && Number(text) >= 1 && Number(text) <= 1_440);
  const save = (): void => {
    if (text === null || bad) return;
    if (Number(text) !== minutes) void saveSettings({ claimMinutes: Number(text) });
    setText(null);
  };
  return <TextField label={t('guards.claimMinutes')} hint={t('guards.claimHint')} value={text ?? String(minutes)} onText={setText} onBlur={save} inputMode="numeric" error={bad ? t('settings.bad') : null} className="input is-short" />;
}

function Limit({ mode, limits }: { mode: keyof Settings['readLimits']; limits: Settings['readLimits'] }) {
  const [text, setText] = useState<string | null>(null);
  const bad = text !== null && !/^\s*\d{0,5}\s*$/u.test(text);
  const save = (): void => {
    if (text === null || bad) return;
    const seconds = text.trim() === '' || Number(text) === 0 ? null : Number(text);
    if (seconds !== limits[mode]) void saveSettings({ readLimits: { ...limits, [mode]: seconds } });
    setText(null);
  };
  return <TextField label={t(`settings.undo.${mode}`)} value={text ?? String(limits[mode] ?? '')} onText={setText} onBlur={save} inputMode="numeric" placeholder={t('guards.noLimit')} error={bad ? t('settings.bad') : null} />;
}

/** What the guards say to a text, before anybody is stopped by them. */
function TryOut() {
  const words = useApp((state) => state.settings.watchWords);
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<readonly DraftProblem[]>([]);
  useEffect(() => {
    let isOld = false;
    void ask('draft.check', { mode: 'reply', text }).then((answer) => { if (!isOld && answer.ok) setProblems(answer.value.problems); });
    return () => { isOld = true; };
  }, [text, words]);
  return (
    <Field label={t('guards.try')} hint={text.trim() === '' ? t('guards.tryHint') : problems.length === 0 ? t('guards.tryFine') : problems.map((problem) => problem.message).join(' ')}>
      {(props) => <textarea {...props} className="input is-area" dir="auto" value={text} onChange={(event) => setText(event.target.value)} />}
    </Field>
  );
}
