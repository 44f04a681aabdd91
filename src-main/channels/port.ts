import type { Clock, Log, Random } from '../kernel/index.ts';
import type { AccountInput, AccountRow, CallOutcome, ConnectionState, DeliveryFailure, Doubt, EarlierVersion, IdentityBasis, Invitation, MailChange, MailFolder, MailSettings, MediaItem, OtherPost, PostCounts, ReplySettings, SignInInput, TestStep } from '../../src-preload/contract/index.ts';

/** One side of a message as its channel knows it. */
export interface Party {
  kind: 'x' | 'email' | 'phone';
  /** Normalised and stable: X user id, lower-case address, E.164 number (or the digits when it is no valid number). */
  value: string;
  /** As people write it: "@maria", "Maria@Example.org", "+44 7700 900123". */
  display: string;
  /** Name as the person writes it, or null. */
  name: string | null;
}

/** A file that came with a message; its bytes lie in the content store under `sha256` before the event is handed in. */
export interface StoredFile {
  sha256: string;
  name: string;
  /** MIME type as declared, lower case. */
  type: string;
  size: number;
  contentId: string | null;
  alt: string | null;
}

export type MessageDetail =
  | {
      type: 'mail'; from: string; to: string[]; cc: string[]; messageId: string | null;
      automatic: 'no' | 'auto_reply' | 'bounce' | 'delayed' | 'bulk'; unreadable: string | null;
      failures?: DeliveryFailure[]; invitation?: Invitation; replyTo?: string[]; isFormatted?: boolean; forwards?: number;
    }
  | {
      type: 'post'; postId: string; url: string; inReplyTo: string | null; conversationId: string;
      quoted: OtherPost | null; isPromoted: boolean; replyAllowed: boolean;
      /** What the post answers, where it was read. */
      parent?: OtherPost | null; media?: MediaItem[]; edits?: EarlierVersion[]; replySettings?: ReplySettings; counts?: PostCounts;
    }
  | { type: 'dm'; eventId: string; peerId: string; encrypted: boolean; media?: MediaItem[] }
  | {
      type: 'call'; number: string; callDirection: 'inbound' | 'outbound'; startedAt: number; durationMs: number;
      outcome: CallOutcome; agent: string; disposition: string | null;
    };

export interface MessageEvent {
  type: 'message';
  /** Unique within the account and stable over every re-read: X post or DM event id, mail Message-ID (or a hash of the raw mail when it has none), Call-ID. */
  externalId: string;
  kind: 'post' | 'dm' | 'mail' | 'call';
  direction: 'inbound' | 'outbound';
  /** ms UTC, as the source dates it, never later than now. */
  at: number;
  /** The customer's side, whoever wrote. */
  party: Party;
  /** Who wrote it, for the eye. */
  author: string;
  subject: string | null;
  /** Plain text for reading, search and preview. */
  text: string;
  /**
   * Keys that tie it to earlier messages of the same customer, most telling first: our own outbox key, Message-IDs of In-Reply-To and
   * References (newest first), "thread-index:…", "x-conversation:…", "x-dm:…".
   */
  references: string[];
  /** Keys under which later messages may refer to this one (its Message-ID, "x-conversation:…"). */
  threadKeys: string[];
  /** When we wrote it: our own idempotency key found on it (X-Parley-Id header, text match on X). Settles the outbox row instead of making a second entry. */
  ownKey: string | null;
  files: StoredFile[];
  /** Pictures that belong to it and are fetched later: their keys are in `detail.media`. */
  wanted?: { key: string; url: string }[];
  /** Every id of an edited post, oldest first, its own included; absent where nothing was edited. */
  versions?: string[];
  detail: MessageDetail;
  /** Read at its source already (\Seen, older than the import line). */
  isSeen: boolean;
  /** Where it lies at its source, for a source that takes marks. `epoch` tells one numbering of a folder from the next. */
  place?: { path: string; epoch: string; key: number };
  /** Why its party, when nobody knows it, becomes no customer; absent for a person who writes to us. */
  doubt?: Doubt;
}

/** A mark the source of a message is still to be given. */
export interface OwedMark { path: string; epoch: string; key: number; isSeen: boolean; isAnswered: boolean }

