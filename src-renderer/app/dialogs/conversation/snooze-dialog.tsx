import { useRef, useState } from 'react';
import type { FollowUp } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { snooze } from '../../../state/actions/desk-actions.ts';
import { saveFollowUp } from '../../../state/actions/follow-up-actions.ts';
import { useApp } from '../../../state/store.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { useTypedTime } from '../../../state/words/typed-time.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { PreparedField, type Prepared } from '../follow-up/prepared-field.tsx';
import { WhenField } from '../follow-up/when-field.tsx';
import { snoozePresets } from './snooze-presets.ts';

/** When to come back to somebody, and with what. Without a note or text it only leaves the queue until then. */
export function SnoozeDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const [now] = useState(() => Date.now());
  const when = useTypedTime();
  const [note, setNote] = useState('');
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [ends, setEnds] = useState<FollowUp['ends']>('date');
  const first = useRef<HTMLButtonElement>(null);

  const until = async (at: number): Promise<void> => {
    const words = note.trim() === '' ? null : note.trim();
    const draft = prepared === null || prepared.text.trim() === '' ? null : { mode: prepared.mode, text: prepared.text };
    const kept = words === null && draft === null && ends === 'date'
      ? await snooze(conversationId, at, null)
      : await saveFollowUp({ followUpId: null, conversationId, at, ends, note: words, draft }, name);
    if (kept) onClose();
  };
  const submit = async (): Promise<void> => {
    const at = await when.settle();
    if (at !== null) await until(at);
  };
  return (
    <Modal title={t('snooze.title', { name })} onClose={onClose} initialFocus={first}>
      <div className="preset-list is-two" role="group" aria-label={t('snooze.presets')}>
        {snoozePresets(now, zone).map((preset, index) => (
          <button key={preset.id} ref={index === 0 ? first : null} type="button" className="preset" onClick={() => void until(preset.at)} data-preset={preset.id}>
            <span>{t(`snooze.preset.${preset.id}`)}</span><time>{whenLabel(preset.at, now, zone)}</time>
          </button>
        ))}
      </div>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <WhenField label={t('snooze.free')} when={when} />
        <TextField label={t('snooze.note')} value={note} onText={setNote} placeholder={t('snooze.notePlaceholder')} spellCheck dir="auto" />
        <PreparedField conversationId={conversationId} value={prepared} onChange={setPrepared} />
        <EndsField value={ends} onPick={setEnds} />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={when.text.trim() === ''}>{t('snooze.go')}</Button></footer>
      </form>
    </Modal>
  );
}

export function EndsField({ value, onPick }: { value: FollowUp['ends']; onPick: (ends: FollowUp['ends']) => void }) {
  return (
    <div className="field">
      <span>{t('followUp.endsLabel')}</span>
      <Segmented label={t('followUp.endsLabel')} value={value} onPick={onPick} options={(['date', 'reply'] as const).map((ends) => ({ value: ends, label: t(`followUp.ends.${ends}`) }))} />
      <p className="hint">{t(`followUp.endsHint.${value}`)}</p>
    </div>
  );
}
