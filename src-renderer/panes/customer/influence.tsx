import { UsersRound } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { changeProfile } from '../../state/actions/profile-actions.ts';
import { useApp } from '../../state/store.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useEdited } from './use-edited.ts';
import { usePicked } from './use-picked.ts';

const weights = ['0', '1', '2', '3'] as const;

/** How many listen to this customer, and why we think so: lifts their open row at once. */
export function Influence({ customerId }: { customerId: string }) {
  const influence = useApp((state) => state.customers[customerId]?.profile.influence ?? null);
  const edited = useEdited(influence?.reason ?? '', (reason) => { if (influence !== null) void changeProfile(customerId, { type: 'influence', value: { ...influence, reason } }); });
  const [weight, pick] = usePicked<(typeof weights)[number]>(weights[influence?.weight ?? 0] ?? '0', (picked) => changeProfile(customerId, { type: 'influence', value: picked === '0' ? null : { weight: Number(picked), reason: influence?.reason ?? '' } }));
  return (
    <div className="influence">
      <div className="influence-line">
        <UsersRound size={15} aria-hidden="true" /><span>{t('profile.influence')}</span><span className="spacer" />
        <Segmented label={t('profile.influence')} className="is-small" value={weight} onPick={pick} options={weights.map((value) => ({ value, label: value === '0' ? t('profile.reach.0') : value, name: t(`profile.reach.${value}`), title: t(`profile.reach.${value}`) }))} />
      </div>
      {influence !== null && <textarea rows={1} className="bare-input" dir="auto" aria-label={t('profile.influenceWhy')} placeholder={t('profile.influencePlaceholder')} value={edited.text} onChange={(event) => edited.setText(event.target.value)} onBlur={edited.commit} onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) { event.preventDefault(); event.currentTarget.blur(); } }} />}
    </div>
  );
}
