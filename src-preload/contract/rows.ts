import { z } from 'zod';
import { channel, direction, duration, entryKind, id, identityBasis, identityKind, messageId, time } from './common.ts';
import { mediaItem, postDetail } from './post.ts';

export const queueView = z.enum(['open', 'mine', 'mentioned', 'unassigned', 'vip', 'overdue', 'snoozed', 'done']);
export type QueueView = z.infer<typeof queueView>;
export const queueSort = z.enum(['priority', 'oldest']);
export type QueueSort = z.infer<typeof queueSort>;

export const conversationState = z.enum(['open', 'snoozed', 'done']);
export type ConversationState = z.infer<typeof conversationState>;

/** How content a customer is with how a matter ended. */
export const satisfaction = z.enum(['satisfied', 'neutral', 'dissatisfied']);
export type Satisfaction = z.infer<typeof satisfaction>;
/** Where the last answer was given; `none`: there was no answer. */
export const resolvedWay = z.enum(['public', 'private', 'phone', 'none']);
export type ResolvedWay = z.infer<typeof resolvedWay>;

/** Why a row stands where it stands; `detail` is the word, number or name that did it. */
export const priorityReason = z.strictObject({
  code: z.enum(['vip', 'urgent', 'overdue', 'due_soon', 'angry', 'repeat_contact', 'follow_up', 'missed_call', 'rule', 'influencer', 'undelivered']),
  detail: z.string(),
});
export type PriorityReason = z.infer<typeof priorityReason>;

export const conversationRow = z.strictObject({
  id,
  customerId: id,
  customerName: z.string(),
  isVip: z.boolean(),
  state: conversationState,
  owner: z.string().nullable(),
  /** When the owner's claim ends unless it is renewed; null: nobody's, or given for good. */
  claimUntil: time.nullable(),
  /** The account the newest inbound message was addressed to. */
  accountId: id.nullable(),
  channel,
  kind: entryKind,
  isPrivate: z.boolean(),
  subject: z.string().nullable(),
  preview: z.string(),
  unread: z.number().int().nonnegative(),
  lastAt: time,
  lastMessageId: messageId,
  /** Time of the oldest inbound message nobody has answered; null when it is the customer's turn. */
  waitingSince: time.nullable(),
  dueAt: time.nullable(),
  isOverdue: z.boolean(),
  snoozedUntil: time.nullable(),
  followUpNote: z.string().nullable(),
  /** Higher comes first. */
  priority: z.number().int(),
  reasons: z.array(priorityReason),
  /** The newest message is a reply under a post that somebody paid X to show. */
  isAd: z.boolean(),
  hasDraft: z.boolean(),
  /** Initials of those whom a note names and who have not dealt with it. */
  mentions: z.array(z.string()),
  /** The mark of the present matter. */
  outcome: satisfaction.nullable(),
  /** The state of this conversation's most urgent unfinished send. */
  sending: z.enum(['none', 'held', 'waiting', 'review', 'failed']),
});
export type ConversationRow = z.infer<typeof conversationRow>;

export const attachment = z.strictObject({
  id,
  name: z.string(),
  type: z.string(),
  size: z.number().int().nonnegative(),
  /** Text alternative of a picture, as its sender wrote it. */
  alt: z.string().nullable(),
  /** Of a post or message on X: which of its media this is. */
  mediaKey: z.string().optional(),
});
export type Attachment = z.infer<typeof attachment>;

export const outboxState = z.enum(['review', 'scheduled', 'held', 'queued', 'sending', 'sent', 'refused', 'unknown', 'undone']);
export type OutboxState = z.infer<typeof outboxState>;

export const waitReason = z.enum(['turn', 'network', 'rate_limit', 'sign_in', 'retry', 'upload']);
export type WaitReason = z.infer<typeof waitReason>;

export const delivery = z.strictObject({
  outboxId: id,
  state: outboxState,
  /** While held or scheduled: when it leaves. */
  heldUntil: time.nullable(),
  /** Scheduled: taken back by itself when the customer writes first. */
  endsOnReply: z.boolean(),
  /** While queued: the earliest next attempt, and what it waits for. */
  retryAt: time.nullable(),
  waitsFor: waitReason.nullable(),
  attempt: z.number().int().nonnegative(),
  /** One sentence: why it was refused or cannot be confirmed. */
  problem: z.string().nullable(),
  /** A guest's: it leaves only once a colleague has looked at it. `isChanged`: in the colleague's words. */
  look: z.strictObject({ askedBy: z.string(), lookedBy: z.string().nullable(), isChanged: z.boolean() }).optional(),
  /** One of several posts that follow each other. */
  part: z.strictObject({ n: z.number().int(), of: z.number().int() }).optional(),
});
export type Delivery = z.infer<typeof delivery>;

