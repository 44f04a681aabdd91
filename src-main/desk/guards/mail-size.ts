import type { DraftProblem } from '../../../src-preload/contract/index.ts';

const MB = 1_048_576;
const inMb = (bytes: number): string => `${(bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)} MB`;

/** Base64: 57 bytes become a line of 76 characters and its end (RFC 2045 6.8). */
const encoded = (bytes: number): number => Math.ceil(bytes / 57) * 78;
const PART_HEAD = 500;
const MAIL_HEAD = 4_000;
/** Text leaves twice, plain and formatted, and letters of most scripts need three bytes each that may be written as nine. */
const textBytes = (text: string): number => Buffer.byteLength(text) * 4;

/** How large a mail with these files will be on its way, a little more rather than less. */
export const mailSize = (text: string, files: readonly { size: number }[]): number => MAIL_HEAD + textBytes(text) + files.reduce((sum, file) => sum + encoded(file.size) + PART_HEAD, 0);

/** What to say when a mail is larger than its server takes; null when it is not, or nobody knows. */
export function sizeProblem(text: string, files: readonly { size: number }[], limit: number | null): DraftProblem | null {
  const size = limit === null ? 0 : mailSize(text, files);
  if (limit === null || size <= limit) return null;
  return { guard: 'files', what: inMb(size), message: `With its attachments this mail is ${inMb(size)} on its way; the mail server takes at most ${inMb(limit)}. Take something out or send a link.` };
}
