import { useEffect, useRef, useState } from 'react';
import { Download, Plus, Trash2, Upload } from 'lucide-react';
import type { Faq } from '../../../../src-preload/contract/index.ts';
import { ask, bridge, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';
import { languageName, LANGUAGES } from './languages.ts';

interface Form { readonly id: string | null; readonly title: string; readonly url: string; readonly words: string; readonly language: string }
const EMPTY: Form = { id: null, title: '', url: '', words: '', language: '' };
const isUrl = (text: string): boolean => /^https?:\/\/[^\s/]+\.[^\s]+$/iu.test(text.trim());

/** The public pages an answer can point to. */
export function FaqPage() {
  const [all, setAll] = useState<readonly Faq[] | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const [filter, setFilter] = useState('');
  const csv = useRef<HTMLInputElement>(null);
  const load = async (): Promise<void> => {
    const answer = await call('faq.list', {});
    if (answer !== null) setAll(answer.pages);
  };
  useEffect(() => void load(), []);
  const wanted = filter.trim().toLowerCase();
  const shown = (all ?? []).filter((page) => wanted === '' || `${page.title} ${page.url} ${page.words}`.toLowerCase().includes(wanted));

  const takeCsv = async (file: File | undefined): Promise<void> => {
    const path = file === undefined ? null : await bridge().pathOf(file);
    if (path === null) {
      if (file !== undefined) toast(t('composer.noPath', { name: file.name }), 'bad');
      return;
    }
    const taken = await call('faq.importCsv', { path });
    if (taken === null) return;
    toast([t('responses.imported', { added: taken.added, changed: taken.changed }), ...taken.problems.slice(0, 2)].join(' '), taken.problems.length === 0 ? 'good' : 'bad');
    await load();
  };
  const giveCsv = async (): Promise<void> => {
    const saved = await call('faq.exportCsv', {});
    if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good');
  };
  return (
    <div className="responses-page" data-test="faq-page">
      <div className="responses-side">
        <div className="responses-tools">
          <input className="input" type="search" value={filter} placeholder={t('faq.filter')} aria-label={t('faq.filter')} onChange={(event) => setFilter(event.target.value)} />
          <IconButton label={t('faq.add')} onClick={() => setForm(EMPTY)}><Plus size={15} aria-hidden="true" /></IconButton>
        </div>
        <div className="responses-list">
          {all?.length === 0 && <p className="hint">{t('faq.none')}</p>}
          {shown.map((page) => (
            <button key={page.id} type="button" className="responses-line" aria-current={form?.id === page.id} onClick={() => setForm({ id: page.id, title: page.title, url: page.url, words: page.words, language: page.language ?? '' })}>
              <span className="responses-name is-title" dir="auto">{page.title}</span><span className="responses-meta">{page.language?.toUpperCase()}{page.uses > 0 && <> · {t('responses.uses', { count: page.uses })}</>}</span>
            </button>
          ))}
        </div>
        <div className="responses-tools">
          <input ref={csv} type="file" accept=".csv,text/csv" hidden tabIndex={-1} aria-label={t('responses.importCsv')} data-test="faq-csv" onChange={(event) => { void takeCsv(event.target.files?.[0]); event.target.value = ''; }} />
          <Button small onClick={() => csv.current?.click()}><Upload size={13} aria-hidden="true" />{t('responses.importCsv')}</Button>
          <Button small onClick={() => void giveCsv()}><Download size={13} aria-hidden="true" />{t('responses.exportCsv')}</Button>
        </div>
      </div>
      {form === null ? <p className="responses-empty hint">{t('faq.pick')}</p> : <Editor key={form.id ?? 'new'} start={form} onSaved={async (id) => { await load(); setForm((now) => (now === null ? now : { ...now, id })); }} onGone={async () => { await load(); setForm(null); }} />}
    </div>
  );
}

function Editor({ start, onSaved, onGone }: { start: Form; onSaved: (id: string) => Promise<void>; onGone: () => Promise<void> }) {
  const [form, setForm] = useState(start);
  const [error, setError] = useState<string | null>(null);
  const set = (patch: Partial<Form>): void => { setError(null); setForm({ ...form, ...patch }); };
  const canSave = form.title.trim() !== '' && isUrl(form.url);
  const save = async (): Promise<void> => {
    if (!canSave) return;
    const answer = await ask('faq.save', { faqId: form.id, page: { title: form.title.trim(), url: form.url.trim(), words: form.words.trim(), language: form.language === '' ? null : form.language } });
    if (!answer.ok) return setError(answer.error.message);
    toast(t('faq.saved', { title: form.title.trim() }), 'good');
    await onSaved(answer.value.faqId);
  };
  const remove = async (): Promise<void> => {
    if (form.id === null || (await call('faq.delete', { faqId: form.id })) === null) return;
    const page = { title: form.title.trim(), url: form.url.trim(), words: form.words.trim(), language: form.language === '' ? null : form.language };
    toast(t('faq.deleted', { title: page.title }), 'good', { label: t('common.undo'), run: () => void call('faq.save', { faqId: null, page }) });
    await onGone();
  };
  return (
    <form className="responses-editor" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <TextField label={t('faq.title')} value={form.title} onText={(title) => set({ title })} dir="auto" maxLength={1_000} />
      <TextField label={t('faq.url')} value={form.url} onText={(url) => set({ url })} placeholder="https://" inputMode="url" error={error ?? (form.url !== '' && !isUrl(form.url) ? t('faq.badUrl') : null)} />
      <TextField label={t('faq.words')} value={form.words} onText={(words) => set({ words })} hint={t('faq.wordsHint')} dir="auto" maxLength={2_000} />
      <PickField label={t('responses.language')} value={form.language} options={LANGUAGES.map((value) => ({ value, label: languageName(value) }))} onPick={(language) => set({ language })} />
      <footer className="modal-foot">
        {form.id !== null && <IconButton label={t('faq.delete')} onClick={() => void remove()}><Trash2 size={15} aria-hidden="true" /></IconButton>}
        <span className="spacer" />
        <Button tone="primary" type="submit" aria-disabled={!canSave}>{t('faq.save')}</Button>
      </footer>
    </form>
  );
}