/** Where the evaluation of a public post ends. */
export const treeOutcome = z.enum(['no_answer', 'monitor', 'thank', 'fix', 'restore', 'share']);
export type TreeOutcome = z.infer<typeof treeOutcome>;
const treeStep = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('question'), node: z.string() }), z.strictObject({ type: z.literal('outcome'), outcome: treeOutcome })]);
/** Yes and no questions; the first one is asked first. */
export const decisionTree = z.strictObject({ nodes: z.array(z.strictObject({ id: z.string().min(1).max(64), question: z.string().max(300), yes: treeStep, no: treeStep })).max(63) });
export type DecisionTree = z.infer<typeof decisionTree>;

/** Why a public matter goes on in private. */
export const privateReason = z.enum(['confidential', 'asked', 'long', 'heated', 'not_allowed', 'other']);
export type PrivateReason = z.infer<typeof privateReason>;

/** Something given to a customer. `amount`: minor units of the currency, or without one how often; below zero it takes back what it names. */
export const gift = z.strictObject({ limitName: z.string(), currency: z.string().nullable(), amount: z.number().int(), what: z.string(), why: z.string(), approvedBy: z.string().nullable(), reverses: messageId.nullable() });
export type Gift = z.infer<typeof gift>;

export const callOutcome = z.enum(['answered', 'missed', 'voicemail', 'busy', 'no_answer', 'callback']);
export type CallOutcome = z.infer<typeof callOutcome>;

/** One recipient a mail did not reach, as a mail server reports it. */
export const deliveryFailure = z.strictObject({
  recipient: z.string().nullable(),
  /** False while the server still tries. */
  isFinal: z.boolean(),
  /** Enhanced status code (RFC 3463), "5.1.1". */
  status: z.string().nullable(),
  why: z.string(),
});
export type DeliveryFailure = z.infer<typeof deliveryFailure>;

/** What an invitation says (iTIP, RFC 5546). */
export const invitation = z.strictObject({
  method: z.enum(['request', 'cancel', 'reply', 'other']),
  what: z.string(), where: z.string().nullable(), organizer: z.string().nullable(),
  startsAt: time.nullable(), endsAt: time.nullable(),
  /** Whole days: the times are midnights in UTC. */
  isAllDay: z.boolean(),
  repeats: z.boolean(),
  /** Of a reply: what was answered. */
  answer: z.enum(['accepted', 'declined', 'tentative']).nullable(),
});
export type Invitation = z.infer<typeof invitation>;

export const entryDetail = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('mail'),
    from: z.string(), to: z.array(z.string()), cc: z.array(z.string()),
    messageId: z.string().nullable(),
    /** `delayed`: a report about a mail that may still arrive. */
    automatic: z.enum(['no', 'auto_reply', 'bounce', 'delayed', 'bulk']),
    /** Set when the message could not be read and is kept whole as an attachment. */
    unreadable: z.string().nullable(),
    /** Of a report: whom a mail of ours did not reach, and why. */
    failures: z.array(deliveryFailure).optional(),
    /** A calendar part in words; the part itself is among the attachments. */
    invitation: invitation.optional(),
    /** Where its writer wants answers to go, when that is not where it came from. */
    replyTo: z.array(z.string()).optional(),
    /** Of ours: it was written with bold, lists, links or quotes; the core can show it as the customer sees it. */
    isFormatted: z.boolean().optional(),
    /** Of ours: it passes that mail on to somebody else, so it is no answer to the customer. */
    forwards: messageId.optional(),
  }),
  postDetail,
  z.strictObject({ type: z.literal('dm'), eventId: z.string(), peerId: z.string(), encrypted: z.boolean(), media: z.array(mediaItem).optional() }),
  z.strictObject({
    type: z.literal('call'),
    number: z.string(), callDirection: z.enum(['inbound', 'outbound']), startedAt: time, durationMs: duration,
    outcome: callOutcome, agent: z.string(), disposition: z.string().nullable(),
    /** It came while the office was closed. */
    outsideHours: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('note'), agent: z.string(),
    /** Colleagues it names, and the words that do. */
    mentions: z.array(z.strictObject({ agent: z.string(), text: z.string() })).optional(),
  }),
  z.strictObject({
    type: z.literal('system'),
    code: z.enum(['claimed', 'released', 'done', 'reopened', 'snoozed', 'woken', 'vip_on', 'vip_off', 'undone', 'discarded', 'unscheduled', 'looked', 'look_changed', 'look_undone', 'given_back', 'evaluated', 'went_private', 'merged', 'split', 'taken_over', 'assigned', 'lapsed', 'occasion', 'post_delete', 'post_hide', 'post_unhide', 'gave', 'took_back', 'incident', 'outcome']),
    agent: z.string(), until: time.nullable(),
    /** The end of an evaluation, or why something went private. */
    reason: z.union([treeOutcome, privateReason]).optional(),
    /** Of a merge: what undoes it. */
    mergeId: id.optional(),
    gift: gift.optional(),
    /** Of the end of a matter: the mark, where it was resolved, and which matter of the customer's it was. */
    outcome: z.strictObject({ mark: satisfaction.nullable(), way: resolvedWay, case: z.string() }).optional(),
  }),
]);
export type EntryDetail = z.infer<typeof entryDetail>;