export type ChannelEvent =
  | MessageEvent
  /** Gone at its source: text and files must go here too, the row stays as a tombstone. */
  | { type: 'deleted'; externalId: string; at: number }
  /** A picture wanted for a message: here it is, or when to try again, or (both null) it cannot be had. */
  | { type: 'media'; externalId: string; key: string; file: StoredFile | null; retryAt: number | null }
  | { type: 'counts'; externalId: string; counts: PostCounts }
  /** Read at their source by somebody, perhaps in another program. */
  | { type: 'seen'; path: string; epoch: string; keys: number[] }
  /** They are not where they lay any more: deleted at their source, or moved. */
  | { type: 'gone'; path: string; epoch: string; keys: number[] }
  /** All of a folder is known under this numbering: what was not found again is gone. */
  | { type: 'renumbered'; path: string; epoch: string }
  /** Folders a person can have read besides those always read. */
  | { type: 'folders'; paths: string[] }
  /** Their source has taken these marks. */
  | { type: 'marked'; path: string; epoch: string; keys: number[]; isSeen: boolean; isAnswered: boolean }
  /** A company's customer list says who is who: identities of one person, with the basis on which they were linked. */
  | {
      type: 'contact'; at: number; name: string; identities: Party[]; basis: IdentityBasis; isVip: boolean; vipNote: string | null;
      note: string | null; language: string | null; tags: string[];
    }
  /** A post that speaks of us without addressing us, found by one of the watch words. */
  | { type: 'heard'; word: string; message: MessageEvent }
  /** Priced things were read or written: `count` of them, for `usd` US dollars together. */
  | { type: 'spent'; at: number; usd: number; action: string; count: number };

/** Events of one round trip and where to resume after them. Both are committed together or not at all. */
export interface Batch {
  accountId: string;
  origin: 'live' | 'backfill' | 'import';
  events: ChannelEvent[];
  /** Cursor values to store: name -> value (at most 4 kB each). */
  cursors: Record<string, string>;
  /**
   * For a page of history that is handed in before the one before it is committed: cursor values it goes on from (null: none). Where others
   * are stored it is refused: a cursor must not go past a page that was lost.
   */
  after?: Record<string, string | null>;
  /** The next page is ready: this one may be committed together with it. */
  isFollowed?: boolean;
}

/** What is written: an answer in public, a post of our own, a direct message, a mail. */
export type WriteMode = 'reply' | 'post' | 'dm' | 'mail';
/** What is done to a post that is there already: our own taken away, a reply under ours hidden and shown again. */
export type ActionMode = 'delete' | 'hide' | 'unhide';
export type OutgoingMode = WriteMode | ActionMode;

/** An earlier mail under the text of a new one. */
export interface QuotedMail {
  kind: 'answer' | 'forward';
  /** "On 3 May, Maria wrote:", or the head of the mail passed on. */
  lead: string;
  text: string;
  /** A mail passed on with its formatting: sanitised, its pictures named as the files that go along. */
  html?: string;
}

/** What a send carries. Built at enqueue, stored, and the same bytes at every attempt. */
export interface OutgoingItem {
  outboxId: string;
  /** Made at enqueue: the final Message-ID for mail, an opaque key elsewhere. */
  idempotencyKey: string;
  /** Counts from 1. */
  attempt: number;
  mode: OutgoingMode;
  to: string[];
  cc: string[];
  /** Blind copies: in the envelope only. Absent where there is none. */
  bcc?: string[];
  subject: string | null;
  text: string;
  /** External id of the message answered, or acted on. */
  inReplyTo: string | null;
  /** Message-IDs for the References header, oldest first. */
  references: string[];
  /** X user id for a DM. */
  peerId: string | null;
  files: StoredFile[];
  /** @names X puts before a reply by itself: free at its beginning. */
  leading?: string[];
  /** Mail: the text is written with the signs of `markup.ts`. */
  isMarked?: true;
  /** Mail: what stands under the text. */
  quoted?: QuotedMail;
  enqueuedAt: number;
  /** One of several posts that follow each other: the outbox rows of all of them, and which one this is (from 0). Each answers the one before. */
  thread?: { ids: string[]; part: number };
}

/** How a send ended. `unknown` = it may have left: never sent again without proof. A thrown error counts as unknown. */
export type SendOutcome =
  | { type: 'sent'; externalId: string; at: number; detail: MessageDetail; threadKeys: string[] }
  /** An action is in effect. */
  | { type: 'done' }
  /** Proven not to have left. */
  | { type: 'retry'; waitsFor: 'network' | 'rate_limit' | 'retry'; retryAt: number | null; problem: string }
  | { type: 'auth_needed'; problem: string }
  | { type: 'refused'; problem: string }
  | { type: 'unknown'; problem: string };

