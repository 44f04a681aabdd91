import { z } from 'zod';
import { conversationKeyOfDm, partyOf, peerOf, postKey, postUrl, readableText, timeOfId, type XUser } from '../channels/x/index.ts';
import type { MessageEvent } from '../channels/port.ts';
import { ParleyError } from '../kernel/index.ts';
import type { ImportContext, Importer } from './importer.ts';
import { createStepper, sizeOfFile } from './mbox.ts';
import { scanObjects, ScanError, type Scanned } from './x-archive-scan.ts';
import { openArchive, type Archive, type ArchiveFile } from './x-archive-zip.ts';

/** One conversation of direct messages is one object. */
const MAX_OBJECT_BYTES = 64 * 1024 ** 2;
/** A file of the archive that only says it is empty: "window.YTD.direct_messages_group.part0 = []". */
const EMPTY_FILE_BYTES = 64;

const xId = z.string().regex(/^\d{1,19}$/);
const link = z.object({ url: z.string(), expanded_url: z.string().optional() });
const mention = z.object({ id_str: xId, screen_name: z.string().min(1), name: z.string().catch('') });
const tweet = z.object({
  id_str: xId,
  full_text: z.string(),
  created_at: z.string().optional(),
  in_reply_to_status_id_str: xId.optional(),
  in_reply_to_user_id_str: xId.optional(),
  in_reply_to_screen_name: z.string().optional(),
  entities: z.object({ urls: z.array(link).catch([]), media: z.array(link).catch([]), user_mentions: z.array(mention).catch([]) }).partial().catch({}),
});
type Tweet = z.infer<typeof tweet>;

const dmMessage = z.object({
  id: xId, senderId: xId, recipientId: xId.optional(), text: z.string().catch(''), createdAt: z.string().optional(),
  urls: z.array(z.object({ url: z.string(), expanded: z.string().optional() })).catch([]), mediaUrls: z.array(z.string()).catch([]),
});
const dmConversation = z.object({ dmConversation: z.object({ conversationId: z.string().min(1), messages: z.array(z.object({ messageCreate: z.unknown().optional() })) }) });

interface Reading {
  path: string;
  context: ImportContext;
  self: { id: string; handle: string };
  /** People we answered or mentioned, by id: direct messages carry ids alone. */
  people: Map<string, XUser>;
  /** Our replies: whom each answers. Ours that continue ours are followed up to the first. */
  replies: Map<string, { userId: string; parent: string | null }>;
}

/**
 * X's "Your archive" as a zip: our replies become outbound posts, direct messages come in with both directions. What others wrote to us
 * in public is not in it. A damaged file ends the import with its name and place; what was read before it is kept.
 */
export const importXArchive: Importer = async function* (path, context) {
  await sizeOfFile(path);
  const archive = await openArchive(path);
  try {
    const files = filesToRead(archive);
    const reading: Reading = { path, context, self: await readAccount(archive, path), people: new Map(), replies: new Map() };
    await lookAhead(files, reading);
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const steps = createStepper(context, total);
    const resume = parseResume(context.resumeAt, files);
    let done = files.slice(0, resume.file).reduce((sum, file) => sum + file.size, 0);
    let hasYielded = resume.file > 0 || resume.index > 0;
    if (!hasYielded) for (const problem of await leftOut(archive, files, path)) steps.problem(problem);

    for (const [number, file] of files.entries()) {
      if (number < resume.file) continue;
      let next = number === resume.file ? resume.index : 0;
      const skipped = new Map<string, number>();
      try {
        for await (const object of scanObjects(file.chunks(), MAX_OBJECT_BYTES)) {
          context.signal.throwIfAborted();
          if (object.index < next) continue;
          for (const item of itemsOf(object, file, reading, skipped)) {
            if (typeof item === 'string') steps.problem(item);
            else steps.add(item, item.text.length);
            if (!steps.isFull()) continue;
            // In the middle of an object it goes on from its beginning: what came already is known by its id.
            yield steps.take(done + object.start, resumeText(file, object.index));
            hasYielded = true;
          }
          next = object.index + 1;
        }
      } catch (error) {
        const broken = brokenFile(error, path, file);
        if (!broken) throw error;
        const isKept = hasYielded || !steps.isEmpty();
        if (!steps.isEmpty()) yield steps.take(done, resumeText(file, next));
        throw new ParleyError('bad_input', `${broken}. ${isKept ? 'What came before it was imported.' : 'Nothing was imported.'}`, { cause: error });
      }
      for (const [reason, count] of skipped) steps.problem(`${file.name}: ${count} left out, ${reason}`);
      done += file.size;
      if (!steps.isEmpty()) {
        yield steps.take(done, resumeText(files[number + 1] ?? file, files[number + 1] ? 0 : next));
        hasYielded = true;
      }
    }
  } finally {
    archive.close();
  }
};

const KINDS: readonly string[] = ['tweets', 'tweet', 'direct-messages'];

