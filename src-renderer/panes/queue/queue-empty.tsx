import { useEffect } from 'react';
import { CircleCheck } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { refreshToday } from '../../state/sync.ts';
import { showWhole } from '../../state/actions/queue-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/bits.tsx';

/** Nothing here: what was done today, and what comes next. */
export function QueueEmpty() {
  const view = useApp((state) => state.queue.view);
  const isPart = useApp((state) => state.queue.accountId !== null || state.queue.onlyAds);
  const today = useApp((state) => state.today);
  const counts = useApp((state) => state.counts);
  useEffect(() => void refreshToday(), []);
  const next = (view !== 'open' || isPart) && counts.open > 0 ? 'open' as const : counts.snoozed > 0 && view !== 'snoozed' ? 'snoozed' as const : null;
  return (
    <div className="queue-scroll" role="group" aria-label={t(isPart ? 'queue.empty.part' : `queue.empty.${view}`)} tabIndex={-1} data-focus-target="queue">
      <Empty icon={<CircleCheck size={22} aria-hidden="true" />} title={t(isPart ? 'queue.empty.part' : `queue.empty.${view}`)}>
        <p>{t('queue.today', { answered: today.answered, done: today.done, calls: today.calls })}</p>
        {next !== null && <Button small onClick={() => showWhole(next)}>{t(`queue.next.${next}`, { count: counts[next] })}</Button>}
      </Empty>
    </div>
  );
}