/** Why an item could not be made ready; nothing of it can be seen at the other side. */
export type PrepareOutcome = Extract<SendOutcome, { type: 'retry' | 'auth_needed' | 'refused' }>;

/** What reading back found. `not_found` only when the place where it would lie was read completely. */
export type ReconcileOutcome =
  | Extract<SendOutcome, { type: 'sent' | 'done' }>
  | { type: 'not_found' }
  | { type: 'undecided'; problem: string; retryAt: number | null };

export interface ConnectionStatus {
  state: ConnectionState;
  /** One sentence for a person. */
  status: string;
  retryAt: number | null;
  progress: { done: number; total: number } | null;
}

/** Content-addressed files. */
export interface FileStore {
  /** Stores bytes (durably: fsync before return) and returns their lower-case hex SHA-256. */
  put(bytes: Uint8Array): string;
  /** Stores many and waits for the disk once for all of them, without holding up this thread. In the order given; durable when it resolves. */
  putAll(files: readonly Uint8Array[]): Promise<string[]>;
  /** Throws ParleyError not_found when the bytes are not here. */
  get(sha256: string): Uint8Array;
  /** Bytes `from` up to `to` (exclusive) of it, without reading the rest. */
  slice(sha256: string, from: number, to: number): Uint8Array;
  /** The folder they lie in, so that another thread can open the same; absent where they are kept in memory only. */
  folder?: string;
}

export interface ChannelContext {
  account: { id: string; name: string; address: string; config: unknown };
  /** Secrets of this account, as stored by `saveSecrets`. Throws ParleyError auth_needed when they cannot be unlocked. */
  secrets(): Promise<Record<string, string>>;
  /** Durable before it resolves (single-use refresh tokens). */
  saveSecrets(secrets: Record<string, string>): Promise<void>;
  clock: Clock;
  random: Random;
  log: Log;
  files: FileStore;
  cursor(name: string): string | null;
  /** All of them. */
  cursors(): Record<string, string>;
  /** Resolves when events and cursors are committed. */
  sink(batch: Batch): Promise<void>;
  /** What is listened for without being addressed: words and handles (empty when another account does it), and our own handles, which are read anyway. */
  watch(): { words: readonly string[]; ownHandles: readonly string[] };
  /** Public threads of open conversations on this account, newest first, each with the customer who wrote in it. */
  openThreads(limit: number): { conversationId: string; userId: string }[];
  setStatus(status: ConnectionStatus): void;
  /** US dollars that may still be spent on reading (Infinity without a limit), when there is money again, and why it stops, in one sentence. */
  budget(): { usd: number; endsAt: number; sentence: string };
  /** Marks still to be given at the source, some hundreds at a time; kept until a `marked` event says it is done. */
  owed(): Promise<OwedMark[]>;
  /** What is known to lie in a folder of the source, by its numberings. */
  places(path: string): Promise<{ epoch: string; keys: number[] }[]>;
  /** External ids of messages with open conversations on this account, newest first, for tombstone checks. */
  recentExternalIds(kind: 'post' | 'dm' | 'mail', limit: number): string[];
  /** Posts of others that are quoted or answered in open conversations: for the same checks. */
  recentReferences(limit: number): string[];
  /** A post of this account's conversations that is here already. */
  knownPost(externalId: string): { author: string; text: string; isPromoted: boolean } | null;
  /** Pictures of messages that are still to be fetched now, newest first. */
  wantedMedia(limit: number): { externalId: string; key: string; url: string; tries: number }[];
}

/** A running account. Channels import kernel, this port and their own library; never the store, never each other. */
export interface Channel {
  /** Connects and keeps reading until stopped; never throws, never gives up: what is wrong goes to `setStatus`. */
  start(): void;
  /** Stops reading and closes sockets. A send under way is finished first (at most a few seconds). */
  stop(): Promise<void>;
  /** Read now (network is back, the person asked, a push hint came). Resolves when one round is done or has failed. */
  poll(): Promise<void>;
  /** Brings files to where the item will name them, before its one attempt; may be repeated. Null = ready. Absent where a send carries its own files. */
  prepare?(item: OutgoingItem, signal: AbortSignal): Promise<PrepareOutcome | null>;
  /** Something new is owed to the source. */
  marksWait?(): void;
  /** Folders there are at the source now; rejects with ParleyError where nobody can be asked. Absent where a channel has none. */
  folders?(): Promise<MailFolder[]>;
  send(item: OutgoingItem): Promise<SendOutcome>;
  reconcile(item: OutgoingItem): Promise<ReconcileOutcome>;
}

