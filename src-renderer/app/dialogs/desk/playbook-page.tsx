import { useEffect, useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import type { Output, Scenario } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Field, PickField, TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

const CHANNELS = ['any', 'reply', 'dm', 'mail'] as const satisfies readonly (keyof Scenario['texts'])[];
const listOf = (text: string, sign: string): string[] => [...new Set(text.split(sign).map((one) => one.trim()).filter((one) => one !== ''))];
const fresh = (): Scenario => ({ id: crypto.randomUUID(), title: '', words: [], languages: [], channels: [], steps: [], texts: { any: '', reply: null, dm: null, mail: null }, limitId: null });
const QUIET_MS = 200;

/** Where the playbook is written: steps and words, and which of the newest messages it would have opened for. */
export function PlaybookPage() {
  const playbook = useApp((state) => state.settings.playbook);
  const [open, setOpen] = useState<Scenario | null>(null);
  const remove = (scenario: Scenario): void => {
    void saveSettings({ playbook: playbook.filter((other) => other.id !== scenario.id) });
    toast(t('playbook.page.deleted', { title: scenario.title }), 'plain', { label: t('common.undo'), run: () => void saveSettings({ playbook }) });
    setOpen(null);
  };
  const save = (scenario: Scenario): void => {
    const isKnown = playbook.some((other) => other.id === scenario.id);
    void saveSettings({ playbook: isKnown ? playbook.map((other) => (other.id === scenario.id ? scenario : other)) : [...playbook, scenario] });
    toast(t('playbook.page.saved', { title: scenario.title }), 'good');
  };
  return (
    <div className="responses-page" data-test="playbook-page">
      <div className="responses-side">
        <div className="responses-list">
          {playbook.map((scenario) => <button key={scenario.id} type="button" className="responses-line" aria-current={open?.id === scenario.id} onClick={() => setOpen(scenario)}><span className="responses-name" dir="auto">{scenario.title}</span></button>)}
        </div>
        <div className="responses-tools"><Button small onClick={() => setOpen(fresh())} data-action="playbook.add"><Plus size={13} aria-hidden="true" />{t('playbook.page.add')}</Button></div>
      </div>
      {open === null ? <p className="responses-empty hint">{t('playbook.page.lead')} {t('playbook.page.pick')}</p>
        : <Editor key={open.id} start={open} onSave={save} {...(playbook.some((other) => other.id === open.id) ? { onDelete: () => remove(open) } : {})} />}
    </div>
  );
}

function Editor({ start, onSave, onDelete }: { start: Scenario; onSave: (scenario: Scenario) => void; onDelete?: () => void }) {
  const limits = useApp((state) => state.settings.limits);
  const [form, setForm] = useState(start);
  const [typed, setTyped] = useState({ words: start.words.join(', '), languages: start.languages.join(', '), steps: start.steps.join('\n') });
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('any');
  const scenario: Scenario = { ...form, words: listOf(typed.words, ','), languages: listOf(typed.languages.toLowerCase(), ','), steps: listOf(typed.steps, '\n') };
  const badLanguages = scenario.languages.some((language) => !/^[a-z]{2}$/u.test(language));
  const canSave = form.title.trim() !== '' && form.texts.any.trim() !== '' && !badLanguages;
  const text = form.texts[channel] ?? '';
  const own = (value: string | null): string | null => (value === null || value.trim() === '' ? null : value);
  const save = (): void => {
    if (canSave) onSave({ ...scenario, title: form.title.trim(), texts: { any: form.texts.any, reply: own(form.texts.reply), dm: own(form.texts.dm), mail: own(form.texts.mail) } });
  };
  return (
    <form className="responses-editor" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <TextField label={t('playbook.page.name')} value={form.title} onText={(title) => setForm((now) => ({ ...now, title }))} dir="auto" maxLength={200} />
      <TextField label={t('playbook.page.words')} value={typed.words} onText={(words) => setTyped((now) => ({ ...now, words }))} dir="auto" hint={t('playbook.page.wordsHint')} />
      <div className="field-row is-three">
        <PickField label={t('playbook.page.channel')} value={form.channels[0] ?? ''} options={[{ value: '', label: t('rules.anyChannel') }, ...(['x', 'email', 'phone'] as const).map((value) => ({ value, label: t(`hours.channel.${value}`) }))]} onPick={(value) => setForm((now) => ({ ...now, channels: value === '' ? [] : [value] }))} />
        <TextField label={t('playbook.page.languages')} value={typed.languages} onText={(languages) => setTyped((now) => ({ ...now, languages }))} placeholder="en, hi" error={badLanguages ? t('playbook.page.languagesHint') : null} />
        <PickField label={t('playbook.page.limit')} value={form.limitId ?? ''} options={[{ value: '', label: t('playbook.page.noLimit') }, ...limits.map((limit) => ({ value: limit.id, label: limit.name }))]} onPick={(value) => setForm((now) => ({ ...now, limitId: value === '' ? null : value }))} />
      </div>
      <Field label={t('playbook.page.steps')}>{(props) => <textarea {...props} className="input is-area" dir="auto" value={typed.steps} onChange={(event) => setTyped((now) => ({ ...now, steps: event.target.value }))} />}</Field>
      <Segmented label={t('responses.channel')} value={channel} onPick={setChannel} options={CHANNELS.map((value) => ({ value, label: <>{t(`responses.for.${value}`)}{value !== 'any' && own(form.texts[value]) !== null && <span className="draft-dot" title={t('responses.hasOwn')} />}</> }))} />
      <Field label={channel === 'any' ? t('responses.text') : t('responses.ownText', { channel: t(`responses.for.${channel}`) })} hint={channel === 'reply' ? t('playbook.page.short') : t('responses.textHint')}>
        {(props) => <textarea {...props} className="input is-area" dir="auto" value={text} placeholder={channel === 'any' ? '' : form.texts.any} onChange={(event) => setForm((now) => ({ ...now, texts: { ...now.texts, [channel]: event.target.value } }))} />}
      </Field>
      <Preview scenario={scenario} />
      <footer className="modal-foot">{onDelete !== undefined && <IconButton label={t('playbook.page.delete')} onClick={onDelete}><Trash2 size={15} aria-hidden="true" /></IconButton>}<span className="spacer" /><Button tone="primary" type="submit" aria-disabled={!canSave}>{t('playbook.page.save')}</Button></footer>
    </form>
  );
}

/** The newest messages it would have opened for. */
function Preview({ scenario }: { scenario: Scenario }) {
  const [tried, setTried] = useState<Output<'rule.try'> | null>(null);
  const key = JSON.stringify([scenario.words, scenario.languages, scenario.channels]);
  useEffect(() => {
    const [words, languages, channels] = JSON.parse(key) as [string[], string[], Scenario['channels']];
    if (words.length === 0 || languages.some((language) => !/^[a-z]{2}$/u.test(language))) return setTried(null);
    let isOld = false;
    const timer = setTimeout(() => void ask('rule.try', { conditions: { words, languages, channels, accountIds: [], handles: [], tags: [], segment: 'any', hours: 'any' }, actions: { priority: null, tags: [], owner: null, cannedId: null } }).then((answer) => { if (!isOld && answer.ok) setTried(answer.value); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [key]);
  if (tried === null) return null;
  return (
    <div className="responses-preview" role="status">
      <p className="hint">{t('rules.tried', { count: tried.hits.length, looked: tried.looked })}</p>
      <ul className="rule-hits">{tried.hits.slice(0, 4).map((hit) => <li key={hit.messageId}><bdi className="rule-who">{hit.customerName}</bdi><span dir="auto">{hit.excerpt}</span></li>)}</ul>
    </div>
  );
}
