import { createHash } from 'node:crypto';
import type { Address } from 'postal-mime';
import type { FileStore, MessageDetail, MessageEvent, Party, StoredFile } from '../port.ts';
import { automaticKind, doubtOf } from './automatic.ts';
import { readInvitation } from './calendar.ts';
import { deliveryReport } from './delivery-report.ts';
import { header, headerEnd, mailDate, type Headers } from './headers.ts';
import { mailLimits, type MailLimits } from './limits.ts';
import { readWholly, takeApart, type MailParts } from './mail-parts.ts';
import { bracketed, isOwnMessageId, messageIdOf, messageIdsIn, threadIndexKey } from './message-id.ts';
import { altTexts, cleanLine, cleanText, fileName, htmlText, saysMore } from './text.ts';

export interface ReadMailOptions {
  /** Our own addresses; case and "+tag" do not matter. */
  own: readonly string[];
  /** ms UTC: when the server got it; never later than now. */
  receivedAt: number;
  /** Read in a folder of sent mail: we wrote it, whatever From says. */
  isSent?: boolean;
  isSeen?: boolean;
  /** Its size at the source, when `raw` is only its beginning. */
  fullSize?: number | null;
  limits?: MailLimits;
}

export type MailFile = Omit<StoredFile, 'sha256'> & { bytes: Uint8Array };
/** An event whose files are not stored yet: what the worker hands back. */
export type ReadMail = Omit<MessageEvent, 'files'> & { files: MailFile[] };

