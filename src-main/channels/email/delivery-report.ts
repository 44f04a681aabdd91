import type { DeliveryFailure } from '../../../src-preload/contract/index.ts';
import { header, type Headers } from './headers.ts';
import { messageIdsIn } from './message-id.ts';
import { cleanLine } from './text.ts';

/** What a delivery report says (RFC 3464), or what older mailers put in headers and text. */
export interface DeliveryReport {
  /** Empty when it reports a success. */
  failures: DeliveryFailure[];
  /** Message-IDs of the mail it speaks of, most telling first. */
  messageIds: string[];
}

interface Part {
  type: string;
  bytes: Uint8Array;
}

const READ_CHARS = 65_536;
const WHY_CHARS = 300;
const MOST_FAILURES = 20;

export const isDaemon = (from: string): boolean => /^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|microsoftexchange[0-9a-f]{16,}|bounces?)@/i.test(from);

const textOf = (part: Part): string => Buffer.from(part.bytes.subarray(0, READ_CHARS)).toString('utf8').replace(/\r\n?/g, '\n');

/** A field of a block of header lines, folded lines joined. */
const field = (block: string, name: string): string | null => new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'im').exec(block)?.[1]?.replace(/\s+/g, ' ').trim() ?? null;

const addressIn = (value: string | null): string | null => {
  const found = /(?:^|[\s;<:])([^\s<>;:()"]{1,128}@[^\s<>;:()",]{1,190})/.exec(value ?? '')?.[1]?.replace(/[.,]+$/, '').toLowerCase();
  return found === undefined || found.endsWith('@') || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(found) ? null : found;
};
const statusIn = (value: string | null): string | null => /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(value ?? '')?.[1] ?? null;

/** What a status code means where the server says nothing in words (RFC 3463). */
const MEANINGS: [RegExp, string][] = [
  [/^\d\.1\.[016]$/, 'There is no such mailbox.'], [/^\d\.1\.2$/, 'There is no such mail domain.'], [/^\d\.2\.1$/, 'The mailbox is closed.'], [/^\d\.2\.2$/, 'The mailbox is full.'],
  [/^\d\.[23]\.[34]$/, 'The mail is too large for this mailbox.'], [/^\d\.4\.7$/, 'The server could not be reached for too long.'], [/^\d\.4\.\d+$/, 'The server could not be reached.'],
  [/^\d\.7\.\d+$/, 'The server refused it by its rules.'],
];

function words(diagnostic: string | null, status: string | null): string {
  const said = cleanLine((diagnostic ?? '').replace(/^[a-z0-9-]+\s*;\s*/i, ''), WHY_CHARS);
  return said !== '' ? said : (MEANINGS.find(([pattern]) => pattern.test(status ?? ''))?.[1] ?? 'The server gave no reason.');
}

function fromStatusPart(text: string): DeliveryFailure[] {
  return text.split(/\n[ \t]*\n/).slice(0, 200).flatMap((block): DeliveryFailure[] => {
    const action = field(block, 'Action')?.toLowerCase() ?? null;
    const recipient = addressIn(field(block, 'Final-Recipient')) ?? addressIn(field(block, 'Original-Recipient'));
    if (action === null && recipient === null) return [];
    const status = statusIn(field(block, 'Status')) ?? statusIn(field(block, 'Diagnostic-Code'));
    // Given up for good is said by the action: an expired mail has failed although its status is 4.4.7.
    const isFinal = action === null ? !(status ?? '').startsWith('4') : action === 'failed';
    if (!isFinal && action !== null && action !== 'delayed') return [];
    if (status?.startsWith('2') === true) return [];
    return [{ recipient, isFinal, status, why: words(field(block, 'Diagnostic-Code'), status) }];
  }).slice(0, MOST_FAILURES);
}

