import { useEffect, useMemo, useRef, useState } from 'react';
import { Download, Paperclip, Plus, Trash2, Upload, X } from 'lucide-react';
import type { Attachment, CannedResponse, CannedTexts } from '../../../../src-preload/contract/index.ts';
import { ask, bridge, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { getState } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Field, PickField, TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { languageName, LANGUAGES } from './languages.ts';

const CHANNELS = ['any', 'reply', 'dm', 'mail'] as const satisfies readonly (keyof CannedTexts)[];
const QUIET_MS = 200;

interface Form {
  readonly id: string | null;
  readonly shortcut: string;
  readonly title: string;
  readonly folder: string;
  readonly language: string;
  readonly texts: CannedTexts;
  readonly attachments: readonly Attachment[];
}
const EMPTY: Form = { id: null, shortcut: '', title: '', folder: '', language: '', texts: { any: '', reply: null, dm: null, mail: null }, attachments: [] };
const formOf = (r: CannedResponse): Form => ({ id: r.id, shortcut: r.shortcut, title: r.title, folder: r.folder, language: r.language ?? '', texts: r.texts, attachments: r.attachments });

export function ResponsesPage() {
  const [all, setAll] = useState<readonly CannedResponse[] | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const [filter, setFilter] = useState('');
  const csv = useRef<HTMLInputElement>(null);

  const load = async (): Promise<void> => {
    const answer = await call('canned.list', {});
    if (answer !== null) setAll(answer.responses);
  };
  useEffect(() => void load(), []);

  const folders = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    const shown = (all ?? []).filter((r) => wanted === '' || `${r.shortcut} ${r.title} ${r.folder} ${r.language ?? ''} ${r.texts.any}`.toLowerCase().includes(wanted));
    return Object.entries(Object.groupBy(shown, (r) => r.folder));
  }, [all, filter]);

  const takeCsv = async (file: File | undefined): Promise<void> => {
    const path = file === undefined ? null : await bridge().pathOf(file);
    if (path === null) {
      if (file !== undefined) toast(t('composer.noPath', { name: file.name }), 'bad');
      return;
    }
    const taken = await call('canned.importCsv', { path });
    if (taken === null) return;
    toast([t('responses.imported', { added: taken.added, changed: taken.changed }), ...taken.problems.slice(0, 2)].join(' '), taken.problems.length === 0 ? 'good' : 'bad');
    await load();
  };
  const giveCsv = async (): Promise<void> => {
    const saved = await call('canned.exportCsv', {});
    if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good');
  };

  return (
    <div className="responses-page" data-test="responses-page">
      <div className="responses-side">
        <div className="responses-tools">
          <input className="input" type="search" value={filter} placeholder={t('responses.filter')} aria-label={t('responses.filter')} onChange={(event) => setFilter(event.target.value)} />
          <IconButton label={t('responses.add')} onClick={() => setForm(EMPTY)}><Plus size={15} aria-hidden="true" /></IconButton>
        </div>
        <div className="responses-list">
          {all?.length === 0 && <p className="hint">{t('responses.none')}</p>}
          {folders.map(([folder, rows]) => (
            <section key={folder}>
              <h3>{folder === '' ? t('responses.noFolder') : folder}</h3>
              {rows?.map((r) => (
                <button key={r.id} type="button" className="responses-line" aria-current={form?.id === r.id} onClick={() => setForm(formOf(r))}>
                  <span className="responses-key">/{r.shortcut}</span><span className="responses-name" dir="auto">{r.title}</span>
                  <span className="responses-meta">{r.language?.toUpperCase()}{r.uses > 0 && <> · {t('responses.uses', { count: r.uses })}</>}</span>
                </button>
              ))}
            </section>
          ))}
        </div>
        <div className="responses-tools">
          <input ref={csv} type="file" accept=".csv,text/csv" hidden tabIndex={-1} aria-label={t('responses.importCsv')} data-test="responses-csv" onChange={(event) => { void takeCsv(event.target.files?.[0]); event.target.value = ''; }} />
          <Button small onClick={() => csv.current?.click()}><Upload size={13} aria-hidden="true" />{t('responses.importCsv')}</Button>
          <Button small onClick={() => void giveCsv()} data-action="responses.export"><Download size={13} aria-hidden="true" />{t('responses.exportCsv')}</Button>
        </div>
      </div>
      {form === null ? <p className="responses-empty hint">{t('responses.pick')}</p>
        : <Editor key={form.id ?? 'new'} start={form} folders={[...new Set((all ?? []).map((r) => r.folder))]} onSaved={async (id) => { await load(); setForm((now) => (now === null ? now : { ...now, id })); }} onGone={async () => { await load(); setForm(null); }} />}
    </div>
  );
}

