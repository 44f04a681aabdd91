import { lazy, Suspense } from 'react';
import { setState, useApp } from '../../state/store.ts';
import { Palette } from '../palette/palette.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { SnoozeDialog } from './snooze-dialog.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';

const AgentsDialog = lazy(() => import('./agents-dialog.tsx'));
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'));
const AccountsDialog = lazy(() => import('./accounts-dialog.tsx'));
const MailboxDialog = lazy(() => import('./mailbox-dialog.tsx'));
const XDialog = lazy(() => import('./x-dialog.tsx'));
const ImportDialog = lazy(() => import('./import-dialog.tsx'));
const SettingsDialog = lazy(() => import('./settings-dialog.tsx'));
const LimitDialog = lazy(() => import('./limit-dialog.tsx'));
const RulesHereDialog = lazy(() => import('./rules-here-dialog.tsx'));
const TreeDialog = lazy(() => import('./tree-dialog.tsx'));
const MeterDialog = lazy(() => import('./meter-dialog.tsx'));
const OutboxDialog = lazy(() => import('./outbox-dialog.tsx'));
const HeardDialog = lazy(() => import('./heard-dialog.tsx'));
const SpendDialog = lazy(() => import('./spend-dialog.tsx'));
const CallDialog = lazy(() => import('./call-dialog.tsx'));
const MailDialog = lazy(() => import('./mail-dialog.tsx'));
const PictureDialog = lazy(() => import('./picture-dialog.tsx'));
const ContactsDialog = lazy(() => import('./contacts-dialog.tsx'));
const MergeDialog = lazy(() => import('./merge-dialog.tsx'));
const LinkDialog = lazy(() => import('./link-dialog.tsx'));
const MarkDialog = lazy(() => import('./mark-dialog.tsx'));
const EraseDialog = lazy(() => import('./rights/erase-dialog.tsx'));
const ExportDialog = lazy(() => import('./rights/export-dialog.tsx'));
const FilesDialog = lazy(() => import('./files-dialog.tsx'));
const DateDialog = lazy(() => import('./date-dialog.tsx'));
const FollowUpDialog = lazy(() => import('./follow-up/edit-dialog.tsx'));
const FollowUpsDialog = lazy(() => import('./follow-up/list-dialog.tsx'));
const NewPostDialog = lazy(() => import('./new-post-dialog.tsx'));
const SaidDialog = lazy(() => import('./said-dialog.tsx'));

/** The one dialog that is open. */
export default function Dialogs() {
  const dialog = useApp((state) => state.dialog);
  const close = (): void => setState({ dialog: null });
  if (dialog === null) return null;
  switch (dialog.type) {
    case 'palette': return <Palette text={dialog.text} onClose={close} />;
    case 'snooze': return <SnoozeDialog conversationId={dialog.conversationId} onClose={close} />;
    case 'assign': return <AssignDialog conversationId={dialog.conversationId} onClose={close} />;
    case 'takeOver': return <TakeOverDialog conversationId={dialog.conversationId} onClose={close} />;
    case 'agents': return <Suspense><AgentsDialog onClose={close} /></Suspense>;
    case 'shortcuts': return <Suspense><ShortcutSheet onClose={close} /></Suspense>;
    case 'accounts': return <Suspense><AccountsDialog onClose={close} /></Suspense>;
    case 'mailbox': return <Suspense><MailboxDialog onClose={close} /></Suspense>;
    case 'x': return <Suspense><XDialog onClose={close} /></Suspense>;
    case 'signInAgain': return <Suspense><XDialog accountId={dialog.accountId} onClose={close} /></Suspense>;
    case 'import': return <Suspense><ImportDialog onClose={close} /></Suspense>;
    case 'rulesHere': return <Suspense><RulesHereDialog conversationId={dialog.conversationId} onClose={close} /></Suspense>;
    case 'tree': return <Suspense><TreeDialog conversationId={dialog.conversationId} onClose={close} /></Suspense>;
    case 'meter': return <Suspense><MeterDialog onClose={close} /></Suspense>;
    case 'limit': return <Suspense><LimitDialog conversationId={dialog.conversationId} onClose={close} /></Suspense>;
    case 'settings': return <Suspense><SettingsDialog tab={dialog.tab ?? 'you'} onClose={close} /></Suspense>;
    case 'outbox': return <Suspense><OutboxDialog onClose={close} /></Suspense>;
    case 'newPost': return <Suspense><NewPostDialog onClose={close} /></Suspense>;
    case 'heard': return <Suspense><HeardDialog onClose={close} /></Suspense>;
    case 'spending': return <Suspense><SpendDialog onClose={close} /></Suspense>;
    case 'call': return <Suspense><CallDialog conversationId={dialog.conversationId} number={dialog.number} onClose={close} /></Suspense>;
    case 'mail': return <Suspense><MailDialog messageId={dialog.messageId} onClose={close} /></Suspense>;
    case 'picture': return <Suspense><PictureDialog entryId={dialog.entryId} at={dialog.at} onClose={close} /></Suspense>;
    case 'merge': return <Suspense><MergeDialog key={dialog.otherId ?? ''} customerId={dialog.customerId} otherId={dialog.otherId} onClose={close} /></Suspense>;
    case 'link': return <Suspense><LinkDialog customerId={dialog.customerId} onClose={close} /></Suspense>;
    case 'mark': return <Suspense><MarkDialog entryId={dialog.entryId} quote={dialog.quote} onClose={close} /></Suspense>;
    case 'followUps': return <Suspense><FollowUpsDialog onClose={close} /></Suspense>;
    case 'followUp': return <Suspense><FollowUpDialog key={dialog.followUp.id} followUp={dialog.followUp} onClose={close} /></Suspense>;
    case 'rights': return <Suspense><ExportDialog customerId={dialog.customerId} onClose={close} /></Suspense>;
    case 'erase': return <Suspense><EraseDialog customerId={dialog.customerId} onClose={close} /></Suspense>;
    case 'files': return <Suspense><FilesDialog customerId={dialog.customerId} onClose={close} /></Suspense>;
    case 'customerDate': return <Suspense><DateDialog customerId={dialog.customerId} dateId={dialog.dateId} onClose={close} /></Suspense>;
    case 'said': return <Suspense><SaidDialog onClose={close} /></Suspense>;
    case 'contacts': return <Suspense><ContactsDialog customerId={dialog.customerId} kind={dialog.kind} onClose={close} /></Suspense>;
  }
}
