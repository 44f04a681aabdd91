import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';
import type { TypedTime } from '../../state/words/typed-time.ts';

/** When to call back, in words. */
export function CallBackField({ back }: { back: TypedTime }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const isBad = back.text.trim() !== '' && back.at === null;
  return (
    <label className="call-field is-back"><span>{t('call.back')}</span>
      <input className="input" dir="auto" value={back.text} aria-invalid={isBad} placeholder={t('call.backPlaceholder')} onChange={(event) => back.setText(event.target.value)} autoComplete="off" data-test="call-back" />
      {back.text.trim() !== '' && back.at !== undefined && <span className={`call-understood${isBad ? ' is-bad' : ''}`} role="status">{back.at === null ? t('call.backUnclear') : whenLabel(back.at, now, zone)}</span>}
    </label>
  );
}
