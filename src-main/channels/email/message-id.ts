/** A Message-ID is written with its angle brackets everywhere in Parley: "<x@y>" (RFC 5322 3.6.4). */
const OWN = /^<[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}@([^<>@\s]+)>$/;
const TOKEN = /<[^<>\s@]{1,480}@[^<>\s@]{1,480}>/g;

// Nobody can see or compare what these hide: an id with them is no id.
const isPlain = (id: string): boolean => /^[!-~]*$/.test(id) || !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(id);

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The Message-ID of an outgoing mail, made once, at enqueue: outbox id (uuid v7) at our own domain. It is the idempotency key of the send. */
export const messageIdFor = (outboxId: string, address: string): string => `<${outboxId}@${domainOf(address)}>`;

/** Did Parley make this Message-ID for one of these addresses? Says nothing about who sends it: anybody we wrote to knows it. */
export function isOwnMessageId(messageId: string, own: readonly string[]): boolean {
  const domain = OWN.exec(messageId)?.[1]?.toLowerCase();
  return domain !== undefined && own.some((address) => domainOf(address) === domain);
}

/** All `<…@…>` tokens of a References or In-Reply-To header, in order; comments, commas and words between them are ignored. */
export const messageIdsIn = (header: string): string[] => (header.match(TOKEN) ?? []).filter(isPlain);

/** The Message-ID of a header value; without brackets they are added; null when there is none fit to identify a mail. */
export function messageIdOf(header: string | null, maxChars: number): string | null {
  if (header === null) return null;
  const inBrackets = /<([^<>\s]+)>/.exec(header)?.[1];
  const bare = inBrackets ?? (/^[^<>\s]+@[^<>\s]+$/.test(header.trim()) ? header.trim() : null);
  return bare === null || bare.length > maxChars || !isPlain(bare) ? null : `<${bare}>`;
}

/** Brackets added when missing. */
export const bracketed = (id: string): string => (id.startsWith('<') ? id : `<${id}>`);

/** Outlook's conversation: the first 22 bytes of the decoded Thread-Index header ([MS-OXOMSG] 2.2.1.3), or null. */
export function threadIndexKey(header: string | null): string | null {
  if (header === null) return null;
  const bytes = Buffer.from(header.replace(/\s+/g, ''), 'base64');
  return bytes.length < 22 ? null : `thread-index:${bytes.subarray(0, 22).toString('base64')}`;
}
