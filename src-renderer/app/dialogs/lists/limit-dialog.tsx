import { useState } from 'react';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { refreshCapabilities } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

/** How long an answer to this customer may take to read. */
export default function LimitDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const row = useApp((state) => state.conversations[conversationId]);
  const [text, setText] = useState('');
  const bad = !/^\s*\d{0,5}\s*$/u.test(text);
  const save = async (): Promise<void> => {
    if (bad || row === undefined) return;
    const readSeconds = text.trim() === '' || Number(text) === 0 ? null : Number(text);
    if ((await call('customer.limit', { customerId: row.customerId, readSeconds })) === null) return;
    await refreshCapabilities(conversationId);
    onClose();
  };
  return (
    <Modal title={t('limit.title', { name: row?.customerName ?? '' })} size="small" onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <TextField label={t('limit.seconds')} value={text} onText={setText} inputMode="numeric" hint={t('limit.hint')} error={bad ? t('settings.bad') : null} />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={bad}>{t('limit.save')}</Button></footer>
      </form>
    </Modal>
  );
}
