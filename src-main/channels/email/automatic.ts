import { header, type Headers } from './headers.ts';
import { messageIdsIn } from './message-id.ts';

export type Automatic = 'no' | 'auto_reply' | 'bounce' | 'bulk';

/** What a delivery report says (RFC 3464), or what older mailers put in headers and text. */
export interface DeliveryReport {
  /** `false` while the server still tries (4.x.x, "delayed") or reports a success. */
  hasFailed: boolean;
  /** Lower case; null when the report does not say. */
  recipient: string | null;
  /** Message-ID of the mail it speaks of. */
  messageId: string | null;
}

interface Part {
  type: string;
  bytes: Uint8Array;
}

const textOf = (part: Part): string => Buffer.from(part.bytes.subarray(0, 65_536)).toString('latin1');
const field = (text: string, name: string): string | null => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? null;
const isDaemon = (from: string): boolean => /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/i.test(from);

/** Reads a bounce; null when the mail is none. `from` is the address of the From header, `isOurs` knows our own Message-IDs. */
export function deliveryReport(headers: Headers, from: string, text: string, parts: readonly Part[], isOurs: (id: string) => boolean): DeliveryReport | null {
  const type = header(headers, 'content-type') ?? '';
  const status = parts.find((part) => part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status');
  const failed = header(headers, 'x-failed-recipients');
  const isReport = status !== undefined || /report-type\s*=\s*"?delivery-status/i.test(type) || failed !== null || (isDaemon(from) && header(headers, 'return-path')?.trim() === '<>');
  if (!isReport) return null;
  const fields = status === undefined ? '' : textOf(status);
  const action = field(fields, 'Action')?.toLowerCase() ?? null;
  const code = field(fields, 'Status') ?? '';
  const original = parts.find((part) => /^(?:message\/(?:global|rfc822|global-headers)|text\/rfc822-headers)$/.test(part.type));
  const named = original === undefined ? [] : messageIdsIn(field(textOf(original), 'Message-ID') ?? '');
  const quoted = messageIdsIn(text.slice(0, 65_536)).filter(isOurs);
  const recipient = /(?:rfc822|utf-8)\s*;\s*<?([^\s<>;]+@[^\s<>;]+)/i.exec(field(fields, 'Final-Recipient') ?? '')?.[1] ?? failed?.split(',')[0]?.trim() ?? null;
  return {
    hasFailed: action === null ? !code.startsWith('4') : action === 'failed',
    recipient: recipient === null ? null : recipient.toLowerCase(),
    messageId: named[0] ?? quoted[0] ?? null,
  };
}

/**
 * RFC 3834 and the habits before it. A report about a mail that may still arrive counts as an automatic answer. X-Auto-Response-Suppress
 * alone proves nothing: Exchange puts it on mail people wrote.
 */
export function automaticKind(headers: Headers, from: string, report: DeliveryReport | null): Automatic {
  if (report !== null) return report.hasFailed ? 'bounce' : 'auto_reply';
  const submitted = /^[\s(]*([a-z-]+)/i.exec(header(headers, 'auto-submitted') ?? '')?.[1]?.toLowerCase() ?? 'no';
  const precedence = (header(headers, 'precedence') ?? '').trim().toLowerCase();
  if (submitted === 'auto-replied' || precedence === 'auto_reply' || header(headers, 'x-autoreply') !== null || header(headers, 'x-autorespond') !== null) return 'auto_reply';
  if (header(headers, 'list-id') !== null || /^(?:bulk|junk|list)$/.test(precedence)) return 'bulk';
  const type = header(headers, 'content-type') ?? '';
  if (submitted !== 'no' || /^\s*multipart\/report/i.test(type) || header(headers, 'return-path')?.trim() === '<>' || isDaemon(from)) return 'auto_reply';
  return 'no';
}
