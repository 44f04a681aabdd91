import type { ConversationRow, Output, QueueSort, QueueView } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { nextAccount } from '../addressed.ts';
import { prefetch } from './conversation-actions.ts';
import type { QueueList } from '../model.ts';
import { saveSettings } from '../preferences.ts';
import { getState, setState } from '../store.ts';
import { speak } from '../toasts.ts';

const PAGE = 60;
const MOST = 200;
let asked = 0;

const byId = (rows: readonly ConversationRow[]): Record<string, ConversationRow> => Object.fromEntries(rows.map((row) => [row.id, row]));

async function reload(queue: Pick<QueueList, 'view' | 'sort' | 'accountId' | 'onlyAds'>): Promise<void> {
  asked += 1;
  const mine = asked;
  setState({ queue: { ...queue, ids: [], next: null, loading: true }, cursorId: null });
  const page = await call('queue.page', { ...queue, after: null, limit: PAGE });
  if (mine !== asked) return;
  setState((state) => ({
    conversations: page === null ? state.conversations : { ...state.conversations, ...byId(page.rows) },
    queue: { ...queue, ids: page?.rows.map((row) => row.id) ?? [], next: page?.next ?? null, loading: false },
    cursorId: page?.rows[0]?.id ?? null,
  }));
}

/** After a reset: the list as the agent had set it and as far as it was read, which a snapshot does not know. The old one stays on screen meanwhile. */
export async function restoreQueue({ view, sort, accountId, onlyAds, ids }: QueueList): Promise<void> {
  asked += 1;
  const mine = asked;
  let rows: readonly ConversationRow[] = [];
  let next: QueueList['next'] = null;
  do {
    const page: Output<'queue.page'> | null = await call('queue.page', { view, sort, accountId, onlyAds, after: next, limit: MOST });
    if (mine !== asked || page === null) return;
    rows = [...rows, ...page.rows];
    next = page.next;
  } while (next !== null && rows.length < ids.length);
  setState((state) => ({ conversations: { ...state.conversations, ...byId(rows) }, queue: { view, sort, accountId, onlyAds, ids: rows.map((row) => row.id), next, loading: false } }));
}

export function showView(view: QueueView): void {
  const { queue } = getState();
  if (queue.view === view) return;
  void saveSettings({ queueView: view });
  void reload({ view, sort: queue.sort, accountId: queue.accountId, onlyAds: queue.onlyAds });
}

/** A view with nothing left out. */
export function showWhole(view: QueueView): void {
  void saveSettings({ queueView: view });
  void reload({ view, sort: getState().queue.sort, accountId: null, onlyAds: false });
}

export function sortQueue(sort: QueueSort): void {
  const { queue } = getState();
  if (queue.sort === sort) return;
  void saveSettings({ queueSort: sort });
  void reload({ view: queue.view, sort, accountId: queue.accountId, onlyAds: queue.onlyAds });
}

export function filterAccount(accountId: string | null): void {
  const { view, sort, onlyAds } = getState().queue;
  void reload({ view, sort, accountId, onlyAds });
}

/** Each account alone, one after the other, then all again. */
export function walkAccounts(): void {
  const state = getState();
  const accountId = nextAccount(state, state.queue.accountId);
  filterAccount(accountId);
  speak(t('queue.showing', { account: state.accounts.find((account) => account.id === accountId)?.address ?? t('queue.allAccounts') }));
}

export function filterAds(onlyAds: boolean): void {
  const { view, sort, accountId } = getState().queue;
  void reload({ view, sort, accountId, onlyAds });
}

export async function loadMoreRows(): Promise<void> {
  const { queue } = getState();
  if (queue.loading || queue.next === null) return;
  asked += 1;
  const mine = asked;
  setState({ queue: { ...queue, loading: true } });
  const page = await call('queue.page', { view: queue.view, sort: queue.sort, accountId: queue.accountId, onlyAds: queue.onlyAds, after: queue.next, limit: PAGE });
  if (mine !== asked) return;
  setState((state) => {
    if (page === null) return { queue: { ...state.queue, loading: false, next: null } };
    const known = new Set(state.queue.ids);
    const fresh = page.rows.filter((row) => !known.has(row.id));
    return {
      conversations: { ...state.conversations, ...byId(page.rows) },
      queue: { ...state.queue, ids: [...state.queue.ids, ...fresh.map((row) => row.id)], next: page.next, loading: false },
    };
  });
}

export function moveCursor(step: number): void {
  const { queue, cursorId } = getState();
  if (queue.ids.length === 0) return;
  const at = cursorId === null ? -1 : queue.ids.indexOf(cursorId);
  const next = at === -1 ? 0 : Math.min(queue.ids.length - 1, Math.max(0, at + step));
  setState({ cursorId: queue.ids[next] ?? null });
  prefetch(queue.ids[next]);
  prefetch(queue.ids[next + Math.sign(step)]);
}


/** Chosen rows with one more or one less; `range` takes all between the last chosen one and this. Pure. */
export function markedWith(ids: readonly string[], marked: readonly string[], id: string, range: boolean): readonly string[] {
  const last = marked.at(-1);
  if (!range || last === undefined || last === id) return marked.includes(id) ? marked.filter((other) => other !== id) : [...marked, id];
  const [from, to] = [ids.indexOf(last), ids.indexOf(id)].toSorted((a, b) => a - b);
  if (from === undefined || to === undefined || from < 0) return [...marked, id];
  const between = ids.slice(from, to + 1);
  // The one pointed at comes last: the next range begins there.
  return [...new Set([...marked, ...between])].filter((other) => other !== id).concat(id);
}

export const mark = (id: string, range = false): void => setState((state) => ({ marked: markedWith(state.queue.ids, state.marked, id, range) }));
/** Says of the chosen rows that the same trouble hit them. */
export const incidentFromMarked = (): void => setState((state) => ({ dialog: { type: 'incidents', incidentId: null, conversationIds: state.marked } }));
export const unmark = (): void => setState({ marked: [] });
