import { useState } from 'react';
import type { Incident } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, PickField, TextField } from '../../../ui/field.tsx';

export interface Start { readonly words: readonly string[]; readonly rows: readonly { readonly conversationId: string; readonly customerName: string; readonly excerpt: string }[] }
const listOf = (text: string): string[] => [...new Set(text.split(',').map((one) => one.trim()).filter((one) => one !== ''))];

/** Words find the reports; rows can be chosen besides. */
export function DeclareForm({ start, earlier, onDeclared }: { start: Start; earlier: readonly Incident[]; onDeclared: (incidentId: string) => void }) {
  const [title, setTitle] = useState(start.words[0] ?? '');
  const [words, setWords] = useState(start.words.join(', '));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [answer, setAnswer] = useState('');
  const [notice, setNotice] = useState('');
  const [closing, setClosing] = useState('');
  const [from, setFrom] = useState('');
  const written = earlier.filter((incident) => incident.answer.trim() !== '' || incident.notice.trim() !== '');
  /** Texts that were approved once are one click away. */
  const takeTexts = (id: string): void => {
    setFrom(id);
    const found = written.find((incident) => incident.id === id);
    if (found === undefined) return;
    setAnswer(found.answer);
    setNotice(found.notice);
    setClosing(found.closing);
    if (title.trim() === '') setTitle(found.title);
  };
  const chosen = start.rows.filter((row) => !left.has(row.conversationId));
  const canGo = title.trim() !== '' && (listOf(words).length > 0 || chosen.length > 0);
  const go = async (): Promise<void> => {
    if (!canGo) return;
    const made = await call('incident.declare', { title: title.trim(), words: listOf(words), answer, notice, closing, conversationIds: chosen.map((row) => row.conversationId) });
    if (made === null) return;
    toast(t('incident.declared', { count: made.reported }), 'good');
    onDeclared(made.incidentId);
  };
  return (
    <form className="responses-editor" data-test="declare" onSubmit={(event) => { event.preventDefault(); void go(); }}>
      <TextField label={t('incident.name')} value={title} onText={setTitle} dir="auto" maxLength={200} />
      <TextField label={t('incident.words')} value={words} onText={setWords} dir="auto" hint={t('incident.wordsHint')} />
      {written.length > 0 && <PickField label={t('incident.textsFrom')} value={from} options={[{ value: '', label: t('incident.noTexts') }, ...written.map((incident) => ({ value: incident.id, label: incident.title }))]} onPick={takeTexts} />}
      <Field label={t('incident.answer')} hint={t('incident.answerHint')}>{(props) => <textarea {...props} className="input is-area" dir="auto" value={answer} onChange={(event) => setAnswer(event.target.value)} />}</Field>
      <Field label={t('incident.notice')} hint={t('incident.noticeHint')}>{(props) => <textarea {...props} className="input is-area" dir="auto" value={notice} onChange={(event) => setNotice(event.target.value)} />}</Field>
      {start.rows.length > 0 && (
        <fieldset className="incident-rows"><legend>{t('incident.rows')}</legend>
          {start.rows.map((row) => (
            <label key={row.conversationId} className="check incident-row"><input type="checkbox" checked={!left.has(row.conversationId)} onChange={(event) => setLeft((now) => { const next = new Set(now); if (event.target.checked) next.delete(row.conversationId); else next.add(row.conversationId); return next; })} /><bdi className="rule-who">{row.customerName}</bdi><span className="incident-excerpt" dir="auto">{row.excerpt}</span></label>
          ))}
        </fieldset>
      )}
      <footer className="modal-foot"><Button tone="primary" type="submit" aria-disabled={!canGo} data-action="incident.declare">{t('incident.declare')}</Button></footer>
    </form>
  );
}