/** Done to a post that is there already. */
export const postAction = z.enum(['delete', 'hide', 'unhide']);
export type PostAction = z.infer<typeof postAction>;

export const entry = z.strictObject({
  id: messageId,
  conversationId: id,
  customerId: id,
  accountId: id.nullable(),
  kind: entryKind,
  direction,
  isPrivate: z.boolean(),
  at: time,
  /** When it came here: a mail's `at` is what its writer's clock said. */
  arrivedAt: time,
  /** Who wrote it, as they write themselves. */
  author: z.string(),
  /** Handle, address or number of the other side. */
  address: z.string().nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  /** Deleted at its source: text and attachments are gone. */
  isDeleted: z.boolean(),
  detail: entryDetail,
  attachments: z.array(attachment),
  delivery: delivery.nullable(),
  /** What can be done to this post on X: our own deleted, a reply under ours hidden. */
  can: z.array(postAction),
  /** Mails of one exchange have the same one; absent where it is not known. */
  thread: messageId.optional(),
  /** Of a mail: when it was noticed that it is not in the mailbox's folders any more (deleted there, or moved to one that is not read). */
  goneAt: time.optional(),
  /** Of a mail of ours: what came back about it, oldest first. */
  undelivered: z.array(deliveryFailure.extend({ at: time })).optional(),
});
export type Entry = z.infer<typeof entry>;

export const identity = z.strictObject({
  id, kind: identityKind,
  /** Normalised: X user id, lower-case address, E.164 number. */
  value: z.string(),
  /** As people write it: @handle, Maria@Example.org, +44 7700 900123. */
  display: z.string(),
  basis: identityBasis,
  linkedBy: z.string(),
  linkedAt: time,
});
export type Identity = z.infer<typeof identity>;

/** Something said to a customer, or by one, that must not be forgotten. */
export const promiseKind = z.enum(['promise', 'refusal', 'amount', 'said']);
export type PromiseKind = z.infer<typeof promiseKind>;
export const promiseState = z.enum(['open', 'kept', 'resolved', 'withdrawn']);
export type PromiseState = z.infer<typeof promiseState>;
export const promiseRow = z.strictObject({
  id, messageId, conversationId: id, kind: promiseKind, quote: z.string(), state: promiseState,
  /** Where it was said. */
  source: entryKind, at: time,
  /** Initials of who marked it. */
  madeBy: z.string(), madeAt: time,
});
export type PromiseRow = z.infer<typeof promiseRow>;

/** Who was merged into a customer and can be taken out again. */
export const mergeRow = z.strictObject({ id, customerId: id, name: z.string(), by: z.string(), at: time, reason: z.string() });
export type MergeRow = z.infer<typeof mergeRow>;

/** An identity that may be this customer's: never linked before somebody says so. `ownerId` has it now. */
export const suggestion = z.strictObject({ kind: identityKind, value: z.string(), display: z.string(), reason: z.enum(['signature', 'same_address']), messageId, ownerId: id.nullable(), ownerName: z.string().nullable() });
export type Suggestion = z.infer<typeof suggestion>;

