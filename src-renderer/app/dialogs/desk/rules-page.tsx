import { useEffect, useState } from 'react';
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { CannedResponse, Output, Rule, RuleActions, RuleConditions, RuleLogEntry } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { useMinute } from '../../../state/ticker.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';

interface Form { readonly id: string | null; readonly name: string; readonly isOn: boolean; readonly conditions: RuleConditions; readonly actions: RuleActions }
const EMPTY: Form = {
  id: null, name: '', isOn: false, conditions: { words: [], accountIds: [], handles: [], languages: [], tags: [], segment: 'any', channels: [], hours: 'any' },
  actions: { priority: 'raise', tags: [], owner: null, cannedId: null },
};
const listOf = (text: string): string[] => [...new Set(text.split(',').map((one) => one.trim()).filter((one) => one !== ''))];
const QUIET_MS = 200;

export function didWords(did: RuleActions): string {
  return [
    did.priority === null ? '' : t(`rules.priority.${did.priority}`), did.tags.length === 0 ? '' : t('rules.didTags', { tags: did.tags.join(', ') }),
    did.owner === null ? '' : t('rules.didOwner', { owner: did.owner }), did.cannedId === null ? '' : t('rules.didResponse'),
  ].filter((word) => word !== '').join(' · ');
}

export function RulesPage() {
  const [rules, setRules] = useState<readonly Rule[] | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const load = async (): Promise<void> => {
    const answer = await call('rule.list', {});
    if (answer !== null) setRules(answer.rules);
  };
  useEffect(() => void load(), []);
  const lift = async (index: number): Promise<void> => {
    const ids = (rules ?? []).map((rule) => rule.id);
    const moved = ids[index];
    if (moved !== undefined && (await call('rule.order', { ruleIds: ids.toSpliced(index, 1).toSpliced(index - 1, 0, moved) })) !== null) await load();
  };
  return (
    <div className="responses-page" data-test="rules-page">
      <div className="responses-side">
        <div className="responses-list">
          {rules?.length === 0 && <p className="hint">{t('rules.none')}</p>}
          {rules?.map((rule, index) => (
            <div key={rule.id} className="rule-row">
              <button type="button" className="responses-line" aria-current={form?.id === rule.id} onClick={() => setForm({ id: rule.id, name: rule.name, isOn: rule.isOn, conditions: rule.conditions, actions: rule.actions })}>
                <span className={`rule-state${rule.isOn ? ' is-on' : ''}`}>{rule.isOn ? t('rules.on') : t('rules.off')}</span>
                <span className="responses-name" dir="auto">{rule.name}</span>
                <span className="responses-meta">{t('rules.uses', { count: rule.uses })}{rule.corrections > 0 && <> · {t('rules.corrections', { count: rule.corrections })}</>}</span>
              </button>
              {index > 0 ? <IconButton label={t('hours.up', { name: rule.name })} className="is-tiny" onClick={() => void lift(index)}><ArrowUp size={13} aria-hidden="true" /></IconButton> : <span className="icon-space" />}
            </div>
          ))}
        </div>
        <div className="responses-tools"><Button small onClick={() => setForm(EMPTY)}><Plus size={13} aria-hidden="true" />{t('rules.add')}</Button></div>
      </div>
      {form === null ? <p className="responses-empty hint">{t('rules.pick')}</p> : <Editor key={form.id ?? 'new'} start={form} onSaved={load} onGone={async () => { await load(); setForm(null); }} />}
    </div>
  );
}

function List({ label, value, onList, hint }: { label: string; value: readonly string[]; onList: (list: string[]) => void; hint?: string }) {
  const [text, setText] = useState(value.join(', '));
  return <TextField label={label} value={text} dir="auto" onText={(next) => { setText(next); onList(listOf(next)); }} {...(hint === undefined ? {} : { hint })} />;
}