function filesToRead(archive: Archive): ArchiveFile[] {
  const rank = (file: ArchiveFile): number => (file.kind === 'direct-messages' ? 1 : 0);
  return archive.files.filter((file) => KINDS.includes(file.kind)).sort((a, b) => rank(a) - rank(b) || a.part - b.part);
}

const resumeText = (file: ArchiveFile, index: number): string => `${file.name}#${index}`;

function parseResume(resumeAt: string | null, files: readonly ArchiveFile[]): { file: number; index: number } {
  const [, name, index] = /^(.*)#(\d+)$/.exec(resumeAt ?? '') ?? [];
  const file = files.findIndex((one) => one.name === name);
  return file === -1 ? { file: 0, index: 0 } : { file, index: Number(index) };
}

/** "file: place and reason", or null when the error is none of the file's. */
function brokenFile(error: unknown, path: string, file: ArchiveFile): string | null {
  if (error instanceof ScanError) return `${path}: ${file.name} is broken at ${error.place}: ${error.message}`;
  return error instanceof ParleyError && error.code === 'bad_input' ? error.message : null;
}

const account = z.object({ account: z.object({ accountId: xId, username: z.string().min(1) }) });

async function readAccount(archive: Archive, path: string): Promise<Reading['self']> {
  const file = archive.files.find((one) => one.kind === 'account');
  if (!file) throw new ParleyError('bad_input', `${path} is no archive of X: data/account.js is missing. Nothing was imported.`);
  try {
    for await (const { json } of scanObjects(file.chunks(), MAX_OBJECT_BYTES)) {
      const parsed = account.safeParse(parseJson(json));
      if (parsed.success) return { id: parsed.data.account.accountId, handle: parsed.data.account.username };
    }
  } catch (error) {
    const broken = brokenFile(error, path, file);
    throw broken ? new ParleyError('bad_input', `${broken}. Nothing was imported.`, { cause: error }) : error;
  }
  throw new ParleyError('bad_input', `${path}: data/account.js does not say whose archive it is. Nothing was imported.`);
}

function parseJson(json: string | null): unknown {
  if (json === null) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The parts that other parts need: names, and whom our replies answer. Stops quietly at damage: the reading itself reports it. */
async function lookAhead(files: readonly ArchiveFile[], { context, people, replies }: Reading): Promise<void> {
  for (const file of files) {
    if (file.kind === 'direct-messages') continue;
    try {
      for await (const { json } of scanObjects(file.chunks(), MAX_OBJECT_BYTES)) {
        context.signal.throwIfAborted();
        const post = tweetOf(json);
        if (!post) continue;
        for (const { id_str, screen_name, name } of post.entities.user_mentions ?? []) people.set(id_str, { id: id_str, username: screen_name, name });
        const userId = post.in_reply_to_user_id_str;
        if (userId === undefined) continue;
        replies.set(post.id_str, { userId, parent: post.in_reply_to_status_id_str ?? null });
        const username = post.in_reply_to_screen_name;
        if (username && !people.has(userId)) people.set(userId, { id: userId, username, name: '' });
      }
    } catch (error) {
      if (!brokenFile(error, '', file)) throw error;
    }
  }
}

function tweetOf(json: string | null): Tweet | null {
  const parsed = z.object({ tweet }).safeParse(parseJson(json));
  return parsed.success ? parsed.data.tweet : null;
}

/** What of the archive is not taken, and why. */
async function leftOut(archive: Archive, files: readonly ArchiveFile[], path: string): Promise<string[]> {
  const problems: string[] = [];
  for (const file of archive.files) {
    if (file.size <= EMPTY_FILE_BYTES) continue;
    if (file.kind === 'deleted-tweets' || file.kind === 'deleted-tweet') problems.push(`${file.name}: left out, these posts were deleted on X`);
    if (file.kind === 'direct-messages-group') problems.push(`${file.name}: left out, a group conversation belongs to no single customer`);
  }
  const here = new Set(archive.files.map((file) => file.name));
  for (const name of await namedFiles(archive)) if (!here.has(name)) problems.push(`${name}: named in data/manifest.js, but not in the archive`);
  if (files.length === 0) throw new ParleyError('bad_input', `${path} holds neither posts nor direct messages (data/tweets.js, data/direct-messages.js). Nothing was imported.`);
  return problems;
}

const manifest = z.object({ dataTypes: z.record(z.string(), z.object({ files: z.array(z.object({ fileName: z.string() })).catch([]) }).catch({ files: [] })) });
const MANIFEST_BYTES = 4 * 1024 ** 2;

async function namedFiles(archive: Archive): Promise<string[]> {
  const file = archive.files.find((one) => one.kind === 'manifest');
  if (!file || file.size > MANIFEST_BYTES) return [];
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of file.chunks()) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const parsed = manifest.safeParse(parseJson(text.slice(text.indexOf('{')).replace(/;\s*$/, '')));
    if (!parsed.success) return [];
    const types = Object.entries(parsed.data.dataTypes).filter(([type]) => ['tweets', 'tweet', 'directMessages'].includes(type));
    return types.flatMap(([, type]) => type.files.map((one) => one.fileName));
  } catch (error) {
    // Only a list of what should be there; the files themselves are checked when they are read.
    if (error instanceof ParleyError) return [];
    throw error;
  }
}