/** Where a text begins to repeat the mail it speaks of. */
const COPY = /^(?:-{2,}.{0,20}(?:below this line is a copy|this is a copy|original message|returned message|unsent message|enclosed is a copy|the header of the original|message header|the body of the message).*|original message headers:.*|reporting-mta:.*|received: .*)$/im;
const SAYS_SO = /undeliver|not be delivered|couldn['’]t be delivered|not been delivered|delivery (?:has |to .{1,200} )?(?:failed|failure|is delayed)|delivery status notification|returned mail|failure notice|unable to deliver|wasn['’]t able to deliver|delivery incomplete|mail delivery (?:failed|system)|delayed mail|warning: message|unzustellbar|nicht zugestellt|non remis|no se ha podido entregar|não pôde ser entregue|impossibile recapitare/i;
const STILL_TRYING = /still trying|will (?:continue|keep)\b.{0,40}\b(?:try|retry)|will be retried|delivery incomplete|has been delayed|is delayed|not yet been delivered|no action is required|do not need to resend|warning: message .{0,80}delayed/i;
const GIVEN_UP = /given up|giving up|not going to try again|permanent (?:fatal )?error|permanently|last attempt|too long/i;

/** Reports without a status part: qmail, exim, sendmail and many gateways say it in words. */
function fromWords(text: string, isOurAddress: (address: string) => boolean, named: readonly string[]): DeliveryFailure {
  const end = COPY.exec(text)?.index ?? text.length;
  const head = text.slice(0, Math.min(end, 8_000));
  const lines = head.split('\n').filter((line) => line.length <= 1_000);
  const at = lines.findIndex((line) => { const found = addressIn(line); return found !== null && !isOurAddress(found) && !isDaemon(found); });
  const recipient = named[0] ?? addressIn(lines[at] ?? null);
  // The reason stands behind the address or in the lines below it, up to the next blank line after words.
  const below = at < 0 ? lines : lines.slice(at);
  const withCode = below.find((line) => /\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(line));
  const rest = (lines[at] ?? '').replace(/^.*?>?:/, '').trim();
  const reason = withCode ?? (rest !== '' && !rest.includes('@') ? rest : (below.slice(1).find((line) => line.trim() !== '') ?? ''));
  const status = statusIn(reason) ?? statusIn(head);
  const code = /\b([45])\d\d[ -]/.exec(reason)?.[1] ?? null;
  const isFinal = GIVEN_UP.test(head) || (!STILL_TRYING.test(head) && (code ?? status?.[0] ?? '5') !== '4');
  return { recipient, isFinal, status, why: words(reason.trim(), status) };
}

/** Reads a bounce; null when the mail is none. `isOurs` knows our own Message-IDs. */
export function deliveryReport(mail: { headers: Headers; from: string; subject: string; text: string; parts: readonly Part[] }, isOurs: (id: string) => boolean, isOurAddress: (address: string) => boolean): DeliveryReport | null {
  const { headers, parts } = mail;
  const text = mail.text.slice(0, READ_CHARS);
  const status = parts.find((part) => part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status');
  const failed = (header(headers, 'x-failed-recipients') ?? '').split(',').flatMap((one) => addressIn(one) ?? []);
  const isReport = status !== undefined || /report-type\s*=\s*"?delivery-status/i.test(header(headers, 'content-type') ?? '') || failed.length > 0;
  const isWords = (isDaemon(mail.from) || header(headers, 'return-path')?.trim() === '<>') && SAYS_SO.test(`${mail.subject}\n${text.slice(0, 2_000)}`);
  if (!isReport && !isWords) return null;
  const fields = status === undefined ? '' : textOf(status);
  const read = fromStatusPart(fields);
  const returned = parts.filter((part) => /^(?:message\/(?:global|rfc822|global-headers)|text\/rfc822-headers)$/.test(part.type)).slice(0, 3).map(textOf);
  const messageIds = [
    ...messageIdsIn(field(fields, 'Original-Message-ID') ?? ''), ...messageIdsIn(field(fields, 'X-Original-Message-ID') ?? ''),
    ...returned.flatMap((part) => messageIdsIn(field(part.split(/\n[ \t]*\n/, 1)[0] ?? '', 'Message-ID') ?? '')),
    ...[...text.matchAll(/^[> \t]*Message-ID:[ \t]*(<[^<>\s]{3,900}>)/gim)].flatMap((found) => messageIdsIn(found[1] ?? '')),
    ...messageIdsIn(text).filter(isOurs),
  ];
  const isSuccess = read.length === 0 && /^action:[ \t]*(?:delivered|relayed|expanded)/im.test(fields);
  const failures = read.length > 0 || isSuccess ? read : [fromWords(text, isOurAddress, failed)];
  return { failures, messageIds: [...new Set(messageIds)] };
}