function Editor({ start, folders, onSaved, onGone }: { start: Form; folders: readonly string[]; onSaved: (id: string) => Promise<void>; onGone: () => Promise<void> }) {
  const [form, setForm] = useState(start);
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('any');
  const [error, setError] = useState<string | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const set = (patch: Partial<Form>): void => { setForm((now) => ({ ...now, ...patch })); setError(null); };
  const text = form.texts[channel] ?? '';
  const shown = text.trim() === '' ? form.texts.any : text;
  const badShortcut = form.shortcut !== '' && !/^[\p{L}\p{M}\p{N}_-]{1,32}$/u.test(form.shortcut);
  const canSave = form.shortcut !== '' && !badShortcut && form.title.trim() !== '' && form.texts.any.trim() !== '';

  const save = async (): Promise<void> => {
    if (!canSave) return;
    const own = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value);
    const answer = await ask('canned.save', {
      cannedId: form.id,
      response: {
        shortcut: form.shortcut, title: form.title.trim(), folder: form.folder.trim(), language: form.language === '' ? null : form.language,
        texts: { any: form.texts.any, reply: own(form.texts.reply), dm: own(form.texts.dm), mail: own(form.texts.mail) }, attachmentIds: form.attachments.map((a) => a.id),
      },
    });
    if (!answer.ok) return setError(answer.error.message);
    set({ id: answer.value.cannedId });
    toast(t('responses.saved', { shortcut: form.shortcut }), 'good');
    await onSaved(answer.value.cannedId);
  };
  const remove = async (): Promise<void> => {
    if (form.id === null || (await call('canned.delete', { cannedId: form.id })) === null) return;
    const { id: _, attachments, language, ...rest } = form;
    const again = (): void => void call('canned.save', { cannedId: null, response: { ...rest, language: language === '' ? null : language, attachmentIds: attachments.map((a) => a.id) } });
    toast(t('responses.deleted', { shortcut: form.shortcut }), 'plain', { label: t('common.undo'), run: again });
    await onGone();
  };
  const attach = async (picked: readonly File[]): Promise<void> => {
    for (const file of picked) {
      const path = await bridge().pathOf(file);
      const staged = path === null ? null : await call('attachment.stage', { path });
      if (staged !== null) setForm((now) => ({ ...now, attachments: [...now.attachments, staged.attachment] }));
    }
  };

  return (
    <form className="responses-editor" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <div className="field-row">
        <TextField label={t('responses.shortcut')} value={form.shortcut} onText={(value) => set({ shortcut: value.replace(/^\//u, '').trim() })} placeholder="late" error={badShortcut ? t('responses.badShortcut') : error} />
        <PickField label={t('responses.language')} value={form.language} options={LANGUAGES.concat(LANGUAGES.includes(form.language) ? [] : [form.language]).map((value) => ({ value, label: languageName(value) }))} onPick={(language) => set({ language })} />
      </div>
      <div className="field-row">
        <TextField label={t('responses.title')} value={form.title} onText={(title) => set({ title })} dir="auto" />
        <TextField label={t('responses.folder')} value={form.folder} onText={(folder) => set({ folder })} list="response-folders" />
        <datalist id="response-folders">{folders.filter((folder) => folder !== '').map((folder) => <option key={folder} value={folder} />)}</datalist>
      </div>
      <Segmented label={t('responses.channel')} value={channel} onPick={setChannel} options={CHANNELS.map((value) => ({ value, label: <>{t(`responses.for.${value}`)}{value !== 'any' && (form.texts[value] ?? '').trim() !== '' && <span className="draft-dot" title={t('responses.hasOwn')} />}</> }))} />
      <Field label={channel === 'any' ? t('responses.text') : t('responses.ownText', { channel: t(`responses.for.${channel}`) })} hint={t('responses.textHint')}>
        {(props) => <textarea {...props} className="input is-area" dir="auto" value={text} placeholder={channel === 'any' ? '' : form.texts.any} onChange={(event) => set({ texts: { ...form.texts, [channel]: event.target.value } })} />}
      </Field>
      <Preview text={shown} language={form.language === '' ? null : form.language} />
      {form.attachments.length > 0 && (
        <ul className="staged" aria-label={t('composer.attachments')}>
          {form.attachments.map((a) => (
            <li key={a.id} className="staged-file"><Paperclip size={12} aria-hidden="true" /><span className="attachment-name">{a.name}</span>
              <button type="button" className="icon-button is-tiny" aria-label={t('composer.removeFile', { name: a.name })} onClick={() => set({ attachments: form.attachments.filter((other) => other.id !== a.id) })}><X size={12} aria-hidden="true" /></button>
            </li>
          ))}
        </ul>
      )}
      <footer className="modal-foot">
        <input ref={files} type="file" multiple hidden tabIndex={-1} aria-label={t('composer.attach')} onChange={(event) => { void attach([...(event.target.files ?? [])]); event.target.value = ''; }} />
        <IconButton label={t('composer.attach')} onClick={() => files.current?.click()}><Paperclip size={15} aria-hidden="true" /></IconButton>
        {form.id !== null && <IconButton label={t('responses.delete')} onClick={() => void remove()}><Trash2 size={15} aria-hidden="true" /></IconButton>}
        <span className="spacer" />
        <Button tone="primary" type="submit" aria-disabled={!canSave}>{t('responses.save')}</Button>
      </footer>
    </form>
  );
}

/** As it would be inserted: for the customer on screen, or a made-up one. */
function Preview({ text, language }: { text: string; language: string | null }) {
  const [shown, setShown] = useState<{ text: string; unknown: readonly string[] } | null>(null);
  const { openId, conversations } = getState();
  const name = openId === null ? 'Maria Keller' : (conversations[openId]?.customerName ?? '');
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => void ask('canned.preview', { text, language, conversationId: openId }).then((answer) => { if (!isOld && answer.ok) setShown(answer.value); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [text, language, openId]);
  return (
    <div className="responses-preview" role="status">
      <p className="hint">{t('responses.preview', { name })}</p>
      <p dir="auto">{shown?.text.split(/(\[\[[^[\]\n]{1,80}\]\])/u).map((part, index) => (part.startsWith('[[') ? <mark key={index}>{part.slice(2, -2)}</mark> : part))}</p>
      {shown !== null && shown.unknown.length > 0 && <p className="hint is-bad">{t('responses.unknown', { names: shown.unknown.map((one) => `{${one}}`).join(', ') })}</p>}
    </div>
  );
}