/** The messages in one object; a text is a problem. Throws ScanError when the object is no JSON at all. */
function* itemsOf(object: Scanned, file: ArchiveFile, reading: Reading, skipped: Map<string, number>): Generator<MessageEvent | string> {
  const place = `${file.name}, entry ${object.index + 1}`;
  if (object.json === null) return void (yield `${place}: too large and left out`);
  let value: unknown;
  try {
    value = JSON.parse(object.json);
  } catch {
    throw new ScanError(`entry ${object.index + 1} (byte ${object.start})`, 'it is no JSON');
  }
  if (file.kind === 'direct-messages') return yield* dmsIn(value, place, reading);
  const parsed = z.object({ tweet }).safeParse(value);
  if (!parsed.success) return void (yield `${place}: not understood (${parsed.error.issues[0]?.path.join('.') ?? ''})`);
  const event = replyEvent(parsed.data.tweet, reading);
  if (event) yield event;
  else skipped.set(ANSWERS_NOBODY, (skipped.get(ANSWERS_NOBODY) ?? 0) + 1);
}

const ANSWERS_NOBODY = 'posts of ours that answer nobody';

function replyEvent(post: Tweet, reading: Reading): MessageEvent | null {
  const { self, people, context } = reading;
  const userId = customerOf(post.id_str, reading);
  if (userId === null) return null;
  const party = partyOf(userId, people.get(userId) ?? null);
  const inReplyTo = post.in_reply_to_status_id_str ?? null;
  const { urls = [], media = [] } = post.entities;
  return {
    type: 'message', externalId: post.id_str, kind: 'post', direction: 'outbound', at: timeAt(post.id_str, post.created_at, context), party,
    author: `@${self.handle}`, subject: null, text: readableText(post.full_text, { urls: [...urls, ...media] }),
    references: inReplyTo === null ? [] : [postKey(inReplyTo)], threadKeys: [postKey(post.id_str)], ownKey: null, files: [], isSeen: true,
    detail: {
      type: 'post', postId: post.id_str, url: postUrl(post.id_str, self.handle), inReplyTo,
      // The archive does not say the conversation; the post answered is the nearest there is.
      conversationId: inReplyTo ?? post.id_str, quoted: null, isPromoted: false, replyAllowed: true,
    },
  };
}

/** Whom a reply is for in the end: a reply to ourselves continues the one before. */
function customerOf(postId: string, { self, replies }: Reading): string | null {
  const seen = new Set<string>();
  for (let id: string | null = postId; id !== null && !seen.has(id); ) {
    seen.add(id);
    const reply = replies.get(id);
    if (!reply) return null;
    if (reply.userId !== self.id) return reply.userId;
    id = reply.parent;
  }
  return null;
}

function* dmsIn(value: unknown, place: string, { self, people, context }: Reading): Generator<MessageEvent | string> {
  const parsed = dmConversation.safeParse(value);
  if (!parsed.success) return void (yield `${place}: not understood (${parsed.error.issues[0]?.path.join('.') ?? ''})`);
  const { conversationId, messages } = parsed.data.dmConversation;
  const peerId = peerOf(conversationId, self.id);
  if (peerId === null) return void (yield `${place}: left out, not a conversation of this account with one person`);
  const party = partyOf(peerId, people.get(peerId) ?? null);
  for (const [index, { messageCreate }] of messages.entries()) {
    // Reactions, joins and name changes are no messages.
    if (messageCreate === undefined) continue;
    const one = dmMessage.safeParse(messageCreate);
    if (!one.success) {
      yield `${place}, message ${index + 1}: not understood (${one.error.issues[0]?.path.join('.') ?? ''})`;
      continue;
    }
    const { id, senderId, text, createdAt, urls, mediaUrls } = one.data;
    const isOurs = senderId === self.id;
    const links = urls.map(({ url, expanded }) => ({ url, ...(expanded === undefined ? {} : { expanded_url: expanded }) }));
    yield {
      type: 'message', externalId: id, kind: 'dm', direction: isOurs ? 'outbound' : 'inbound', at: timeAt(id, createdAt, context), party,
      author: isOurs ? `@${self.handle}` : (party.name ?? party.display), subject: null,
      text: [readableText(text, { urls: links }), ...mediaUrls].filter((piece) => piece !== '').join('\n'),
      references: [conversationKeyOfDm(conversationId)], threadKeys: [conversationKeyOfDm(conversationId)], ownKey: null, files: [],
      detail: { type: 'dm', eventId: id, peerId, encrypted: false }, isSeen: isOurs,
    };
  }
}

/** As dated in the archive, else from the id; shifted, and never later than now. */
function timeAt(id: string, dated: string | undefined, { shiftMs, now }: ImportContext): number {
  const parsed = dated === undefined ? Number.NaN : Date.parse(dated);
  const at = Number.isNaN(parsed) ? (timeOfId(id) ?? now - shiftMs) : parsed;
  return Math.min(at + shiftMs, now);
}
