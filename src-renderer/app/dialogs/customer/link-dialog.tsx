import { useState } from 'react';
import { Mail, Phone } from 'lucide-react';
import type { IdentityBasis, IdentityKind } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { setState, useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { XMark } from '../../../ui/x-mark.tsx';

const bases = ['told_us', 'own_signature', 'public_profile', 'consent', 'same_thread'] as const satisfies readonly IdentityBasis[];
const examples = { phone: '+44 7700 900123', email: 'maria@example.org', x: '@maria' } as const;

/** Adds a number, address or handle, with the reason why we may say it is the same person. */
export default function LinkDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  const [kind, setKind] = useState<IdentityKind>('phone');
  const [text, setText] = useState('');
  const [basis, setBasis] = useState<IdentityBasis | ''>('');
  const [problem, setProblem] = useState<{ message: string; ownerId: string | null } | null>(null);
  const possible = kind === 'x' ? bases.filter((other) => other !== 'same_thread') : bases;
  const canAdd = text.trim() !== '' && basis !== '';
  const add = async (): Promise<void> => {
    if (!canAdd) return;
    const answer = await ask('customer.link', { customerId, kind, text, basis });
    if (answer.ok) {
      toast(t('link.added', { text: text.trim() }), 'good');
      onClose();
    } else {
      const owner = answer.error.detail?.['customerId'];
      setProblem({ message: answer.error.message, ownerId: typeof owner === 'string' ? owner : null });
    }
  };
  return (
    <Modal title={t('link.title', { name })} size="small" onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <Segmented label={t('link.kind')} value={kind} onPick={(picked) => { setKind(picked); setProblem(null); if (picked === 'x' && basis === 'same_thread') setBasis(''); }} options={[
          { value: 'phone', label: <><Phone size={13} aria-hidden="true" />{t('link.phone')}</> },
          { value: 'email', label: <><Mail size={13} aria-hidden="true" />{t('link.email')}</> },
          { value: 'x', label: <><XMark size={12} />{t('link.x')}</> },
        ]} />
        <TextField label={t(`link.${kind}`)} value={text} onText={(typed) => { setText(typed); setProblem(null); }} placeholder={examples[kind]} error={problem?.message ?? null} />
        <PickField label={t('link.basis')} value={basis} onPick={setBasis} options={[{ value: '', label: t('link.pickBasis') }, ...possible.map((value) => ({ value, label: t(`customer.basis.${value}`) }))]} />
        <footer className="modal-foot">
          {problem?.ownerId != null && <Button onClick={() => setState({ dialog: { type: 'merge', customerId, otherId: problem.ownerId } })} data-action="link.merge">{t('link.compare')}</Button>}
          <span className="spacer" /><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={!canAdd}>{t('link.add')}</Button>
        </footer>
      </form>
    </Modal>
  );
}
