import type {
  Access, AccountRow, CallRow, CallSources, Capability, ComposerMode, ConversationRow, Counts, Customer, Draft, Entry, EntryKind, Failure, FollowUp, Job, Notice, Output, OutboxRow, QueueSort, QueueView, Settings,
} from '../../src-preload/contract/index.ts';

type Snapshot = Output<'app.snapshot'>;
export type QueueCursor = NonNullable<Output<'queue.page'>['next']>;

export interface Timeline {
  /** Ascending; only what is loaded. */
  readonly ids: readonly number[];
  readonly hasOlder: boolean;
  /** The newest entries, where `ids` stand further back and do not reach them; pushes keep both true. */
  readonly tail: readonly number[] | null;
  readonly loading: boolean;
  readonly capabilities: readonly Capability[];
  /** Somebody wrote since the capabilities were read. */
  readonly capabilitiesStale: boolean;
  /** The oldest inbound entry that was unread when the conversation was opened. */
  readonly firstUnreadId: number | null;
}

export interface QueueList {
  readonly view: QueueView;
  readonly sort: QueueSort;
  readonly accountId: string | null;
  readonly onlyAds: boolean;
  readonly ids: readonly string[];
  readonly next: QueueCursor | null;
  readonly loading: boolean;
}

/** What the core told us. Only apply-change and the answers of the bridge write it. */
export interface Shared {
  readonly seq: number;
  readonly version: string;
  readonly shell: Snapshot['shell'];
  readonly workspace: Snapshot['workspace'];
  readonly settings: Settings;
  /** What this window's agent may do. */
  readonly access: Access;
  readonly counts: Counts;
  readonly accounts: readonly AccountRow[];
  readonly today: Snapshot['today'];
  readonly conversations: Readonly<Record<string, ConversationRow>>;
  readonly customers: Readonly<Record<string, Customer>>;
  readonly entries: Readonly<Record<number, Entry>>;
  readonly timelines: Readonly<Record<string, Timeline>>;
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly outbox: Readonly<Record<string, OutboxRow>>;
  readonly jobs: Readonly<Record<string, Job>>;
  /** The calls of this moment, as a telephone system tells them. */
  readonly calls: readonly CallRow[];
  readonly callSources: CallSources;
  /** What colleagues told this window's agent and is not read yet. */
  readonly notices: readonly Notice[];
  readonly queue: QueueList;
}

export type SettingsTab = 'you' | 'look' | 'sending' | 'keys' | 'responses' | 'faq' | 'guards' | 'hours' | 'rules' | 'tree' | 'limits' | 'playbook' | 'listening' | 'fields' | 'phone' | 'setup';

export type Dialog =
  | { readonly type: 'palette'; readonly text: string }
  | { readonly type: 'shortcuts' | 'accounts' | 'mailbox' | 'x' | 'import' | 'outbox' | 'spending' | 'meter' | 'outcomes' | 'heard' | 'tray' | 'followUps' | 'agents' | 'newPost' }
  | { readonly type: 'settings'; readonly tab?: SettingsTab }
  | { readonly type: 'snooze' | 'assign' | 'takeOver' | 'limit' | 'rulesHere' | 'tree'; readonly conversationId: string }
  | { readonly type: 'signInAgain'; readonly accountId: string }
  | { readonly type: 'mailFolders'; readonly accountId: string; readonly isNew?: boolean }
  | { readonly type: 'mailServers'; readonly accountId: string }
  | { readonly type: 'call'; readonly conversationId: string | null; readonly number: string; readonly callId?: string; readonly direction?: 'inbound' | 'outbound' }
  | { readonly type: 'mail'; readonly messageId: number }
  | { readonly type: 'picture'; readonly entryId: number; readonly at: number }
  | { readonly type: 'attachedMail'; readonly attachmentId: string; readonly name: string }
  | { readonly type: 'merge'; readonly customerId: string; readonly otherId: string | null }
  | { readonly type: 'link'; readonly customerId: string }
  | { readonly type: 'mark'; readonly entryId: number; readonly quote: string }
  | { readonly type: 'said' }
  | { readonly type: 'look'; readonly outboxId: string; readonly conversationId: string; readonly failure: Failure | null }
  | { readonly type: 'playbook'; readonly conversationId: string }
  | { readonly type: 'incidents'; readonly incidentId: string | null; readonly conversationIds?: readonly string[] }
  | { readonly type: 'gift'; readonly conversationId: string; readonly promiseId: string | null }
  | { readonly type: 'followUp'; readonly followUp: FollowUp }
  | { readonly type: 'contacts'; readonly customerId: string; readonly kind: EntryKind | null }
  | { readonly type: 'files' | 'rights' | 'erase'; readonly customerId: string }
  | { readonly type: 'customerDate'; readonly customerId: string; readonly dateId: string | null };

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** What belongs to this window alone. */
export interface Local {
  readonly phase: 'starting' | 'ready' | 'failed';
  readonly failure: Failure | null;
  readonly openId: string | null;
  /** Where the keyboard stands in the queue; not the same as what is open. */
  readonly cursorId: string | null;
  /** Rows of the queue chosen to do something with together. */
  readonly marked: readonly string[];
  /** An entry to bring into view, once. */
  readonly target: { readonly conversationId: string; readonly entryId: number } | null;
  readonly modes: Readonly<Record<string, ComposerMode>>;
  /** Conversations in which a public line stands beside the private draft. */
  readonly moved: Readonly<Record<string, true>>;
  readonly composerFocus: number;
  readonly dialog: Dialog | null;
  readonly toasts: readonly Toast[];
  readonly drawer: 'queue' | 'customer' | null;
  readonly queueHidden: boolean;
  readonly spoken: string;
  readonly welcomeDismissed: boolean;
}

export type AppState = Shared & Local;

export const draftKey = (conversationId: string, mode: string): string => `${conversationId}:${mode}`;