export interface SignedIn { config: Record<string, unknown>; secrets: Record<string, string>; address: string }

/** A sign-in under way in the person's browser. */
export interface SignInUnderWay {
  /** The page to open. */
  url: string;
  /** Where it leads back to. */
  redirectUri: string;
  expiresAt: number;
  /** What the person types in on that page; null where the page leads back by itself. */
  userCode: string | null;
  /** Rejects with ParleyError: refused, cancelled, or unavailable when the time was over. */
  done: Promise<SignedIn>;
}

/** Changing the settings of a connected mailbox. */
export interface MailboxChange {
  /** What a window may see of them. */
  shown(config: unknown, now: number): MailSettings;
  /** The settings with what a person changed. Throws ParleyError bad_input. Pure. */
  changed(config: Record<string, unknown>, change: MailChange): Record<string, unknown>;
  /** Might mails be read from another place than before? Pure. */
  movesMail(before: unknown, after: unknown): boolean;
  /** Secrets to sign in with now, renewed if they have run out. Nobody else may renew them meanwhile. */
  login(config: unknown, port: Pick<ChannelContext, 'secrets' | 'saveSecrets' | 'clock' | 'log'>): Promise<Record<string, string>>;
  /** Does the mailbox hold what is known of its inbox under the same numbers? `known`: some of its mails. */
  isSame(config: unknown, secrets: Record<string, string>, known: readonly { epoch: string; key: number; externalId: string }[]): Promise<boolean>;
}

/** What a channel plugs in with. Nothing else of Parley knows which channels there are but the composition root. */
export interface ChannelDriver {
  kind: 'x' | 'email';
  /** What sending costs in US dollars, without and with a link; a mode that costs nothing is left out. */
  prices: Partial<Record<WriteMode, { plain: number; withLink: number }>>;
  /** US dollars per action as it is counted; absent where nothing costs. */
  priceList?: Readonly<Record<string, number>>;
  /** US dollars for one send or action; `isContinued`: it answers a post of our own. */
  priceOf?(mode: OutgoingMode, text: string, isContinued?: boolean): number;
  /**
   * Cuts a text too long for one post into several; one part where it fits. `source`s joined are the text; `text` is what is posted.
   * `keepTogether`: so many characters at the end never begin a part. Pure.
   */
  splitPost?(text: string, options: { leading: readonly string[]; isNumbered: boolean; keepTogether?: number }): { source: string; text: string; weight: number }[];
  /** Why the other side would not take these files, in one sentence; null when it would. Pure. */
  fileProblem?(mode: OutgoingMode, files: readonly { name: string; type: string; size: number }[]): string | null;
  /** Takes what a person typed apart into what may lie in the open and what must be locked away. Pure. */
  split(input: AccountInput): { config: Record<string, unknown>; secrets: Record<string, string> };
  /** Names of secrets that a new sign-in does not replace. */
  keptSecrets?: readonly string[];
  open(context: ChannelContext): Channel;
  /** Absent where settings are changed by connecting anew. */
  change?: MailboxChange;
  /** What of the settings a window may see; absent where there is nothing to see. */
  shown?(config: unknown): Partial<Pick<AccountRow, 'x' | 'mail'>>;
  /**
   * Sign-in in the person's own browser; absent where a channel has none. `keep` makes the secrets durable: it is called before their
   * first use.
   */
  signIn?(input: SignInInput, deps: { clock: Clock; log: Log; signal: AbortSignal; keep(config: Record<string, unknown>, secrets: Record<string, string>): Promise<void> }): Promise<SignInUnderWay>;
  /** What a sign-in of this account was started with, to start it again; throws ParleyError where it has none of that kind. */
  signInAgain?(account: { name: string; config: unknown }, secrets: Record<string, string>, way: 'page' | 'code'): SignInInput;
  /** Tries a connection step by step without storing anything; the first failed step is the last. `address` is who we are there ("@acmecare"), null when unknown. */
  test(config: unknown, secrets: Record<string, string>, deps: { clock: Clock; log: Log; signal: AbortSignal }): Promise<{ steps: TestStep[]; address: string | null; folders?: MailFolder[] }>;
}
