import { useEffect, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { setState } from '../../../state/store.ts';
import { speak, toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

/** Erases a person. There is no way back, so the name is typed. */
export default function EraseDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [preview, setPreview] = useState<Output<'customer.erasePreview'> | null>(null);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void call('customer.erasePreview', { customerId }).then(setPreview), [customerId]);
  if (preview === null) return null;
  const isName = typed.trim().normalize('NFC').toLowerCase() === preview.name.normalize('NFC').toLowerCase();
  const erase = async (): Promise<void> => {
    if (!isName || isBusy) return;
    setBusy(true);
    const answer = await ask('customer.erase', { customerId, name: typed });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error.message);
      return;
    }
    const words = t('rights.erased', { name: preview.name, count: answer.value.entries });
    onClose();
    setState({ openId: null });
    toast(words, 'good');
    speak(words);
  };
  return (
    <Modal title={t('rights.eraseTitle', { name: preview.name })} description={t('rights.eraseLead')} onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void erase(); }}>
        <ul className="erase-list" data-test="erase-list">
          <li>{t('rights.goes.entries', { count: preview.entries })}</li>
          {preview.files > 0 && <li>{t('rights.goes.files', { count: preview.files })}</li>}
          {preview.drafts > 0 && <li>{t('rights.goes.drafts', { count: preview.drafts })}</li>}
          {preview.followUps > 0 && <li>{t('rights.goes.followUps', { count: preview.followUps })}</li>}
          <li>{t('rights.goes.identities')} <bdi>{preview.identities.join(', ')}</bdi></li>
        </ul>
        {preview.copies.length > 0 && (
          <div className="erase-copies"><p><TriangleAlert size={14} aria-hidden="true" />{t('rights.copies')}</p><ul>{preview.copies.map((path) => <li key={path}>{path}</li>)}</ul></div>
        )}
        <TextField label={t('rights.typeName', { name: preview.name })} value={typed} onText={(text) => { setTyped(text); setProblem(null); }} dir="auto" error={problem} />
        {isBusy && <progress aria-label={t('rights.erasing')} />}
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="danger" type="submit" aria-disabled={!isName || isBusy} data-action="erase.go">{t(isBusy ? 'rights.erasing' : 'rights.eraseGo')}</Button></footer>
      </form>
    </Modal>
  );
}
