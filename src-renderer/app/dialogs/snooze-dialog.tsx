import { useEffect, useRef, useState } from 'react';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { snooze } from '../../state/desk-actions.ts';
import { useApp } from '../../state/store.ts';
import { fullTime, whenLabel } from '../../state/time.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { snoozePresets } from './snooze-presets.ts';

const QUIET_MS = 200;

export function SnoozeDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const [now] = useState(() => Date.now());
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [parsed, setParsed] = useState<{ text: string; at: number | null } | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const typed = text.trim();

  useEffect(() => {
    if (typed === '') return undefined;
    let isOld = false;
    const timer = setTimeout(() => void ask('desk.parseTime', { text: typed }).then((answer) => { if (!isOld) setParsed({ text: typed, at: answer.ok ? answer.value.at : null }); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [typed]);

  const until = async (at: number): Promise<void> => {
    if (await snooze(conversationId, at, note.trim() === '' ? null : note.trim())) onClose();
  };
  const known = parsed !== null && parsed.text === typed ? parsed : null;
  const submitTyped = async (): Promise<void> => {
    if (typed === '') return;
    const answer = known === null ? await ask('desk.parseTime', { text: typed }) : null;
    const at = known?.at ?? (answer?.ok === true ? answer.value.at : null);
    if (at !== null) await until(at);
    else setParsed({ text: typed, at: null });
  };
  return (
    <Modal title={t('snooze.title', { name })} size="small" onClose={onClose} initialFocus={first}>
      <div className="preset-list" role="group" aria-label={t('snooze.presets')}>
        {snoozePresets(now, zone).map((preset, index) => (
          <button key={preset.id} ref={index === 0 ? first : null} type="button" className="preset" onClick={() => void until(preset.at)} data-preset={preset.id}>
            <span>{t(`snooze.preset.${preset.id}`)}</span><time>{whenLabel(preset.at, now, zone)}</time>
          </button>
        ))}
      </div>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void submitTyped(); }}>
        <TextField label={t('snooze.free')} value={text} onText={setText} placeholder={t('snooze.placeholder')} error={typed !== '' && known !== null && known.at === null ? t('snooze.unclear') : null} {...(typed !== '' && known?.at != null ? { hint: fullTime(known.at, zone) } : {})} />
        <TextField label={t('snooze.note')} value={note} onText={setNote} placeholder={t('snooze.notePlaceholder')} spellCheck />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={typed === ''}>{t('desk.snooze')}</Button></footer>
      </form>
    </Modal>
  );
}
