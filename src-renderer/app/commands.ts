import type { ComposerMode } from '../../src-preload/contract/index.ts';
import { call } from '../bridge.ts';
import { answerMode } from '../composer/modes.ts';
import { movePrivate } from '../composer/x/move-private.ts';
import { usePrepared } from '../composer/drafts/prepared.ts';
import { answerAll } from '../composer/mail/reply-all.ts';
import { forwardHere } from '../composer/mail/forward.ts';
import { toggleOriginal } from '../composer/mail/quoted-original.tsx';
import { openHelpPages, takeSuggestion } from '../composer/responses/suggestions.ts';
import { t } from '../locales/index.ts';
import { denyGuess, dismissCall, openCall } from '../state/actions/call-actions.ts';
import { setMode, openConversation } from '../state/actions/conversation-actions.ts';
import { openNextLook } from '../state/actions/look-actions.ts';
import { markEntry } from '../state/actions/customer-actions.ts';
import { claim, markDone, markOutcome, reopen } from '../state/actions/desk-actions.ts';
import type { AppState } from '../state/model.ts';
import { heldSend, undoSend } from '../state/actions/outbox-actions.ts';
import { actOnFocused, newPost } from '../state/actions/post-actions.ts';
import { saveSettings } from '../state/preferences.ts';
import { incidentFromMarked, mark, moveCursor, showView, sortQueue, walkAccounts } from '../state/actions/queue-actions.ts';
import type { ActionId } from '../state/shortcuts.ts';
import { getState, setState } from '../state/store.ts';
import { cyclePane, focusPane, toggleCustomer, toggleQueue } from './pane-focus.ts';

export const commandGroups = ['conversation', 'write', 'go', 'window', 'setup'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  readonly key: ActionId | null;
  /** Not in the palette: walking keys make no sense there. */
  readonly hidden?: boolean;
  readonly isOn?: (state: AppState) => boolean;
  readonly run: () => void;
}

/** What a key means: the row the keyboard stands on while it is in the queue, else the open conversation. */
export function subject(): string | null {
  const { openId, cursorId } = getState();
  const inQueue = document.activeElement?.closest('[data-pane=queue]') != null;
  return inQueue ? (cursorId ?? openId) : (openId ?? cursorId);
}

const openCustomer = (): string | null => {
  const { openId, conversations } = getState();
  return openId === null ? null : (conversations[openId]?.customerId ?? null);
};
const withCustomer = (run: (customerId: string) => void) => (): void => {
  const id = openCustomer();
  if (id !== null) run(id);
};
const hasOpen = (state: AppState): boolean => state.openId !== null;

const hasX = (state: AppState): boolean => state.accounts.some((account) => account.channel === 'x');
const hasSubject = (state: AppState): boolean => state.openId !== null || state.cursorId !== null;
const withSubject = (run: (conversationId: string) => void) => (): void => {
  const id = subject();
  if (id !== null) run(id);
};

async function compose(conversationId: string, mode: ComposerMode): Promise<void> {
  if (getState().openId !== conversationId) await openConversation(conversationId);
  setMode(conversationId, mode);
}

/** Answers where the customer wrote last: the same key must never make a public post of the answer to a mail. */
async function answer(conversationId: string): Promise<void> {
  if (getState().openId !== conversationId) await openConversation(conversationId);
  const { conversations, timelines } = getState();
  const row = conversations[conversationId];
  const capabilities = timelines[conversationId]?.capabilities;
  if (row !== undefined && capabilities !== undefined) setMode(conversationId, answerMode(row, capabilities));
}

const view = (name: 'open' | 'mine' | 'mentioned' | 'unassigned' | 'vip' | 'overdue' | 'snoozed' | 'done'): Command => ({
  id: `view.${name}`, group: 'go', title: t('command.view', { view: t(`queue.view.${name}`) }), key: `view.${name}`, run: () => { showView(name); focusPane('queue'); },
});
const write = (id: 'compose.reply' | 'compose.dm' | 'compose.mail' | 'compose.note', mode: ComposerMode): Command => ({
  id, group: 'write', title: t(`command.write.${mode}`), key: id, isOn: hasSubject, run: withSubject((conversationId) => void compose(conversationId, mode)),
});