const MB = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1_048_576))} MB`;

interface Who {
  /** Lower case. */
  value: string;
  /** As written. */
  address: string;
  name: string;
}

function mailboxes(list: readonly Address[] | undefined, limits: MailLimits): Who[] {
  const found: Who[] = [];
  for (const entry of (list ?? []).flatMap((one) => one.group ?? [one]).slice(0, limits.addresses)) {
    const address = cleanLine(entry.address, 320).replaceAll(' ', '');
    if (address === '') continue;
    const value = address.toLowerCase();
    const name = cleanLine(entry.name, limits.nameChars);
    found.push({ value, address, name: name.toLowerCase() === value ? '' : name });
  }
  return found;
}

/** Whom a mail names, each list read once. */
interface People {
  /** Who wrote, the likeliest first. */
  from: Who[];
  replyTo: Who[];
  to: Who[];
  cc: Who[];
  bcc: Who[];
}

function peopleOf(email: MailParts, limits: MailLimits): People {
  const replyTo = mailboxes(email.replyTo, limits);
  const single = (address: Address | undefined): Who[] => (address === undefined ? [] : mailboxes([address], limits));
  return { from: [...single(email.from), ...single(email.sender), ...replyTo], replyTo, to: mailboxes(email.to, limits), cc: mailboxes(email.cc, limits), bcc: mailboxes(email.bcc, limits) };
}

const party = (who: Who): Party => ({ kind: 'email', value: who.value, display: who.address, name: who.name === '' ? null : who.name });
const NOBODY: Who = { value: 'unknown@sender.invalid', address: 'unknown@sender.invalid', name: '' };
/** More are a list that does not say so. */
const MOST_REPLY_TO = 5;
const NO_REPLY = /^(?:no|not|do-?not|never)[-_.]?reply/i;

/**
 * The customer's side, and who wrote. Outbound = it lies in a folder of sent mail or From is ours; its customer is the first of To, Cc
 * that is not ours. Two exceptions for inbound mail: a form on our site writes as us to us with Reply-To the customer, and a "no-reply"
 * sender may name a Reply-To. Other Reply-To headers only say where an answer goes (lists, shared boxes), not who wrote.
 */
function sides(people: People, isOwn: (who: Who) => boolean, options: ReadMailOptions): { direction: 'inbound' | 'outbound'; from: Who; customer: Who; isNamedByReplyTo?: boolean } {
  const from = people.from[0] ?? NOBODY;
  const recipients = [...people.to, ...people.cc, ...people.bcc];
  const replyTo = people.replyTo.find((who) => !isOwn(who));
  const recipient = recipients.find((who) => !isOwn(who));
  if (options.isSent === true || isOwn(from)) {
    if (options.isSent !== true && recipient === undefined && replyTo !== undefined) return { direction: 'inbound', from: replyTo, customer: replyTo, isNamedByReplyTo: true };
    return { direction: 'outbound', from, customer: recipient ?? recipients[0] ?? from };
  }
  const isNamedByReplyTo = NO_REPLY.test(from.value) && replyTo !== undefined;
  return { direction: 'inbound', from, customer: isNamedByReplyTo ? replyTo : from, isNamedByReplyTo };
}

function collectFiles(email: MailParts, limits: MailLimits): MailFile[] {
  if (email.attachments.length === 0) return [];
  const alts = email.html === undefined ? new Map<string, string>() : altTexts(email.html, limits);
  return email.attachments.slice(0, limits.files).map((part, index) => {
    const bytes = new Uint8Array(part.content);
    const contentId = part.contentId === undefined ? null : cleanLine(part.contentId.replace(/^\s*<|>\s*$/g, ''), limits.nameChars);
    const ending = /^(?:message\/(?:rfc822|global))$/.test(part.mimeType) ? 'eml' : (part.mimeType.split('/')[1] ?? '').replace(/^x-/, '').replace(/[^a-z0-9]/g, '').slice(0, 8);
    return {
      name: fileName(part.filename, `attachment-${index + 1}${ending === '' ? '' : `.${ending}`}`, limits),
      type: cleanLine(part.mimeType.toLowerCase(), limits.nameChars) || 'application/octet-stream',
      size: bytes.length,
      contentId: contentId === '' ? null : contentId,
      alt: contentId === null ? null : (alts.get(contentId) ?? null),
      bytes,
    };
  });
}

// Lone surrogates become U+FFFD; each file gets a buffer of its own.
const utf8 = new TextEncoder();
const extraFile = (name: string, type: string, bytes: Uint8Array): MailFile => ({ name, type, size: bytes.length, contentId: null, alt: null, bytes });

/** Text to read and the files that hold what the text leaves out: message.html when it says more, message.txt when the text was cut. */
function body(email: MailParts, limits: MailLimits): { text: string; files: MailFile[] } {
  const files: MailFile[] = [];
  let text = cleanText((email.text ?? '').slice(0, limits.textChars * 4));
  const whole = text;
  if (email.html !== undefined && email.html.trim() !== '') {
    if (text === '' || saysMore(email.html, text, limits)) files.push(extraFile('message.html', 'text/html', utf8.encode(email.html)));
    if (text === '') text = htmlText(email.html, limits);
  }
  if (text.length > limits.textChars) {
    if (whole !== '') files.push(extraFile('message.txt', 'text/plain', utf8.encode(email.text)));
    text = `${text.slice(0, limits.textChars)}\n[…]`.toWellFormed();
  }
  return { text, files };
}

function links(headers: Headers, externalId: string, isOutbound: boolean, bounced: readonly string[], isOurs: (id: string) => boolean, limits: MailLimits): { references: string[]; threadKeys: string[]; ownKey: string | null } {
  const inReplyTo = messageIdsIn(header(headers, 'in-reply-to') ?? '');
  const references = messageIdsIn(header(headers, 'references') ?? '').reverse();
  const outlook = threadIndexKey(header(headers, 'thread-index'));
  const all = [...bounced, ...inReplyTo, ...references].filter((id) => id !== externalId && id.length <= limits.messageIdChars);
  const ordered = [...all.filter(isOurs), ...all].slice(0, limits.references);
  const tail = outlook === null ? [] : [outlook];
  // A customer knows our keys from our mails: only what we wrote may settle our outbox.
  const stamp = isOutbound ? header(headers, 'x-parley-id')?.trim() : undefined;
  const ownKey = stamp !== undefined && stamp !== '' ? cleanLine(stamp, limits.messageIdChars) : isOutbound && isOurs(externalId) ? externalId : null;
  const named = externalId.startsWith('<') ? [externalId] : [];
  // Exchange rewrites the Message-ID of what it sends; customers may answer to either.
  const stamped = ownKey !== null && isOurs(bracketed(ownKey)) ? [bracketed(ownKey)] : [];
  return { references: [...new Set([...ordered, ...tail])], threadKeys: [...new Set([...named, ...stamped, ...tail])], ownKey };
}

function toEvent(raw: Uint8Array, email: MailParts, options: ReadMailOptions, limits: MailLimits, unreadable: string | null): ReadMail {
  const headers: Headers = email.headers;
  const own = new Set(options.own.map((address) => address.toLowerCase()));
  const isOwnAddress = (address: string): boolean => own.has(address) || own.has(address.replace(/\+[^@]*@/, '@'));
  const people = peopleOf(email, limits);
  const { direction, from, customer, isNamedByReplyTo } = sides(people, (who) => isOwnAddress(who.value), options);
  const messageId = messageIdOf(header(headers, 'message-id'), limits.messageIdChars);
  const externalId = messageId ?? `sha256:${createHash('sha256').update(raw).digest('hex')}`;
  const isOurs = (id: string): boolean => isOwnMessageId(id, options.own);
  const content = body(email, limits);
  const attached = collectFiles(email, limits);
  const subject = cleanLine(email.subject ?? '', limits.subjectChars);
  const report = direction === 'inbound' ? deliveryReport({ headers, from: from.value, subject, text: content.text, parts: attached }, isOurs, isOwnAddress) : null;
  // A bounce belongs to the customer it did not reach, but only when it names a mail of ours: anybody can write "could not deliver".
  const unreached = report?.messageIds.some(isOurs) === true ? (report.failures[0]?.recipient ?? null) : null;
  const failed: Who | null = unreached === null ? null : { value: unreached, address: unreached, name: '' };
  const automatic = direction === 'inbound' ? automaticKind(headers, from.value, report) : 'no';
  // On a list Reply-To is the list: an answer is for who wrote. Otherwise it is where they want it.
  const wanted = direction === 'inbound' && automatic !== 'bulk' ? people.replyTo.filter((who) => !isOwnAddress(who.value)) : [];
  const replyTo = wanted.some((who) => who.value !== customer.value) ? wanted.slice(0, MOST_REPLY_TO).map((who) => who.address) : [];
  const invitation = readInvitation(attached);
  const detail: MessageDetail = {
    type: 'mail',
    from: from.address,
    to: people.to.map((who) => who.address),
    cc: people.cc.map((who) => who.address),
    messageId,
    automatic,
    unreadable,
    ...(report === null || report.failures.length === 0 ? {} : { failures: report.failures }),
    ...(invitation === null ? {} : { invitation }),
    ...(replyTo.length === 0 ? {} : { replyTo }),
  };
  const keys = links(headers, externalId, direction === 'outbound', report?.messageIds ?? [], isOurs, limits);
  const doubt = doubtOf({
    direction, address: customer.value, automatic, isNamedByReplyTo: isNamedByReplyTo === true, quotesOurs: keys.references.some(isOurs),
    side: customer.value === NOBODY.value ? 'nobody' : isOwnAddress(customer.value) ? 'own' : 'somebody',
  });
  return {
    type: 'message', externalId, kind: 'mail', direction,
    at: mailDate(header(headers, 'date'), options.receivedAt),
    party: party(failed ?? customer),
    author: from.name === '' ? from.address : from.name,
    subject: subject === '' ? null : subject,
    text: content.text,
    ...keys,
    files: [...attached, ...content.files],
    detail,
    isSeen: options.isSeen ?? direction === 'outbound',
    ...(doubt === null ? {} : { doubt }),
  };
}

const NOTHING: MailParts = { headers: [], from: undefined, sender: undefined, replyTo: undefined, to: undefined, cc: undefined, bcc: undefined, subject: undefined, text: undefined, html: undefined, attachments: [] };

function countBoundaryLines(raw: Uint8Array, limit: number): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let count = 0;
  for (let at = bytes.indexOf('\n--'); at >= 0 && count <= limit; at = bytes.indexOf('\n--', at + 3)) count += 1;
  return count;
}

/** A mail nobody could take apart: what its first headers say, and the whole of it as the file message.eml. `why` is one sentence. */
export async function unreadableMail(raw: Uint8Array, options: ReadMailOptions, why: string): Promise<ReadMail> {
  const limits = options.limits ?? mailLimits;
  const head = raw.subarray(0, Math.min(headerEnd(raw), 64 * 1024));
  const email = await readWholly(head, limits).catch(() => NOTHING);
  // The body is not ours to guess at: without this an unfinished base64 head would be shown as text.
  const event = toEvent(raw, { ...email, text: undefined, html: undefined, attachments: [] }, options, limits, why);
  return { ...event, files: [extraFile('message.eml', 'message/rfc822', raw)] };
}

/** Takes a mail apart; pure but for its use of CPU, and never throws or rejects for any bytes. RFC 5322, 2045-2047, 3464, 3834. */
export async function readMail(raw: Uint8Array, options: ReadMailOptions): Promise<ReadMail> {
  const limits = options.limits ?? mailLimits;
  const cut = options.fullSize !== undefined && options.fullSize !== null && options.fullSize > raw.length ? options.fullSize : null;
  if (cut === null && raw.length > limits.rawBytes) return unreadableMail(raw, options, `This mail has ${MB(raw.length)}, more than can be read here; it is kept whole as message.eml.`);
  if (countBoundaryLines(raw, limits.boundaryLines) > limits.boundaryLines) return unreadableMail(raw, options, 'This mail has too many parts to be read; it is kept whole as message.eml.');
  try {
    const email = await takeApart(raw, limits);
    if (email.attachments.length > limits.parts) return await unreadableMail(raw, options, `This mail has ${email.attachments.length} parts, too many to show; it is kept whole as message.eml.`);
    const note = cut === null ? null : `This mail has ${MB(cut)}; only its first ${MB(raw.length)} were read.`;
    const event = toEvent(raw, email, options, limits, note);
    if (email.attachments.length > limits.files) {
      event.files.push(extraFile('message.eml', 'message/rfc822', raw));
      event.detail = { ...event.detail, unreadable: `Only the first ${limits.files} of ${email.attachments.length} attachments are shown; all are in message.eml.` } as MessageDetail;
    }
    return event;
  } catch {
    return unreadableMail(raw, options, 'This mail is damaged or nested too deeply to be read; it is kept whole as message.eml.');
  }
}

/** `readMail` with its files put away: for importers. Rejects only when `files.put` throws. */
export async function parseMail(raw: Uint8Array, options: ReadMailOptions & { files: FileStore }): Promise<MessageEvent> {
  const mail = await readMail(raw, options);
  return { ...mail, files: mail.files.map(({ bytes, ...file }) => ({ ...file, sha256: options.files.put(bytes) })) };
}
