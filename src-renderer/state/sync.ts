import type { Output, Push } from '../../src-preload/contract/index.ts';
import { ask, bridge } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { afterFrame, isDrawing } from './after-frame.ts';
import { applyPush, hasGap } from './apply-change.ts';
import { openConversation, refreshConversation } from './actions/conversation-actions.ts';
import { dial, hearCalls } from './actions/call-actions.ts';
import { desktopNotices, showOnDesktop } from './notices.ts';
import { restoreQueue } from './actions/queue-actions.ts';
import { getState, setState } from './store.ts';
import { speak } from './toasts.ts';

type Snapshot = Output<'app.snapshot'>;

let runMenu: (action: string) => void = () => undefined;
/** What menu entries, deep links and a second start run. */
export function onMenu(run: (action: string) => void): void {
  runMenu = run;
}

/** Starts the window's life: pushes first, so that none falls between them and the snapshot. */
export function startSync(): () => void {
  let held: Push[] | null = [];
  let isCatchingUp = false;

  const receive = (push: Push): void => {
    // What comes while a frame is drawn for a key would have to be drawn with it.
    if (isDrawing()) afterFrame(() => handle(push));
    else handle(push);
  };

  const handle = (push: Push): void => {
    if (held !== null) held.push(push);
    else if (push.type === 'menu') runMenu(push.action);
    else if (push.type === 'dial') dial(push);
    else if (push.type === 'reset') void load();
    else if (hasGap(getState(), push)) void catchUp();
    else take(push);
  };

  const drain = (): void => {
    const waiting = held ?? [];
    held = null;
    for (const push of waiting) handle(push);
  };

  const load = async (): Promise<void> => {
    held ??= [];
    // A reset that waits among them is answered by the very snapshot now asked for.
    held = held.filter((push) => push.type !== 'reset');
    const answer = await ask('app.snapshot', {});
    if (!answer.ok) {
      setState({ phase: 'failed', failure: answer.error });
      drain();
      return;
    }
    takeSnapshot(answer.value);
    drain();
  };

  const catchUp = async (): Promise<void> => {
    if (isCatchingUp) return;
    isCatchingUp = true;
    held ??= [];
    const answer = await ask('changes.since', { seq: getState().seq });
    isCatchingUp = false;
    if (!answer.ok || answer.value.type !== 'changes') {
      await load();
      return;
    }
    // Whatever `since` it names, this answer closes the gap.
    take(answer.value);
    drain();
  };

  const stop = bridge().onPush(receive);
  void load();
  return stop;
}

function take(push: Push): void {
  const before = getState();
  setState((state) => applyPush(state, push));
  if (push.type === 'calls') hearCalls(before.calls, push.calls);
  if (push.type !== 'changes') return;
  showOnDesktop(desktopNotices(before, push));
  for (const { id, into } of push.goneConversations) if (before.openId === id) { if (into === null) setState({ openId: null }); else void openConversation(into); }
  for (const id of push.reread) if (getState().timelines[id] !== undefined) void refreshConversation(id);
  const heard = push.entries.find((entry) => entry.direction === 'inbound' && entry.conversationId === before.openId && before.entries[entry.id] === undefined);
  if (heard !== undefined) speak(t('live.newMessage', { name: heard.author, text: heard.text.slice(0, 120) }));
  for (const row of push.outbox) {
    const was = before.outbox[row.id]?.delivery.state;
    const { state } = row.delivery;
    if (was !== undefined && was !== state && (state === 'sent' || state === 'refused' || state === 'unknown')) speak(t(`live.${state}`, { name: row.customerName }));
  }
}

function takeSnapshot(snapshot: Snapshot): void {
  const before = getState();
  // Somebody else at this window begins where they left off.
  const isSameWorkspace = before.phase === 'ready' && before.workspace.id === snapshot.workspace.id && before.settings.agentInitials === snapshot.settings.agentInitials;
  const wanted = isSameWorkspace ? before.openId : snapshot.settings.selectedConversation;
  const kept = isSameWorkspace && wanted !== null ? before.timelines[wanted] : undefined;
  const keepsQueue = isSameWorkspace && (before.queue.view !== snapshot.settings.queueView || before.queue.sort !== snapshot.settings.queueSort || before.queue.accountId !== null || before.queue.onlyAds || before.queue.ids.length > snapshot.queue.rows.length);
  setState({
    phase: 'ready', failure: null,
    seq: snapshot.seq, version: snapshot.version, shell: snapshot.shell, workspace: snapshot.workspace, settings: snapshot.settings, access: snapshot.access, counts: snapshot.counts,
    accounts: snapshot.accounts, today: snapshot.today, notices: snapshot.notices, calls: snapshot.calls, callSources: snapshot.callSources,
    jobs: Object.fromEntries(snapshot.jobs.map((job) => [job.id, job])),
    outbox: Object.fromEntries(snapshot.outbox.map((row) => [row.id, row])),
    conversations: { ...(isSameWorkspace ? before.conversations : {}), ...Object.fromEntries(snapshot.queue.rows.map((row) => [row.id, row])) },
    ...(kept === undefined || wanted === null
      ? { customers: {}, entries: {}, timelines: {}, openId: null }
      // What is being read stays on screen until it is read anew.
      : { timelines: { [wanted]: kept } }),
    drafts: {},
    queue: keepsQueue ? before.queue : {
      view: snapshot.settings.queueView, sort: snapshot.settings.queueSort, accountId: null, onlyAds: false,
      ids: snapshot.queue.rows.map((row) => row.id), next: snapshot.queue.next, loading: false,
    },
    cursorId: isSameWorkspace && before.cursorId !== null ? before.cursorId : (snapshot.queue.rows[0]?.id ?? null),
    marked: isSameWorkspace ? before.marked : [], target: null, dialog: isSameWorkspace ? before.dialog : null, welcomeDismissed: isSameWorkspace && before.welcomeDismissed,
  });
  if (keepsQueue) void restoreQueue(before.queue);
  if (kept !== undefined && wanted !== null) void refreshConversation(wanted);
  else if (wanted !== null) void openConversation(wanted);
}

/** The day's figures come with a snapshot only; asked when they are about to be shown. */
export async function refreshToday(): Promise<void> {
  const answer = await ask('app.snapshot', {});
  if (answer.ok) setState({ today: answer.value.today });
}
