import { useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import type { AgentRole, LimitRule } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { isCurrency, moneyLabel, plainAmount, readAmount } from '../../../state/words/money.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { roles } from '../settings/agent-access.tsx';
import { useRules } from '../settings/use-rules.tsx';

const NOTHING: LimitRule['roles'] = { guest: { perCase: 0, perDay: 0 }, agent: { perCase: 0, perDay: 0 }, senior: { perCase: null, perDay: null } };

/** What may be given without asking, written down by role. */
export function LimitsPage() {
  const { rules: { limits }, save: saveRules, bar } = useRules();
  const save = (next: readonly LimitRule[]): Promise<boolean> => saveRules({ limits: [...next] });
  const change = (id: string, patch: Partial<LimitRule>): void => void save(limits.map((limit) => (limit.id === id ? { ...limit, ...patch } : limit)));
  const remove = (limit: LimitRule): void => {
    void save(limits.filter((other) => other.id !== limit.id)).then((isKept) => { if (isKept) toast(t('limits.removed', { name: limit.name }), 'plain', { label: t('common.undo'), run: () => void saveSettings({ limits: [...limits] }) }); });
  };
  return (
    <div className="modal-form" data-test="limits-page">
      <p className="hint">{t('limits.lead')}</p>
      {limits.map((limit) => <Limit key={limit.id} limit={limit} change={(patch) => change(limit.id, patch)} remove={() => remove(limit)} />)}
      <footer className="modal-foot is-start"><Button small onClick={() => void save([...limits, { id: crypto.randomUUID(), name: t('limits.fresh', { count: limits.length + 1 }), currency: limits[0]?.currency ?? null, roles: NOTHING }])} data-action="limits.add"><Plus size={14} aria-hidden="true" />{t('limits.add')}</Button></footer>
      {bar}
    </div>
  );
}

function Limit({ limit, change, remove }: { limit: LimitRule; change: (patch: Partial<LimitRule>) => void; remove: () => void }) {
  const most = (role: AgentRole, key: 'perCase' | 'perDay', value: number | null): void => change({ roles: { ...limit.roles, [role]: { ...limit.roles[role], [key]: value } } });
  const words = (value: number | null): string => (value === null ? t('limits.free') : moneyLabel(value, limit.currency));
  return (
    <section className="limit-card" aria-label={limit.name}>
      <div className="limit-head">
        <Kept label={t('limits.name')} value={limit.name} isGood={(text) => text.trim() !== '' && text.length <= 80} save={(name) => change({ name: name.trim() })} />
        <Kept label={t('limits.currency')} value={limit.currency ?? ''} placeholder={t('limits.counted')} isGood={(text) => text.trim() === '' || isCurrency(text.trim().toUpperCase())} save={(text) => change({ currency: text.trim() === '' ? null : text.trim().toUpperCase() })} />
        <IconButton label={t('limits.remove', { name: limit.name })} onClick={remove}><Trash2 size={14} aria-hidden="true" /></IconButton>
      </div>
      <div className="limit-grid">
        <span /><span className="limit-title">{t('limits.perCase')}</span><span className="limit-title">{t('limits.perDay')}</span>
        {roles.map((role) => (
          <div key={role} className="limit-row">
            <span>{t(`agents.roles.${role}`)}</span>
            {(['perCase', 'perDay'] as const).map((key) => <Amount key={key} name={`${t(`agents.roles.${role}`)}, ${t(`limits.${key}`)}`} currency={limit.currency} value={limit.roles[role][key]} save={(value) => most(role, key, value)} />)}
          </div>
        ))}
      </div>
      <p className="hint" role="status">{t('limits.preview', { name: limit.name, perCase: words(limit.roles.agent.perCase), perDay: words(limit.roles.agent.perDay) })}</p>
    </section>
  );
}

function Kept({ label, value, placeholder, isGood, save }: { label: string; value: string; placeholder?: string; isGood: (text: string) => boolean; save: (text: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  const bad = text !== null && !isGood(text);
  return <TextField label={label} value={text ?? value} onText={setText} dir="auto" error={bad ? t('settings.bad') : null} {...(placeholder === undefined ? {} : { placeholder })} onBlur={() => { if (text !== null && !bad && text !== value) save(text); if (!bad) setText(null); }} />;
}

/** Empty: as they see fit. */
function Amount({ name, currency, value, save }: { name: string; currency: string | null; value: number | null; save: (value: number | null) => void }) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (value === null ? '' : plainAmount(value, currency));
  const read = shown.trim() === '' ? null : readAmount(shown, currency);
  const bad = shown.trim() !== '' && read === null;
  return <input className="input is-amount" inputMode="decimal" aria-label={name} aria-invalid={bad} placeholder={t('limits.free')} value={shown} onChange={(event) => setText(event.target.value)} onBlur={() => { if (text !== null && !bad && read !== value) save(read); if (!bad) setText(null); }} />;
}
