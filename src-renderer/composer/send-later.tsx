import { useRef, useState } from 'react';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';
import { whenLabel } from '../state/words/time.ts';
import { useTypedTime } from '../state/words/typed-time.ts';
import { WhenField } from '../app/dialogs/follow-up/when-field.tsx';
import { snoozePresets } from '../app/dialogs/conversation/snooze-presets.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/modal.tsx';
import type { Consent } from './drafts/send.ts';

/** When an answer leaves, in words; it looks once more then, and ends by itself if the customer writes first. */
export function SendLater({ name, onPick, onClose }: { name: string; onPick: (schedule: NonNullable<Consent['schedule']>) => void; onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const [now] = useState(() => Date.now());
  const when = useTypedTime();
  const [endsOnReply, setEnds] = useState(true);
  const first = useRef<HTMLButtonElement>(null);
  const pick = (at: number): void => {
    onClose();
    onPick({ at, endsOnReply });
  };
  const submit = async (): Promise<void> => {
    const at = await when.settle();
    if (at !== null) pick(at);
  };
  return (
    <Modal title={t('sendLater.title', { name })} description={t('sendLater.lead')} size="small" onClose={onClose} initialFocus={first}>
      <div className="preset-list" role="group" aria-label={t('snooze.presets')}>
        {snoozePresets(now, zone).map((preset, index) => (
          <button key={preset.id} ref={index === 0 ? first : null} type="button" className="preset" onClick={() => pick(preset.at)} data-preset={preset.id}>
            <span>{t(`snooze.preset.${preset.id}`)}</span><time>{whenLabel(preset.at, now, zone)}</time>
          </button>
        ))}
      </div>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <WhenField label={t('snooze.free')} when={when} />
        <label className="check"><input type="checkbox" checked={endsOnReply} onChange={(event) => setEnds(event.target.checked)} />{t('sendLater.ends', { name })}</label>
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={when.text.trim() === ''}>{t('sendLater.go')}</Button></footer>
      </form>
    </Modal>
  );
}
