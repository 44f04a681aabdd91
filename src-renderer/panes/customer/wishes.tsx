import { Ban, Minus, ThumbsUp } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { changeProfile } from '../../state/actions/profile-actions.ts';
import { useApp } from '../../state/store.ts';
import { KindGlyph } from '../../ui/glyph.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { usePicked } from './use-picked.ts';

const channels = ['post', 'dm', 'mail', 'call'] as const;
const wishes = ['preferred', 'none', 'refused'] as const;
const icon = { preferred: <ThumbsUp size={13} aria-hidden="true" />, none: <Minus size={13} aria-hidden="true" />, refused: <Ban size={13} aria-hidden="true" /> };

/** How the customer wants to be reached, and how not. */
export function Wishes({ customerId }: { customerId: string }) {
  const known = useApp((state) => state.customers[customerId]?.profile.wishes);
  if (known === undefined) return null;
  return (
    <section className="facts" data-test="wishes">
      <h3>{t('profile.wishes')}</h3>
      <ul>
        {channels.map((channel) => (
          <li key={channel}><WishLine customerId={customerId} channel={channel} known={known[channel]} /></li>
        ))}
      </ul>
    </section>
  );
}

function WishLine({ customerId, channel, known }: { customerId: string; channel: (typeof channels)[number]; known: 'preferred' | 'refused' | null }) {
  const [wish, pick] = usePicked<(typeof wishes)[number]>(known ?? 'none', (value) => changeProfile(customerId, { type: 'wish', channel, value: value === 'none' ? null : value }));
  return (
    <div className="wish-line">
      <span className="identity-glyph"><KindGlyph kind={channel} /></span><span className={wish === 'refused' ? 'wish-name is-refused' : 'wish-name'}>{t(`profile.channel.${channel}`)}</span>
      <span className="wish-word">{wish === 'none' ? '' : t(`profile.wish.${wish}`)}</span>
      <Segmented
        label={t(`profile.channel.${channel}`)} className="is-small" value={wish} onPick={pick}
        options={wishes.map((value) => ({ value, label: icon[value], name: t(`profile.wish.${value}`), title: t(`profile.wish.${value}`) }))}
      />
    </div>
  );
}
