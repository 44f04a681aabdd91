import { useState } from 'react';
import { t } from '../../../locales/index.ts';
import { takeOver } from '../../../state/actions/desk-actions.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

/** Somebody else has it: taking it over is told to them, with a word if there is one to say. */
export function TakeOverDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const owner = useApp((state) => state.conversations[conversationId]?.owner ?? '');
  const [word, setWord] = useState('');
  const go = async (): Promise<void> => {
    if (await takeOver(conversationId, word)) onClose();
  };
  return (
    <Modal title={t('takeOver.title', { owner, name })} description={t('takeOver.lead')} size="small" onClose={onClose}>
      <form className="modal-form" data-test="take-over" onSubmit={(event) => { event.preventDefault(); void go(); }}>
        <TextField label={t('takeOver.word', { owner })} value={word} onText={setWord} dir="auto" spellCheck maxLength={300} />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" data-action="claim.takeOver">{t('takeOver.go')}</Button></footer>
      </form>
    </Modal>
  );
}
