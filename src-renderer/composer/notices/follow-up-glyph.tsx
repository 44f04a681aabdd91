import { AlarmClock, Cake, Phone } from 'lucide-react';
import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';

/** What kind of coming back it is: on a day, by telephone, or simply later. */
export function FollowUpGlyph({ followUp }: { followUp: FollowUp }) {
  if (followUp.isCall) return <Phone size={13} role="img" aria-label={t('followUp.callBack')} />;
  return followUp.isOccasion ? <Cake size={13} aria-hidden="true" /> : <AlarmClock size={13} aria-hidden="true" />;
}
