import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { minuteTime } from '../../../state/words/time.ts';
import type { TypedTime } from '../../../state/words/typed-time.ts';
import { TextField } from '../../../ui/field.tsx';

export function WhenField({ label, when, placeholder }: { label: string; when: TypedTime; placeholder?: string }) {
  const zone = useApp((state) => state.settings.officeZone);
  const isTyped = when.text.trim() !== '';
  return (
    <TextField
      label={label} value={when.text} onText={when.setText} placeholder={placeholder ?? t('snooze.placeholder')} dir="auto"
      error={isTyped && when.at === null ? t('snooze.unclear') : null} hint={when.at == null ? t('snooze.languages') : <time data-test="understood">{minuteTime(when.at, zone)}</time>}
    />
  );
}
