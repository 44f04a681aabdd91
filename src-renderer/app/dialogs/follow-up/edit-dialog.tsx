import { useState } from 'react';
import type { FollowUp } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { saveFollowUp } from '../../../state/actions/follow-up-actions.ts';
import { useApp } from '../../../state/store.ts';
import { minuteTime } from '../../../state/words/time.ts';
import { useTypedTime } from '../../../state/words/typed-time.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { EndsField } from '../conversation/snooze-dialog.tsx';
import { PreparedField, type Prepared } from './prepared-field.tsx';
import { WhenField } from './when-field.tsx';

/** Another time, note or text for what is kept already. */
export default function FollowUpDialog({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const [now] = useState(() => Date.now());
  const when = useTypedTime(followUp.at > now ? followUp.at : null);
  const [note, setNote] = useState(followUp.note ?? '');
  const [prepared, setPrepared] = useState<Prepared | null>(followUp.draft);
  const [ends, setEnds] = useState<FollowUp['ends']>(followUp.ends);
  const submit = async (): Promise<void> => {
    const at = await when.settle();
    if (at === null) return;
    const draft = prepared === null || prepared.text.trim() === '' ? null : prepared;
    if (await saveFollowUp({ followUpId: followUp.id, conversationId: followUp.conversationId, at, ends, note: note.trim() === '' ? null : note.trim(), draft }, followUp.customerName, followUp)) onClose();
  };
  return (
    <Modal title={t('followUp.editTitle', { name: followUp.customerName })} onClose={onClose}>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <WhenField label={t('followUp.when')} when={when} placeholder={minuteTime(followUp.at, zone)} />
        <TextField label={t('snooze.note')} value={note} onText={setNote} placeholder={t('snooze.notePlaceholder')} spellCheck dir="auto" />
        <PreparedField conversationId={followUp.conversationId} value={prepared} onChange={setPrepared} />
        <EndsField value={ends} onPick={setEnds} />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={when.at == null && when.text.trim() === ''}>{t('followUp.save')}</Button></footer>
      </form>
    </Modal>
  );
}
