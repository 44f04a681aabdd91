import type { Draft, EntryDetail, Input, Settings } from '../../src-preload/contract/index.ts';
import type { ChannelDriver, OutgoingItem, StoredFile } from '../channels/port.ts';
import { leadingNames, sizeProblem } from '../desk/index.ts';
import { ParleyError, type Ids } from '../kernel/index.ts';
import { tables, type ReadDb } from '../store/index.ts';
import type { EnqueueArgs } from './operations.ts';
import { hasMarkup, markupPlain } from '../channels/markup.ts';
import type { ThreadPart } from './thread.ts';
import { signText } from './sign.ts';
import { writtenMail, type Original } from './written.ts';

/** References grow with every answer; servers cut long headers. The first one and the newest are kept (RFC 5322 3.6.4 allows leaving out). */
const MAX_REFERENCES = 30;
const LATEST_MS = 366 * 86_400_000;

const capReferences = (refs: string[]): string[] => (refs.length <= MAX_REFERENCES ? refs : [refs[0] ?? '', ...refs.slice(1 - MAX_REFERENCES)]);

interface ComposeDeps {
  ids: Ids; agent: string; now: number; settings?: Settings;
  fileProblem?(mode: 'reply' | 'post' | 'dm' | 'mail', files: readonly StoredFile[]): string | null;
  splitPost?: ChannelDriver['splitPost'];
  /** Bytes of a stored file: the page of a mail that is passed on. */
  bytesOf?: Original['bytesOf'];
}

/** Makes what is to be sent from what the agent wrote, with the `settings` as they have them. Throws ParleyError for a message that cannot be sent as it is. */
export function composeSend(db: ReadDb, input: Input<'reply.send'>, deps: ComposeDeps): EnqueueArgs {
  const account = tables.accountById(db, input.accountId);
  if (!account?.isConnected) throw new ParleyError('unavailable', 'The account this should be sent from is not connected.');
  if ((input.mode === 'mail') !== (account.channel === 'email')) throw new ParleyError('bad_input', 'This account cannot send that kind of message.');
  const core = tables.conversationCore(db, input.conversationId);
  if (!core) throw new ParleyError('not_found', 'This conversation is not here any more.');
  if (input.text.trim() === '' && input.forwards === undefined && (input.mode === 'mail' || input.attachmentIds.length === 0)) throw new ParleyError('bad_input', 'Nothing is written yet.');
  const answered = input.inReplyTo === null || input.forwards !== undefined ? undefined : tables.messageById(db, input.inReplyTo);
  if (answered && answered.conversation_id !== input.conversationId) throw new ParleyError('bad_input', 'The message answered belongs to another conversation.');
  if (input.mode === 'reply' && !answered?.external_id) throw new ParleyError('bad_input', 'A public reply needs a post to answer.');
  const files = tables.filesById(db, input.attachmentIds);
  if (files.length !== input.attachmentIds.length) throw new ParleyError('not_found', 'An attachment is no longer on this machine.');
  if (input.mode === 'post' && tables.ownPostsOf(db, input.accountId) !== input.conversationId) throw new ParleyError('bad_input', 'A post of our own belongs to the posts of its account.');
  if (input.mode !== 'post' && input.to.length === 0) throw new ParleyError('bad_input', 'It goes to nobody: name somebody.');
  const fileProblem = files.length === 0 ? null : (deps.fileProblem?.(input.mode, files) ?? null);
  if (fileProblem !== null) throw new ParleyError('bad_input', fileProblem);
  if (input.schedule !== undefined && (input.schedule.at <= deps.now || input.schedule.at > deps.now + LATEST_MS)) throw new ParleyError('bad_input', 'It can be sent at a time to come, within a year.');
  const outboxId = deps.ids.next();
  const idempotencyKey = input.mode === 'mail' ? `<${outboxId}@${account.address.split('@')[1] ?? 'parley.invalid'}>` : outboxId;
  const references = input.mode === 'mail' && answered
    ? capReferences([...new Set([...(JSON.parse(answered.refs ?? '[]') as string[]), ...(answered.external_id?.startsWith('<') ? [answered.external_id] : [])])])
    : [];
  const peerId = input.mode === 'dm' ? (tables.identitiesOf(db, core.customerId).find((i) => i.kind === 'x' && !i.value.startsWith('@'))?.value ?? null) : null;
  if (input.mode === 'dm' && peerId === null) throw new ParleyError('unavailable', 'No X account of this customer is known.');
  const settings = deps.settings ?? tables.settingsOf(db);
  const written: Pick<OutgoingItem, 'text' | 'isMarked' | 'quoted'> = input.mode === 'mail' ? writtenMail(db, input, settings, deps.bytesOf === undefined ? null : { files, bytesOf: deps.bytesOf }) : { text: signText(input.text, input.mode, settings) };
  const formatting = written.quoted?.html === undefined ? [] : [{ size: Buffer.byteLength(written.quoted.html) }];
  const tooLarge = input.mode === 'mail' ? sizeProblem(input.text, [...files, ...formatting], tables.mailLimitOf(db, input.accountId)) : null;
  if (tooLarge !== null) throw new ParleyError('bad_input', tooLarge.message);
  const undoMs = settings.undoSeconds[input.mode === 'post' ? 'reply' : input.mode] * 1_000;
  const draft: Draft = {
    conversationId: input.conversationId, mode: input.mode, text: input.text, subject: input.subject, to: input.to, cc: input.cc, bcc: input.bcc ?? null,
    attachments: tables.attachmentsById(db, input.attachmentIds), updatedAt: deps.now,
    ...(input.forwards === undefined ? {} : { forwards: input.forwards }), ...(input.quotes === undefined ? {} : { quotes: input.quotes }),
  };
  const detail = detailOf(input, account.address, idempotencyKey, answered, peerId, formatting.length > 0);
  const item: OutgoingItem = {
    outboxId, idempotencyKey, attempt: 0, mode: input.mode, to: input.to, cc: input.cc, ...(input.bcc === undefined || input.bcc.length === 0 ? {} : { bcc: input.bcc }), subject: input.subject, ...written,
    inReplyTo: answered?.external_id ?? null, references, peerId, files, enqueuedAt: deps.now, ...(input.mode === 'reply' ? { leading: leadingOf(db, answered?.id ?? null, account.address) } : {}),
  };
  const [first = null, ...rest] = partsOf(input, item, detail, deps);
  // Their order could not be kept by a clock.
  if (first !== null && input.schedule !== undefined) throw new ParleyError('not_yet', 'Several posts that follow one another cannot be sent later; send them now.');
  return {
    input, requestId: input.requestId, outboxId, idempotencyKey, conversationId: input.conversationId, accountId: input.accountId, mode: input.mode, author: deps.agent,
    item: first?.item ?? item, detail, ...(first === null ? {} : { thread: { source: first.source, rest } }),
    shownText: input.mode === 'mail' ? markupPlain(written.text) : (first?.item ?? item).text,
    subject: input.mode === 'mail' ? input.subject : null, attachmentIds: input.attachmentIds, draft, seenAt: input.seenAt, evenIfStale: input.evenIfStale, readAgain: input.readAgain ?? false, evenIfDiffers: input.evenIfDiffers ?? false,
    heldUntil: input.schedule?.at ?? deps.now + undoMs,
    ...(input.schedule === undefined ? {} : { schedule: { endsOnReply: input.schedule.endsOnReply } }),
  };
}

