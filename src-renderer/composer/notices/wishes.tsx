import { Ban, ThumbsUp } from 'lucide-react';
import type { ComposerMode, Profile } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { useApp } from '../../state/store.ts';

const channels = ['post', 'dm', 'mail', 'call'] as const;
const channelOf = { reply: 'post', dm: 'dm', mail: 'mail', call: 'call', post: null, note: null } as const satisfies Record<ComposerMode, keyof Profile['wishes'] | null>;
const modeOf = { post: 'reply', dm: 'dm', mail: 'mail', call: 'call' } as const satisfies Record<keyof Profile['wishes'], ComposerMode>;

/** What the customer asked for about being reached: on every way to answer, and loud on the refused one. */
export function ChannelWishes({ conversationId, customerId, mode }: { conversationId: string; customerId: string; mode: ComposerMode }) {
  const wishes = useApp((state) => state.customers[customerId]?.profile.wishes);
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  if (wishes === undefined) return null;
  const refused = channels.filter((channel) => wishes[channel] === 'refused');
  const preferred = channels.filter((channel) => wishes[channel] === 'preferred');
  const here = channelOf[mode];
  const isRefusedHere = here !== null && wishes[here] === 'refused';
  const isQuiet = refused.length === 0 && (preferred.length === 0 || (here !== null && preferred.includes(here)));
  if (isQuiet) return null;
  const better = preferred.find((channel) => channel !== here);
  return (
    <p className={`wishes${isRefusedHere ? ' is-refused' : ''}`} role={isRefusedHere ? 'alert' : undefined} data-test="channel-wishes">
      {isRefusedHere && <><Ban size={13} aria-hidden="true" /><span>{t(`profile.refusedHere.${here}`, { name })}</span></>}
      {!isRefusedHere && refused.length > 0 && <><Ban size={13} aria-hidden="true" /><span>{refused.map((channel) => t(`profile.no.${channel}`)).join(' · ')}</span></>}
      {preferred.length > 0 && (here === null || !preferred.includes(here)) && <span className="wishes-better"><ThumbsUp size={12} aria-hidden="true" />{t('profile.prefers', { channels: preferred.map((channel) => t(`profile.channel.${channel}`)).join(', ') })}</span>}
      {better !== undefined && <button type="button" className="text-button" onClick={() => setMode(conversationId, modeOf[better])}>{t('profile.useInstead', { channel: t(`profile.channel.${better}`) })}</button>}
    </p>
  );
}
