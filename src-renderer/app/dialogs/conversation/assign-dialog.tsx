import { useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { t } from '../../../locales/index.ts';
import { assign } from '../../../state/actions/desk-actions.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Initials } from '../../../ui/bits.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

export function AssignDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const mine = useApp((state) => state.settings.agentInitials);
  const known = useApp(useShallow((state) => [...new Set(Object.values(state.conversations).flatMap((row) => (row.owner === null || row.owner === mine ? [] : [row.owner])))].toSorted()));
  const [owner, setOwner] = useState('');
  const [word, setWord] = useState('');
  const input = useRef<HTMLButtonElement>(null);
  const give = async (to: string): Promise<void> => {
    if (to.trim() !== '' && (await assign(conversationId, to.trim(), word))) onClose();
  };
  return (
    <Modal title={t('assign.title', { name })} size="small" onClose={onClose} initialFocus={input}>
      <div className="preset-list">
        {[mine, ...known].map((other, index) => (
          <button key={other} ref={index === 0 ? input : null} type="button" className="preset" onClick={() => void give(other)}><Initials text={other} mine={other === mine} /><span>{other === mine ? t('assign.me') : other}</span></button>
        ))}
      </div>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void give(owner); }}>
        <TextField label={t('assign.other')} value={owner} onText={setOwner} placeholder="KM" hint={t('assign.hint')} />
        <TextField label={t('assign.word')} value={word} onText={setWord} dir="auto" spellCheck maxLength={300} />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={owner.trim() === ''}>{t('desk.assign')}</Button></footer>
      </form>
    </Modal>
  );
}