export const commands: readonly Command[] = [
  { id: 'queue.next', group: 'go', title: t('command.queueNext'), key: 'queue.next', hidden: true, run: () => { moveCursor(1); focusPane('queue'); } },
  { id: 'queue.previous', group: 'go', title: t('command.queuePrevious'), key: 'queue.previous', hidden: true, run: () => { moveCursor(-1); focusPane('queue'); } },
  { id: 'queue.open', group: 'go', title: t('command.queueOpen'), key: 'queue.open', hidden: true, run: () => { const { cursorId } = getState(); if (cursorId !== null) void openConversation(cursorId); } },
  { id: 'desk.done', group: 'conversation', title: t('command.done'), key: 'desk.done', isOn: hasSubject, run: withSubject((id) => void markDone(id)) },
  { id: 'desk.snooze', group: 'conversation', title: t('command.snooze'), key: 'desk.snooze', isOn: hasSubject, run: withSubject((conversationId) => setState({ dialog: { type: 'snooze', conversationId } })) },
  { id: 'desk.claim', group: 'conversation', title: t('command.claim'), key: 'desk.claim', isOn: hasSubject, run: withSubject((id) => void claim(id)) },
  { id: 'desk.assign', group: 'conversation', title: t('command.assign'), key: 'desk.assign', isOn: hasSubject, run: withSubject((conversationId) => setState({ dialog: { type: 'assign', conversationId } })) },
  { id: 'desk.reopen', group: 'conversation', title: t('command.reopen'), key: 'desk.reopen', isOn: hasSubject, run: withSubject((id) => void reopen(id)) },
  { id: 'compose.post', group: 'write', title: t('command.write.post'), key: 'compose.post', isOn: hasX, run: newPost },
  { id: 'compose.private', group: 'write', title: t('command.goPrivate'), key: 'compose.private', isOn: hasOpen, run: () => { const { openId } = getState(); if (openId !== null) movePrivate(openId); } },
  { id: 'post.delete', group: 'conversation', title: t('command.deletePost'), key: 'post.delete', isOn: hasOpen, hidden: true, run: () => actOnFocused(['delete']) },
  { id: 'post.hide', group: 'conversation', title: t('command.hideReply'), key: 'post.hide', isOn: hasOpen, hidden: true, run: () => actOnFocused(['hide', 'unhide']) },
  { id: 'compose.answer', group: 'write', title: t('command.write.answer'), key: 'compose.answer', isOn: hasSubject, run: withSubject((id) => void answer(id)) },
  write('compose.reply', 'reply'), write('compose.dm', 'dm'), write('compose.mail', 'mail'), write('compose.note', 'note'),
  { id: 'compose.replyAll', group: 'write', title: t('command.replyAll'), key: 'compose.replyAll', isOn: hasSubject, run: withSubject((id) => void compose(id, 'mail').then(() => answerAll(id))) },
  { id: 'compose.forward', group: 'write', title: t('command.forward'), key: 'compose.forward', isOn: hasOpen, run: () => { const { openId } = getState(); if (openId !== null) forwardHere(openId); } },
  { id: 'compose.original', group: 'write', title: t('command.original'), key: 'compose.original', isOn: hasOpen, run: () => { const { openId } = getState(); if (openId !== null) toggleOriginal(openId); } },
  ...(['first', 'second', 'third'] as const).map((place, index): Command => ({ id: `suggest.${place}`, group: 'write', title: t(`command.suggest.${place}`), key: `suggest.${place}`, hidden: true, isOn: hasOpen, run: () => void takeSuggestion(index) })),
  { id: 'compose.help', group: 'write', title: t('command.helpPage'), key: 'compose.help', isOn: hasOpen, run: openHelpPages },
  { id: 'call.log', group: 'write', title: t('command.logCall'), key: 'call.log', run: () => { const id = subject(); if (id === null) setState({ dialog: { type: 'call', conversationId: null, number: '' } }); else void compose(id, 'call'); } },
  { id: 'call.open', group: 'write', title: t('command.callOpen'), key: 'call.open', isOn: (state) => state.calls.length > 0, run: () => void openCall() },
  { id: 'call.deny', group: 'write', title: t('command.callDeny'), key: 'call.deny', isOn: (state) => state.calls.some((row) => row.guesses.length > 0), run: () => void denyGuess() },
  { id: 'call.dismiss', group: 'write', title: t('command.callDismiss'), key: 'call.dismiss', isOn: (state) => state.calls.length > 0, run: () => dismissCall() },
  { id: 'app.phone', group: 'setup', title: t('command.phone'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'phone' } }) },
  { id: 'call.pad', group: 'write', title: t('command.logUnknown'), key: 'call.pad', run: () => setState({ dialog: { type: 'call', conversationId: null, number: '' } }) },
  { id: 'outbox.undo', group: 'write', title: t('command.undoSend'), key: 'outbox.undo', isOn: () => heldSend() !== null, run: () => { const id = heldSend(); if (id !== null) void undoSend(id); } },
  { id: 'outbox.show', group: 'go', title: t('command.outbox'), key: null, run: () => setState({ dialog: { type: 'outbox' } }) },
  { id: 'heard.show', group: 'go', title: t('command.heard'), key: null, isOn: (state) => state.accounts.some((account) => account.channel === 'x'), run: () => setState({ dialog: { type: 'heard' } }) },
  { id: 'view.tray', group: 'go', title: t('command.tray'), key: 'view.tray', run: () => setState({ dialog: { type: 'tray' } }) },
  { id: 'look.next', group: 'go', title: t('command.look'), key: 'look.next', isOn: (state) => state.access.mayLook, run: () => void openNextLook() },
  { id: 'spend.show', group: 'go', title: t('command.spending'), key: null, isOn: (state) => state.accounts.some((account) => account.channel === 'x'), run: () => setState({ dialog: { type: 'spending' } }) },
  { id: 'promise.mark', group: 'conversation', title: t('command.mark'), key: 'promise.mark', isOn: hasOpen, run: markEntry },
  { id: 'promise.said', group: 'go', title: t('command.said'), key: null, run: () => setState({ dialog: { type: 'said' } }) },
  { id: 'followUp.show', group: 'go', title: t('command.followUps'), key: 'followUp.show', run: () => setState({ dialog: { type: 'followUps' } }) },
  { id: 'followUp.use', group: 'write', title: t('command.usePrepared'), key: 'followUp.use', isOn: hasOpen, run: withCustomer(usePrepared) },
  { id: 'customer.merge', group: 'conversation', title: t('command.merge'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'merge', customerId, otherId: null } })) },
  { id: 'customer.link', group: 'conversation', title: t('command.link'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'link', customerId } })) },
  view('open'), view('mine'), view('mentioned'), view('unassigned'), view('vip'), view('overdue'), view('snoozed'), view('done'),
  { id: 'queue.sort', group: 'go', title: t('command.sort'), key: 'queue.sort', run: () => sortQueue(getState().queue.sort === 'priority' ? 'oldest' : 'priority') },
  { id: 'queue.account', group: 'go', title: t('command.account'), key: 'queue.account', isOn: (state) => state.accounts.length > 1, run: () => { walkAccounts(); focusPane('queue'); } },
  { id: 'search.open', group: 'go', title: t('command.search'), key: 'search.open', hidden: true, run: () => setState({ dialog: { type: 'palette', text: '' } }) },
  { id: 'palette.open', group: 'go', title: t('command.palette'), key: 'palette.open', hidden: true, run: () => setState({ dialog: { type: 'palette', text: '' } }) },
  { id: 'pane.queue', group: 'window', title: t('command.paneQueue'), key: 'pane.queue', run: toggleQueue },
  { id: 'pane.customer', group: 'window', title: t('command.paneCustomer'), key: 'pane.customer', run: toggleCustomer },
  { id: 'pane.next', group: 'window', title: t('command.paneNext'), key: 'pane.next', hidden: true, run: () => cyclePane(1) },
  { id: 'pane.previous', group: 'window', title: t('command.panePrevious'), key: 'pane.previous', hidden: true, run: () => cyclePane(-1) },
  { id: 'help.shortcuts', group: 'window', title: t('command.shortcuts'), key: 'help.shortcuts', run: () => setState({ dialog: { type: 'shortcuts' } }) },
  { id: 'app.settings', group: 'setup', title: t('command.settings'), key: 'app.settings', run: () => setState({ dialog: { type: 'settings' } }) },
  { id: 'app.setup', group: 'setup', title: t('command.setup'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'setup' } }) },
  { id: 'app.responses', group: 'setup', title: t('command.responses'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'responses' } }) },
  { id: 'app.faq', group: 'setup', title: t('command.faq'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'faq' } }) },
  { id: 'app.rules', group: 'setup', title: t('command.rules'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'rules' } }) },
  { id: 'app.hours', group: 'setup', title: t('command.hours'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'hours' } }) },
  { id: 'rule.correct', group: 'conversation', title: t('command.rulesHere'), key: null, isOn: hasSubject, run: withSubject((conversationId) => setState({ dialog: { type: 'rulesHere', conversationId } })) },
  { id: 'desk.evaluate', group: 'conversation', title: t('command.evaluate'), key: 'desk.evaluate', isOn: hasSubject, run: withSubject((conversationId) => setState({ dialog: { type: 'tree', conversationId } })) },
  ...(['satisfied', 'neutral', 'dissatisfied', 'none'] as const).map((mark): Command => ({
    id: `outcome.${mark}`, group: 'conversation', title: t(`command.outcome.${mark}`), key: `outcome.${mark}`, isOn: hasSubject, run: withSubject((conversationId) => void markOutcome(conversationId, mark === 'none' ? null : mark)),
  })),
  { id: 'app.outcomes', group: 'go', title: t('command.outcomes'), key: null, run: () => setState({ dialog: { type: 'outcomes' } }) },
  { id: 'app.meter', group: 'go', title: t('command.meter'), key: null, run: () => setState({ dialog: { type: 'meter' } }) },
  { id: 'playbook.open', group: 'write', title: t('command.playbook'), key: 'playbook.open', isOn: hasOpen, run: () => { const { openId } = getState(); if (openId !== null) setState({ dialog: { type: 'playbook', conversationId: openId } }); } },
  { id: 'app.playbook', group: 'setup', title: t('command.playbookSetup'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'playbook' } }) },
  { id: 'queue.mark', group: 'go', title: t('command.markRow'), key: 'queue.mark', isOn: hasSubject, run: withSubject((id) => { if (getState().queue.ids.includes(id)) mark(id); }) },
  { id: 'incident.fromMarked', group: 'go', title: t('command.incidentFromMarked'), key: null, isOn: (state) => state.marked.length > 0, run: incidentFromMarked },
  { id: 'incident.open', group: 'go', title: t('command.incidents'), key: 'incident.open', run: () => setState({ dialog: { type: 'incidents', incidentId: null } }) },
  { id: 'app.limits', group: 'setup', title: t('command.limits'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'limits' } }) },
  { id: 'app.tree', group: 'setup', title: t('command.tree'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'tree' } }) },
  { id: 'app.fields', group: 'setup', title: t('command.fields'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'fields' } }) },
  { id: 'customer.export', group: 'conversation', title: t('rights.export'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'rights', customerId } })) },
  { id: 'customer.erase', group: 'conversation', title: t('rights.erase'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'erase', customerId } })) },
  { id: 'customer.files', group: 'conversation', title: t('command.files'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'files', customerId } })) },
  { id: 'customer.contacts', group: 'conversation', title: t('command.contacts'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'contacts', customerId, kind: null } })) },
  { id: 'customer.date', group: 'conversation', title: t('command.date'), key: null, isOn: hasOpen, run: withCustomer((customerId) => setState({ dialog: { type: 'customerDate', customerId, dateId: null } })) },
  { id: 'app.guards', group: 'setup', title: t('command.guards'), key: null, run: () => setState({ dialog: { type: 'settings', tab: 'guards' } }) },
  { id: 'customer.limit', group: 'conversation', title: t('command.limit'), key: null, isOn: hasSubject, run: withSubject((conversationId) => setState({ dialog: { type: 'limit', conversationId } })) },
  { id: 'app.theme', group: 'window', title: t('command.theme'), key: null, run: () => void saveSettings({ theme: ({ system: 'light', light: 'dark', dark: 'system' } as const)[getState().settings.theme] }) },
  { id: 'app.density', group: 'window', title: t('command.density'), key: null, run: () => void saveSettings({ density: getState().settings.density === 'compact' ? 'comfortable' : 'compact' }) },
  { id: 'window.open', group: 'window', title: t('command.newWindow'), key: 'window.open', run: () => void call('window.open', {}) },
  { id: 'app.agents', group: 'window', title: t('command.agents'), key: null, run: () => setState({ dialog: { type: 'agents' } }) },
  { id: 'app.accounts', group: 'setup', title: t('command.accounts'), key: null, run: () => setState({ dialog: { type: 'accounts' } }) },
  { id: 'app.connectMailbox', group: 'setup', title: t('command.mailbox'), key: null, run: () => setState({ dialog: { type: 'mailbox' } }) },
  { id: 'app.connectX', group: 'setup', title: t('command.x'), key: null, run: () => setState({ dialog: { type: 'x' } }) },
  { id: 'app.import', group: 'setup', title: t('command.import'), key: null, run: () => setState({ dialog: { type: 'import' } }) },
  { id: 'app.openDemo', group: 'setup', title: t('command.openDemo'), key: null, isOn: (state) => !state.workspace.isDemo, run: () => void call('app.openDemo', {}) },
  { id: 'app.leaveDemo', group: 'setup', title: t('command.leaveDemo'), key: null, isOn: (state) => state.workspace.isDemo, run: () => void call('app.leaveDemo', {}) },
];

export const runCommand = (id: string): void => commands.find((command) => command.id === id)?.run();