/** How the composer may answer. */
export const composerMode = z.enum(['reply', 'post', 'dm', 'mail', 'note', 'call']);
export type ComposerMode = z.infer<typeof composerMode>;

/** An answer prepared for later; it is nobody's draft until somebody takes it. */
export const preparedDraft = z.strictObject({ mode: z.enum(['reply', 'dm', 'mail']), text: z.string().min(1).max(200_000) });
/** Whether it stays until its date whatever comes, or is over once the customer has written. */
export const followUpEnds = z.enum(['date', 'reply']);
/** waiting: its time is to come; due: it has come; replied: the customer wrote first. */
export const followUpState = z.enum(['waiting', 'due', 'replied', 'done']);
export const followUp = z.strictObject({
  id, conversationId: id, customerId: id, customerName: z.string(), at: time, ends: followUpEnds, note: z.string().nullable(), draft: preparedDraft.nullable(), state: followUpState,
  /** Raised by a date of the customer's, not by somebody. */
  isOccasion: z.boolean(),
  /** A call to be made. */
  isCall: z.boolean(),
  /** Initials of who made it. */
  by: z.string(),
});
export type FollowUp = z.infer<typeof followUp>;

const wish = z.enum(['preferred', 'refused']).nullable();
/** What is known about somebody beside names and notes. */
export const profile = z.strictObject({
  /** How many listen to them, from 1 to 3, and why we think so. */
  influence: z.strictObject({ weight: z.number().int().min(1).max(3), reason: z.string().max(1_000) }).nullable(),
  /** How they want to be reached. */
  wishes: z.strictObject({ post: wish, dm: wish, mail: wish, call: wish }),
  dates: z.array(z.strictObject({ id, name: z.string(), day: z.number().int(), month: z.number().int(), year: z.number().int().nullable(), text: z.string().nullable() })),
  /** Values of the desk's own fields, by the field's id. */
  fields: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Profile = z.infer<typeof profile>;

export const customer = z.strictObject({
  id, name: z.string(), isVip: z.boolean(), vipNote: z.string().nullable(), note: z.string().nullable(),
  language: z.string().nullable(), profile, tags: z.array(z.string()), identities: z.array(identity),
  counts: z.strictObject({ post: z.number().int(), dm: z.number().int(), mail: z.number().int(), call: z.number().int(), note: z.number().int() }),
  firstAt: time.nullable(), lastAt: time.nullable(),
  lastBy: z.array(z.strictObject({ kind: entryKind, at: time, direction })),
  followUps: z.array(followUp),
  merges: z.array(mergeRow), promises: z.array(promiseRow),
});
export type Customer = z.infer<typeof customer>;

/** What one mode of the composer can do in this conversation; known before the first key. */
export const capability = z.strictObject({
  mode: composerMode,
  available: z.boolean(),
  /** When not available, or only with care: why, in one sentence. */
  reason: z.string().nullable(),
  accountId: id.nullable(),
  /** As whom: "@acmecare", "care@acme.example". */
  from: z.string().nullable(),
  /** To whom: "@maria", "maria@example.org". */
  to: z.array(z.string()),
  /** Mail: whom an answer to all goes to; null when there is nobody but the writer. */
  replyAll: z.strictObject({ to: z.array(z.string()), cc: z.array(z.string()) }).nullable(),
  subject: z.string().nullable(),
  /** Mail: there is a mail that can stand under the answer; the account's setting says whether it does by itself. */
  quotes: z.boolean(),
  /** The message answered, if one is. */
  inReplyTo: messageId.nullable(),
  /** Weighted characters (X) allowed. */
  maxWeighted: z.number().int().nullable(),
  /** @names X puts before the answer by itself: at its beginning they weigh nothing. */
  leading: z.array(z.string()),
  /** Seconds an answer may take to read, here or for this customer. */
  maxReadSeconds: z.number().int().nullable(),
  /** It takes a public matter into private, and nobody has said why yet. */
  asksWhy: z.boolean(),
  /** US dollars: without and with a link. */
  price: z.strictObject({ plain: z.number(), withLink: z.number() }).nullable(),
  openUrl: z.string().nullable(),
});
export type Capability = z.infer<typeof capability>;

/** Why a draft does not leave as it is. `blank`: something to fill in; `card`, `iban`, `account`: private data in public; `asks`: asks for it in public; `watch`: read once more; `files`: the channel does not take them. */
export const draftProblem = z.strictObject({
  guard: z.enum(['blank', 'card', 'iban', 'account', 'asks', 'watch', 'files']),
  /** The blank's name, the word, or the number with all but its end hidden. */
  what: z.string(),
  /** One sentence for a person. */
  message: z.string(),
});
export type DraftProblem = z.infer<typeof draftProblem>;

export const draft = z.strictObject({
  conversationId: id, mode: composerMode, text: z.string(), subject: z.string().nullable(),
  /** Recipients as the agent left them; null = as the capability proposes. */
  to: z.array(z.string()).nullable(), cc: z.array(z.string()).nullable(),
  /** Blind copies: nobody else ever sees them. */
  bcc: z.array(z.string()).nullable(),
  attachments: z.array(attachment), updatedAt: time,
  /** Mail: the message it passes on. */
  forwards: messageId.optional(),
  /** Mail: whether the answered mail stands under the text; absent = as the account has it. */
  quotes: z.boolean().optional(),
});
export type Draft = z.infer<typeof draft>;

export const connectionState = z.enum(['off', 'connecting', 'syncing', 'live', 'paused', 'waiting', 'sign_in_needed', 'failed']);
export type ConnectionState = z.infer<typeof connectionState>;

export const accountRow = z.strictObject({
  id, channel, name: z.string(),
  /** "@acmecare", "care@acme.example", "Phone". */
  address: z.string(),
  state: connectionState,
  /** One sentence for a person: what is wrong, or how far a first sync is. */
  status: z.string(),
  retryAt: time.nullable(),
  progress: z.strictObject({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** Settings of an X account that are no secrets. */
  x: z.strictObject({ apiBase: z.string(), authorizeBase: z.string(), clientId: z.string(), ownsApp: z.boolean() }).nullable(),
  /** How a mailbox is signed in to, and where; `hasCode` = by a code as well. `readsOlder` = what was there before is read, too, and not stopped. `folders` = read besides the inbox and sent mails; `newFolders` = came into being since somebody chose. */
  mail: z.strictObject({ signIn: z.enum(['password', 'oauth']), host: z.string(), hasCode: z.boolean(), readsOlder: z.boolean(), folders: z.array(z.string()), newFolders: z.array(z.string()) }).nullable(),
});
export type AccountRow = z.infer<typeof accountRow>;

export const outboxRow = z.strictObject({
  id, conversationId: id, messageId, mode: z.enum(['reply', 'post', 'dm', 'mail', ...postAction.options]), customerName: z.string(), excerpt: z.string(), delivery,
});
export type OutboxRow = z.infer<typeof outboxRow>;

export const counts = z.strictObject({
  open: z.number().int(), mine: z.number().int(), mentioned: z.number().int(), unassigned: z.number().int(), vip: z.number().int(),
  overdue: z.number().int(), snoozed: z.number().int(), done: z.number().int(),
  unseen: z.number().int(), outboxWaiting: z.number().int(), outboxFailed: z.number().int(),
  /** Spent on X since midnight in the office zone, US dollars. */
  spentToday: z.number(),
  /** Posts that speak of us without addressing us, not looked at yet. */
  heard: z.number().int(),
  /** Mails that belong to nobody we know, waiting for a decision. */
  unplaced: z.number().int(),
  /** Mails in conversations not done that could not be read. */
  unreadable: z.number().int(),
  /** Sends waiting for a second look: those this agent may look at, or a guest's own. */
  toLook: z.number().int(),
});
export type Counts = z.infer<typeof counts>;

const minuteOfDay = z.number().int().min(0).max(1_440);
/** Opening hours. `zone` empty = the office's own. */
const slaCalendar = z.strictObject({
  id: z.string().min(1).max(64), name: z.string().min(1).max(200), zone: z.string().max(100),
  /** Sunday first; minutes of the day. */
  week: z.array(z.array(z.strictObject({ from: minuteOfDay, to: minuteOfDay })).max(12)).length(7),
  holidays: z.array(z.strictObject({ date: z.iso.date(), name: z.string().max(200) })).max(1_000),
});
export type SlaCalendar = z.infer<typeof slaCalendar>;

/** A promise of time; of several that fit the first holds. */
const slaPolicy = z.strictObject({
  id: z.string().min(1).max(64), name: z.string().min(1).max(200), channels: z.array(z.enum(['x', 'email', 'phone'])).max(3),
  segment: z.enum(['any', 'vip', 'tag']), tag: z.string().max(200), onlyUrgent: z.boolean(),
  /** null = around the clock. */
  calendarId: z.string().nullable(),
  firstMinutes: z.number().int().min(1).max(100_000), nextMinutes: z.number().int().min(1).max(100_000), warnMinutes: z.number().int().min(0).max(100_000),
});
export type SlaPolicy = z.infer<typeof slaPolicy>;
export const slaSettings = z.strictObject({ calendars: z.array(slaCalendar).max(50), policies: z.array(slaPolicy).max(200) });
export type SlaSettings = z.infer<typeof slaSettings>;

const most = z.strictObject({ perCase: z.number().int().min(0).max(1_000_000_000).nullable(), perDay: z.number().int().min(0).max(1_000_000_000).nullable() });
/** What agents may give by themselves: money in minor units, or how often. Null = as they see fit. */
export const limitRule = z.strictObject({ id: z.string().min(1).max(64), name: z.string().min(1).max(80), currency: z.string().regex(/^[A-Z]{3}$/).nullable(), roles: z.strictObject({ guest: most, agent: most, senior: most }) });
export type LimitRule = z.infer<typeof limitRule>;

const words = z.string().max(20_000);
/** What to do and say in one kind of case: the same on every channel, shorter where a channel asks for it. */
export const scenario = z.strictObject({
  id: z.string().min(1).max(64), title: z.string().min(1).max(200), words: z.array(z.string().min(1).max(200)).max(500), languages: z.array(z.string().regex(/^[a-z]{2}$/)).max(50), channels: z.array(z.enum(['x', 'email', 'phone'])).max(3),
  steps: z.array(z.string().min(1).max(500)).max(30), texts: z.strictObject({ any: words, reply: words.nullable(), dm: words.nullable(), mail: words.nullable() }), limitId: z.string().max(64).nullable(),
});
export type Scenario = z.infer<typeof scenario>;

/** When an agent's desktop is left in peace. Minutes of the day by the office's clocks; `to` not after `from` is on the next day. Days on which it begins, Sunday 0. */
export const quietHours = z.strictObject({
  isOn: z.boolean(), from: z.number().int().min(0).max(1_439), to: z.number().int().min(0).max(1_439), days: z.array(z.number().int().min(0).max(6)).max(7),
  /** What becomes overdue is told all the same. */
  evenOverdue: z.boolean(),
});
export type QuietHours = z.infer<typeof quietHours>;

export const settings = z.strictObject({
  agentName: z.string().min(1).max(80),
  agentInitials: z.string().min(1).max(4),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  officeZone: z.string(),
  defaultRegion: z.string().length(2),
  queueView, queueSort,
  selectedConversation: id.nullable(),
  paneWidths: z.strictObject({ queue: z.number().int(), customer: z.number().int() }),
  showCustomerPane: z.boolean(),
  /** Seconds a send can be undone. */
  undoSeconds: z.strictObject({ mail: z.number().int().min(0).max(120), reply: z.number().int().min(0).max(120), dm: z.number().int().min(0).max(120) }),
  /** When answers are due. */
  sla: slaSettings,
  urgentWords: z.array(z.string()),
  /** Words and @handles listened for on X where we are not addressed; every post found is paid for. */
  listenWords: z.array(z.string().min(1).max(300)).max(50),
  /** Words in a public answer that ask for one more read before it leaves. */
  watchWords: z.array(z.string().max(200)).max(2_000),
  /** Seconds an answer may take to read; null = no limit. */
  readLimits: z.strictObject({ reply: z.number().int().positive().nullable(), dm: z.number().int().positive().nullable(), mail: z.number().int().positive().nullable() }),
  /** Whoever has claimed a conversation is the only one who answers in it. */
  enforceClaims: z.boolean(),
  /** What a guest wants to send waits until a colleague has looked at it. */
  secondLook: z.boolean(),
  /** A claim ends this long after the conversation was last on its owner's screen. */
  claimMinutes: z.number().int().min(1).max(1_440),
  /** Fields of the desk's own on every customer. */
  customFields: z.array(z.strictObject({ id: z.string().min(1).max(64), name: z.string().min(1).max(80), type: z.enum(['text', 'number', 'date', 'choice']), choices: z.array(z.string().min(1).max(200)).max(200) })).max(100),
  decisionTree,
  limits: z.array(limitRule).max(50),
  playbook: z.array(scenario).max(500),
  /** Handles we do not answer in public. */
  competitors: z.array(z.string().min(1).max(100)).max(2_000),
  /** How calls end, as the office names it. */
  dispositions: z.array(z.string().min(1).max(60)).max(50),
  /** What is said in public when a matter goes on in private, by where it goes. */
  privateLines: z.strictObject({ dm: z.string().max(280), mail: z.string().max(280), call: z.string().max(280) }),
  /** Marks misspelled words while writing. */
  spellCheck: z.boolean(),
  /** Words the desk knows beside its dictionaries. */
  spellWords: z.array(z.string().min(1).max(100)).max(20_000),
  /** Tells of what colleagues say, and of what is overdue, while another program is in front. */
  desktopNotices: z.boolean(),
  quiet: quietHours,
  /** Earlier answers and responses that fit are shown at the composer. */
  showSuggestions: z.boolean(),
  signature: z.string(),
  /** Signatures for single mailboxes, by account; an empty one is none, without one the common stands. */
  signatures: z.record(id, z.string().max(10_000)),
  /** Mailboxes whose answers do not carry the mail they answer. */
  noQuoteAccounts: z.array(id).max(200),
  appendInitials: z.boolean(),
  shortcutsOn: z.boolean(),
  /** Action -> keys, e.g. "desk.done" -> "e"; an empty string switches the shortcut off. */
  shortcuts: z.record(z.string(), z.string()),
});
export type Settings = z.infer<typeof settings>;

/** guest: what they send may have to wait for a second look; senior: sets roles and limits, and says yes to what is above them. */
export const agentRole = z.enum(['guest', 'agent', 'senior']);
export type AgentRole = z.infer<typeof agentRole>;

/** What this window's agent may do. */
export const access = z.strictObject({ role: agentRole, needsLook: z.boolean(), mayLook: z.boolean(), hasColleagues: z.boolean() });
export type Access = z.infer<typeof access>;

/** What a colleague did with a conversation that was, or is now, an agent's. */
export const notice = z.strictObject({ id: z.number().int(), by: z.string(), code: z.enum(['taken_over', 'given', 'given_back', 'mentioned']), conversationId: id, customerName: z.string(), word: z.string(), at: time, messageId: messageId.nullable() });
export type Notice = z.infer<typeof notice>;

/** A post that speaks of us without addressing us. */
export const heardRow = z.strictObject({
  postId: z.string(), accountId: id, at: time, author: z.string(), handle: z.string(), text: z.string(), url: z.string(),
  /** The watch word or handle that found it, behind its subject; and the subject, where it has one. */
  word: z.string(),
  subject: z.string().nullable(),
  /** May we answer through X's interface? */
  replyAllowed: z.boolean(),
});
export type HeardRow = z.infer<typeof heardRow>;

/** Why nobody new may be made a customer of a mail's sender. */
export const doubt = z.enum(['nobody', 'own', 'report', 'daemon', 'list', 'automatic', 'token']);
export type Doubt = z.infer<typeof doubt>;

/** A mail that could not be placed. */
export const unplacedRow = z.strictObject({
  id, accountId: id, at: time, reason: doubt, state: z.enum(['open', 'dismissed']),
  author: z.string(), address: z.string(), to: z.array(z.string()), subject: z.string().nullable(), text: z.string(),
  unreadable: z.string().nullable(), failures: z.array(deliveryFailure), attachments: z.array(attachment),
  /** Whose it may be: the mail it answers or speaks of went to them. */
  candidate: z.strictObject({ customerId: id, name: z.string() }).nullable(),
  /** False where the sender is no address of a person. */
  mayBeCustomer: z.boolean(),
});
export type UnplacedRow = z.infer<typeof unplacedRow>;

/** Long work with figures and, where it can be stopped, a cancel. */
export const job = z.strictObject({
  id, title: z.string(), state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number().int(), total: z.number().int().nullable(), message: z.string(), canCancel: z.boolean(),
});
export type Job = z.infer<typeof job>;
