import { useRef } from 'react';
import { Star } from 'lucide-react';
import { Switch } from '@base-ui/react/switch';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { useEdited } from './use-edited.ts';

export function CustomerName({ customerId }: { customerId: string }) {
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  const edited = useEdited(name, (text) => { if (text !== '') void call('customer.update', { customerId, name: text }); });
  return (
    <input
      className="customer-name" dir="auto" aria-label={t('customer.name')} title={t('customer.nameHint')} value={edited.text} spellCheck={false}
      onChange={(event) => edited.setText(event.target.value)} onBlur={edited.commit}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') { event.stopPropagation(); edited.cancel(); }
      }}
    />
  );
}

export function VipBox({ customerId }: { customerId: string }) {
  const isVip = useApp((state) => state.customers[customerId]?.isVip ?? false);
  const vipNote = useApp((state) => state.customers[customerId]?.vipNote ?? '');
  const edited = useEdited(vipNote, (text) => void call('customer.update', { customerId, vipNote: text === '' ? null : text }));
  const note = useRef<HTMLTextAreaElement>(null);
  const toggle = async (on: boolean): Promise<void> => {
    await call('customer.update', { customerId, isVip: on });
    if (on) requestAnimationFrame(() => note.current?.focus());
  };
  return (
    <div className={`vip-box${isVip ? ' is-on' : ''}`}>
      <label className="vip-line">
        <Star size={15} fill={isVip ? 'currentColor' : 'none'} aria-hidden="true" /><span>{t('customer.vip')}</span><span className="spacer" />
        <Switch.Root className="switch" checked={isVip} onCheckedChange={(on) => void toggle(on)} aria-label={t('customer.vip')} data-action="customer.vip"><Switch.Thumb className="switch-thumb" /></Switch.Root>
      </label>
      {isVip && <textarea ref={note} rows={1} className="bare-input" dir="auto" aria-label={t('customer.vipNote')} placeholder={t('customer.vipNotePlaceholder')} value={edited.text} onChange={(event) => edited.setText(event.target.value)} onBlur={edited.commit} onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) { event.preventDefault(); event.currentTarget.blur(); } }} />}
    </div>
  );
}

export function CustomerNote({ customerId }: { customerId: string }) {
  const note = useApp((state) => state.customers[customerId]?.note ?? '');
  const edited = useEdited(note, (text) => void call('customer.update', { customerId, note: text === '' ? null : text }));
  return (
    <section className="facts">
      <h3>{t('customer.note')}</h3>
      <textarea className="paper-input" dir="auto" aria-label={t('customer.note')} placeholder={t('customer.notePlaceholder')} value={edited.text} onChange={(event) => edited.setText(event.target.value)} onBlur={edited.commit} />
    </section>
  );
}