type SplitPost = NonNullable<ChannelDriver['splitPost']>;

const cutSigned = (text: string, signed: string, options: { leading: readonly string[]; isNumbered: boolean }, splitPost: SplitPost): ReturnType<SplitPost> =>
  splitPost(signed, { ...options, keepTogether: Math.max(0, signed.length - text.trimEnd().length) });

/** What a text would leave as, initials included. */
export const previewParts = ({ mode, text, isNumbered, leading }: { mode: 'reply' | 'post'; text: string; isNumbered: boolean; leading: readonly string[] }, settings: Settings, splitPost: SplitPost): ReturnType<SplitPost> =>
  cutSigned(text, signText(text, mode, settings), { leading, isNumbered }, splitPost);

/** What X puts before an answer to this post. */
export function leadingOf(db: ReadDb, messageId: number | null, own: string): string[] {
  const [post] = messageId === null ? [] : tables.entriesById(db, [messageId]);
  return post === undefined ? [] : leadingNames(post, own);
}

/** A text too long for one post as several that follow each other, where the writer wants that; empty for one that leaves whole. */
function partsOf(input: Input<'reply.send'>, item: OutgoingItem, detail: EntryDetail, { ids, splitPost }: ComposeDeps): ThreadPart[] {
  if (input.split === undefined || (input.mode !== 'reply' && input.mode !== 'post') || !splitPost) return [];
  const cut = cutSigned(input.text, item.text, { leading: item.leading ?? [], isNumbered: input.split === 'numbered' }, splitPost);
  if (cut.length === 1) return [];
  const outboxIds = cut.map((_, part) => (part === 0 ? item.outboxId : ids.next()));
  let from = 0;
  return cut.map(({ source: { length }, text }, part) => {
    const outboxId = outboxIds[part] ?? '';
    // Initials are added to what was written, so what was written is found in it at the same place.
    const source = input.text.slice(from, part === cut.length - 1 ? undefined : from + length);
    from += length;
    const thread = { ids: outboxIds, part };
    if (part === 0) return { requestId: input.requestId, source, detail, item: { ...item, text, thread } };
    return {
      requestId: ids.next(), source, detail: detail.type === 'post' ? { ...detail, inReplyTo: null } : detail,
      item: { ...item, outboxId, idempotencyKey: outboxId, mode: 'reply', text, inReplyTo: null, files: [], leading: [], thread },
    };
  });
}

function detailOf(input: Input<'reply.send'>, from: string, key: string, answered: tables.MessageRow | undefined, peerId: string | null, hasFormatting: boolean): EntryDetail {
  if (input.mode === 'mail') return { type: 'mail', from, to: input.to, cc: input.cc, messageId: key, automatic: 'no', unreadable: null, ...(hasMarkup(input.text) || hasFormatting ? { isFormatted: true } : {}), ...(input.forwards === undefined ? {} : { forwards: input.forwards }) };
  if (input.mode === 'dm') return { type: 'dm', eventId: '', peerId: peerId ?? '', encrypted: false };
  const parent = answered ? (JSON.parse(answered.detail) as EntryDetail) : null;
  return {
    type: 'post', postId: '', url: '', inReplyTo: answered?.external_id ?? null, conversationId: parent?.type === 'post' ? parent.conversationId : '', quoted: null, isPromoted: false, replyAllowed: false,
  };
}
