import type { Push } from '../../../src-preload/contract/index.ts';
import { accessHere, assertMayRule, changesRules, quietAt, startOfDay, updateSettings } from '../../desk/index.ts';
import { tables } from '../../store/index.ts';
import { changeSet, countsOf } from '../feed.ts';
import type { Handlers } from '../router.ts';
import { agentOf, assertProved, did, settingsNow, type HandlerContext } from './context.ts';

const FIRST_PAGE = 60;

export const appHandlers = (c: HandlerContext): Pick<Handlers, 'app.snapshot' | 'app.openDemo' | 'app.leaveDemo' | 'changes.since' | 'queue.page' | 'settings.update' | 'quiet.preview' | 'link.open' | 'job.cancel'> => ({
  'app.snapshot': () => {
    const { store, accounts, jobs, calls, callSources } = c.workspace();
    const now = c.clock.now();
    const settings = settingsNow(c);
    const access = accessHere(store.read, agentOf(c));
    const rows = accounts.rows();
    const queue = tables.queuePage(store.read, { view: settings.queueView, sort: settings.queueSort, accountId: null, me: settings.agentInitials, after: null, limit: FIRST_PAGE });
    return {
      seq: store.seq(), version: c.version,
      workspace: {
        id: tables.settingOf(store.read, 'workspace') ?? '', name: c.isDemo() ? 'Demo desk' : 'My desk', isDemo: c.isDemo(), hasAccounts: rows.length > 0,
        isEmpty: store.read.get('SELECT 1 FROM message LIMIT 1') === undefined,
      },
      shell: c.shell, settings, access, counts: countsOf(store.read, { ...settings, ...access }, now), notices: tables.unseenNotices(store.read, settings.agentInitials), accounts: rows, queue, outbox: tables.outboxViews(store.read, 'unfinished'), jobs: jobs.list(), calls: calls.rows(), callSources: callSources.state(),
      today: tables.todayCounts(store.read, startOfDay(settings.officeZone, now)), now,
    };
  },
  'app.openDemo': async () => {
    await c.switchTo('demo');
    return { seq: c.workspace().store.seq() };
  },
  'app.leaveDemo': async () => {
    await c.switchTo('own');
    return { seq: c.workspace().store.seq() };
  },
  'changes.since': ({ seq }): Push => {
    const { store } = c.workspace();
    const touched = store.changesSince(seq);
    if (touched === null || touched.rows === null) return { type: 'reset', seq: store.seq(), reason: 'bulk' };
    return changeSet(store.read, { seq: touched.seq, rows: touched.rows }, seq, c.clock.now())(c.seat);
  },
  'queue.page': (q) => tables.queuePage(c.workspace().store.read, { ...q, me: settingsNow(c).agentInitials }),
  'settings.update': ({ patch }) => {
    if (changesRules(patch)) {
      // Whoever may not is told so before they are asked for a PIN.
      assertMayRule(c.workspace().store.read, agentOf(c));
      assertProved(c);
    }
    return did(c, updateSettings, { agentId: agentOf(c), patch: Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) });
  },
  'quiet.preview': ({ quiet }) => ({ now: c.clock.now(), ...quietAt(quiet, settingsNow(c).officeZone, c.clock.now()) }),
  'link.open': async ({ url }) => {
    await c.openLink(url);
    return {};
  },
  'job.cancel': ({ jobId }) => {
    c.workspace().jobs.cancel(jobId);
    return {};
  },
});
