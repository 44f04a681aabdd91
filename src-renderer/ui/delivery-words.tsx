import type { Delivery, OutboxRow } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';
import { useMinute, useSecond } from '../state/ticker.ts';
import { whenLabel } from '../state/words/time.ts';

/** What is about to happen, in words: sending, or doing something to a post. */
export function Countdown({ until, mode }: { until: number | null; mode: OutboxRow['mode'] | undefined }) {
  const now = useSecond();
  const left = Math.max(0, Math.ceil(((until ?? now) - now) / 1000));
  const isAction = mode === 'delete' || mode === 'hide' || mode === 'unhide';
  const words = isAction ? (left === 0 ? t(`delivery.doing.${mode}`) : t(`delivery.doingIn.${mode}`, { seconds: left })) : left === 0 ? t('delivery.leaving') : t('delivery.heldFor', { seconds: left });
  return <span className="countdown">{words}</span>;
}

/** What a queued send waits for, and until when. */
export function WaitWords({ delivery }: { delivery: Delivery }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useSecond();
  // Signing in sends it at once; the next look at the account says nothing to a person.
  const when = delivery.retryAt === null || delivery.retryAt <= now || delivery.waitsFor === 'sign_in' ? '' : ` · ${t('delivery.at', { when: whenLabel(delivery.retryAt, now, zone) })}`;
  return <span>{delivery.waitsFor === null ? t('delivery.queued') : t(`delivery.waits.${delivery.waitsFor}`)}{when}</span>;
}

/** An answer that waits for its time. */
export function ScheduledWords({ delivery }: { delivery: Delivery }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  return <span>{t('delivery.scheduled', { when: whenLabel(delivery.heldUntil ?? now, now, zone) })}{delivery.endsOnReply && ` · ${t('delivery.unlessReply')}`}</span>;
}
