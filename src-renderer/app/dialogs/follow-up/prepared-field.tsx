import type { FollowUp } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

export type Prepared = NonNullable<FollowUp['draft']>;
const modes = ['reply', 'dm', 'mail'] as const satisfies readonly Prepared['mode'][];

/** The answer written now for then. It is kept with the follow-up, apart from whatever draft stands in the composer. */
export function PreparedField({ conversationId, value, onChange }: { conversationId: string; value: Prepared | null; onChange: (value: Prepared | null) => void }) {
  const capabilities = useApp((state) => state.timelines[conversationId]?.capabilities);
  const open = modes.filter((mode) => capabilities === undefined || capabilities.some((capability) => capability.mode === mode && capability.available));
  const shown = open.length === 0 ? modes : open;
  const mode = value?.mode ?? shown.find((candidate) => candidate === 'mail') ?? shown[0] ?? 'mail';
  return (
    <Field label={t('followUp.prepared')} hint={t('followUp.preparedHint')}>
      {(props) => (
        <div className="prepared">
          {shown.length > 1 && <Segmented label={t('composer.channel')} value={mode} onPick={(picked) => onChange({ mode: picked, text: value?.text ?? '' })} options={shown.map((other) => ({ value: other, label: t(`composer.mode.${other}`) }))} />}
          <textarea {...props} className="input is-area" dir="auto" spellCheck value={value?.text ?? ''} placeholder={t('followUp.preparedPlaceholder')} onChange={(event) => onChange({ mode, text: event.target.value })} />
        </div>
      )}
    </Field>
  );
}