function Editor({ start, onSaved, onGone }: { start: Form; onSaved: () => Promise<void>; onGone: () => Promise<void> }) {
  const accounts = useApp((state) => state.accounts);
  const [form, setForm] = useState(start);
  const [responses, setResponses] = useState<readonly CannedResponse[]>([]);
  useEffect(() => void ask('canned.list', {}).then((answer) => { if (answer.ok) setResponses(answer.value.responses); }), []);
  const { conditions, actions } = form;
  const when = (patch: Partial<RuleConditions>): void => setForm((now) => ({ ...now, conditions: { ...now.conditions, ...patch } }));
  const then = (patch: Partial<RuleActions>): void => setForm((now) => ({ ...now, actions: { ...now.actions, ...patch } }));
  const tried = useTried(conditions, actions);
  const doesSomething = actions.priority !== null || actions.owner !== null || actions.cannedId !== null || actions.tags.length > 0;
  const badLanguages = conditions.languages.some((language) => !/^[a-z]{2}$/u.test(language));
  const canSave = form.name.trim() !== '' && doesSomething && !badLanguages;
  const save = async (): Promise<void> => {
    if (!canSave) return;
    const saved = await call('rule.save', { ruleId: form.id, name: form.name.trim(), isOn: form.isOn, conditions, actions });
    if (saved === null) return;
    setForm((now) => ({ ...now, id: saved.ruleId }));
    toast(t('rules.saved', { name: form.name.trim() }), 'good');
    await onSaved();
  };
  const remove = async (): Promise<void> => {
    if (form.id === null || (await call('rule.delete', { ruleId: form.id })) === null) return;
    toast(t('rules.deleted', { name: form.name }), 'plain', { label: t('common.undo'), run: () => void call('rule.save', { ruleId: null, name: form.name, isOn: form.isOn, conditions, actions }) });
    await onGone();
  };
  return (
    <form className="responses-editor" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <TextField label={t('rules.name')} value={form.name} onText={(name) => setForm((now) => ({ ...now, name }))} dir="auto" hint={t('rules.nameHint')} />
      <h3 className="rule-part">{t('rules.when')}</h3>
      <List label={t('rules.words')} value={conditions.words} onList={(words) => when({ words })} hint={t('rules.listHint')} />
      <div className="field-row"><List label={t('rules.handles')} value={conditions.handles} onList={(handles) => when({ handles })} /><List label={t('rules.tags')} value={conditions.tags} onList={(tags) => when({ tags })} /></div>
      <div className="field-row is-three">
        <PickField label={t('rules.channel')} value={conditions.channels[0] ?? ''} options={[{ value: '', label: t('rules.anyChannel') }, ...(['x', 'email', 'phone'] as const).map((value) => ({ value, label: t(`hours.channel.${value}`) }))]} onPick={(value) => when({ channels: value === '' ? [] : [value] })} />
        <PickField label={t('rules.account')} value={conditions.accountIds[0] ?? ''} options={[{ value: '', label: t('rules.anyAccount') }, ...accounts.map((a) => ({ value: a.id, label: a.address }))]} onPick={(value) => when({ accountIds: value === '' ? [] : [value] })} />
        <List label={t('rules.languages')} value={conditions.languages} onList={(languages) => when({ languages })} />
      </div>
      <div className="field-row">
        <PickField label={t('rules.segment')} value={conditions.segment} options={(['any', 'vip', 'not_vip'] as const).map((value) => ({ value, label: t(`rules.segments.${value}`) }))} onPick={(segment) => when({ segment })} />
        <PickField label={t('rules.hours')} value={conditions.hours} options={(['any', 'inside', 'outside'] as const).map((value) => ({ value, label: t(`rules.hoursOf.${value}`) }))} onPick={(hours) => when({ hours })} />
      </div>
      <h3 className="rule-part">{t('rules.then')}</h3>
      <div className="field-row">
        <PickField label={t('rules.setPriority')} value={actions.priority ?? ''} options={[{ value: '', label: t('rules.keepPriority') }, ...(['raise', 'lower'] as const).map((value) => ({ value, label: t(`rules.priority.${value}`) }))]} onPick={(value) => then({ priority: value === '' ? null : value })} />
        <List label={t('rules.addTags')} value={actions.tags} onList={(tags) => then({ tags })} />
      </div>
      <div className="field-row">
        <TextField label={t('rules.assign')} value={actions.owner ?? ''} onText={(owner) => then({ owner: owner.trim() === '' ? null : owner.trim() })} placeholder="MK" />
        <PickField label={t('rules.suggest')} value={actions.cannedId ?? ''} options={[{ value: '', label: t('rules.noResponse') }, ...responses.map((r) => ({ value: r.id, label: `/${r.shortcut}${r.language === null ? '' : ` (${r.language})`} ${r.title}` }))]} onPick={(value) => then({ cannedId: value === '' ? null : value })} />
      </div>
      <Tried tried={tried} />
      {form.id !== null && <Log ruleId={form.id} />}
      <footer className="modal-foot">
        <label className="check"><input type="checkbox" checked={form.isOn} onChange={(event) => setForm((now) => ({ ...now, isOn: event.target.checked }))} />{t('rules.isOn')}</label>
        {tried !== null && <span className="hint" role="status" data-test="rule-tried">{t('rules.triedShort', { count: tried.hits.length, looked: tried.looked })}</span>}
        <span className="spacer" />
        {form.id !== null && <IconButton label={t('rules.delete')} onClick={() => void remove()}><Trash2 size={15} aria-hidden="true" /></IconButton>}
        <Button tone="primary" type="submit" aria-disabled={!canSave}>{t('rules.save')}</Button>
      </footer>
    </form>
  );
}

/** What it would have done to the newest messages: seen before it is switched on. */
function useTried(conditions: RuleConditions, actions: RuleActions): Output<'rule.try'> | null {
  const [tried, setTried] = useState<Output<'rule.try'> | null>(null);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => void ask('rule.try', { conditions, actions }).then((answer) => { if (!isOld && answer.ok) setTried(answer.value); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [conditions, actions]);
  return tried;
}

function Tried({ tried }: { tried: Output<'rule.try'> | null }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  if (tried === null) return null;
  return (
    <div className="responses-preview" data-test="rule-hits">
      <p className="hint">{t('rules.tried', { count: tried.hits.length, looked: tried.looked })}</p>
      <ul className="rule-hits">{tried.hits.slice(0, 5).map((hit) => <li key={hit.messageId}><bdi className="rule-who">{hit.customerName}</bdi><span dir="auto">{hit.excerpt}</span><time>{whenLabel(hit.at, now, zone)}</time></li>)}</ul>
    </div>
  );
}

function Log({ ruleId }: { ruleId: string }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const [entries, setEntries] = useState<readonly RuleLogEntry[]>([]);
  useEffect(() => void ask('rule.log', { ruleId }).then((answer) => { if (answer.ok) setEntries(answer.value.entries); }), [ruleId]);
  if (entries.length === 0) return null;
  return (
    <div className="responses-preview">
      <p className="hint">{t('rules.log')}</p>
      <ul className="rule-hits">{entries.slice(0, 20).map((entry) => <li key={entry.id}><bdi className="rule-who">{entry.customerName}</bdi><span>{didWords(entry.did)}{entry.correctedBy !== null && ` · ${t('rules.correctedBy', { agent: entry.correctedBy })}`}</span><time>{whenLabel(entry.at, now, zone)}</time></li>)}</ul>
    </div>
  );
}
