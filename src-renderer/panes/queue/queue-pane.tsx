import { ArrowDownUp, Check, Filter, Inbox, Siren, X } from 'lucide-react';
import { Tabs } from '@base-ui/react/tabs';
import { useShallow } from 'zustand/react/shallow';
import { queueViews } from './views.ts';
import { t } from '../../locales/index.ts';
import { setState, useApp } from '../../state/store.ts';
import { filterAccount, filterAds, incidentFromMarked, showView, sortQueue, unmark } from '../../state/actions/queue-actions.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Keys } from '../../ui/keys.tsx';
import { DropMenu } from '../../ui/menu.tsx';
import { QueueList } from './queue-list.tsx';

export function QueuePane() {
  const view = useApp((state) => state.queue.view);
  // Nobody is named by anybody where one works alone.
  const views = useApp(useShallow((state) => queueViews.filter((other) => other !== 'mentioned' || state.access.hasColleagues || state.queue.view === other)));
  return (
    <section className="pane queue-pane" id="pane-queue" aria-label={t('queue.pane')} data-pane="queue">
      <Tabs.Root value={view} onValueChange={(value) => { const found = queueViews.find((other) => other === value); if (found !== undefined) showView(found); }} className="queue-tabs-root">
        <header className="queue-head">
          <div className="queue-title-line">
            <h2 className="queue-title">{t(`queue.view.${view}`)}</h2>
            <ViewCount view={view} className="queue-title-count" />
            <span className="spacer" />
            <AccountFilter />
            <SortMenu />
          </div>
          <Tabs.List className="queue-tabs" aria-label={t('queue.views')}>
            {views.map((other) => (
              <Tabs.Tab key={other} value={other} className="queue-tab" data-view={other}>
                {t(`queue.view.${other}`)} <ViewCount view={other} className="tab-count" />
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <TrayStrip />
        </header>
        <MarkedStrip />
        <Tabs.Panel value={view} className="queue-panel" tabIndex={-1}>
          <QueueList />
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  );
}

function ViewCount({ view, className }: { view: (typeof queueViews)[number]; className: string }) {
  const count = useApp((state) => state.counts[view]);
  return <span className={`${className}${view === 'overdue' && count > 0 ? ' is-bad' : ''}`}>{count}</span>;
}

/** Mails that belong to nobody we know; the line is gone when there are none. */
function TrayStrip() {
  const count = useApp((state) => state.counts.unplaced);
  if (count === 0) return null;
  return <button type="button" className="tray-strip" onClick={() => setState({ dialog: { type: 'tray' } })} data-action="tray.open"><Inbox size={13} aria-hidden="true" /><span>{t('tray.strip', { count })}</span><span className="spacer" /><Keys keys="g t" /></button>;
}

/** What can be done with the chosen rows; it lies over the foot of the list, so that no row moves. */
function MarkedStrip() {
  const count = useApp((state) => state.marked.length);
  if (count === 0) return null;
  return (
    <div className="marked-strip" role="status" data-test="marked">
      <Check size={13} aria-hidden="true" /><span>{t('queue.marked', { count })}</span><span className="spacer" />
      <Button small onClick={incidentFromMarked} data-action="incident.fromMarked"><Siren size={13} aria-hidden="true" />{t('queue.markedIncident')}</Button>
      <IconButton label={t('queue.markedClear')} onClick={unmark}><X size={14} aria-hidden="true" /></IconButton>
    </div>
  );
}

function SortMenu() {
  const sort = useApp((state) => state.queue.sort);
  return (
    <DropMenu
      align="end"
      trigger={<button type="button" className="icon-button" aria-label={t('queue.sortBy', { sort: t(`queue.sort.${sort}`) })} title={t('queue.sortBy', { sort: t(`queue.sort.${sort}`) })}><ArrowDownUp size={15} aria-hidden="true" /></button>}
      entries={(['priority', 'oldest'] as const).map((other) => ({ id: `sort.${other}`, label: t(`queue.sort.${other}`), checked: other === sort, run: () => sortQueue(other) }))}
    />
  );
}

function AccountFilter() {
  const accounts = useApp((state) => state.accounts);
  const accountId = useApp((state) => state.queue.accountId);
  const onlyAds = useApp((state) => state.queue.onlyAds);
  const hasX = accounts.some((account) => account.channel === 'x');
  if (accounts.length < 2 && !hasX && accountId === null && !onlyAds) return null;
  const chosen = accounts.find((account) => account.id === accountId);
  return (
    <>
      {onlyAds && <button type="button" className="filter-chip" onClick={() => filterAds(false)} aria-label={t('queue.clearAds')}>{t('queue.adsShort')} ×</button>}
      {chosen !== undefined && <button type="button" className="filter-chip" onClick={() => filterAccount(null)} aria-label={t('queue.clearFilter', { account: chosen.address })}>{chosen.address} ×</button>}
      <DropMenu
        align="end"
        trigger={<button type="button" className={`icon-button${chosen === undefined && !onlyAds ? '' : ' is-on'}`} aria-label={t('queue.filter')} title={t('queue.filter')}><Filter size={15} aria-hidden="true" /></button>}
        entries={[
          { id: 'filter.all', label: t('queue.allAccounts'), checked: accountId === null, run: () => filterAccount(null) },
          ...accounts.map((account) => ({ id: `filter.${account.id}`, label: account.address, checked: account.id === accountId, run: () => filterAccount(account.id) })),
          ...(hasX || onlyAds ? [{ id: 'filter.ads', label: t('queue.onlyAds'), checked: onlyAds, run: () => filterAds(!onlyAds) }] : []),
        ]}
      />
    </>
  );
}

