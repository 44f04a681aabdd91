import PostalMime, { type Address, type Email } from 'postal-mime';
import { shortenMime } from './fast-mime.ts';
import { repairHeaders, type Headers } from './headers.ts';
import type { MailLimits } from './limits.ts';
import { readLightly } from './light/read-lightly.ts';

shortenMime();

/** A mail taken apart: what an event is made of. */
export interface MailParts {
  /** Unfolded, not decoded. */
  headers: Headers;
  from: Address | undefined;
  sender: Address | undefined;
  replyTo: Address[] | undefined;
  to: Address[] | undefined;
  cc: Address[] | undefined;
  bcc: Address[] | undefined;
  subject: string | undefined;
  text: string | undefined;
  html: string | undefined;
  attachments: MailPart[];
}
export interface MailPart {
  filename: string | null;
  /** Lower case. */
  mimeType: string;
  contentId: string | undefined;
  content: ArrayBuffer | Uint8Array;
}

const partsOf = ({ headers, from, sender, replyTo, to, cc, bcc, subject, text, html, attachments }: Email): MailParts => ({
  headers: headers.map(({ key, value }) => ({ key, value })),
  from, sender, replyTo, to, cc, bcc, subject, text, html,
  attachments: attachments.map(({ filename, mimeType, contentId, content }) => ({ filename, mimeType, contentId, content: typeof content === 'string' ? Buffer.from(content) : content })),
});

/** By postal-mime, which reads whatever mails there are. Rejects when a limit is passed. */
export const readWholly = async (raw: Uint8Array, limits: MailLimits): Promise<MailParts> =>
  partsOf(await PostalMime.parse(repairHeaders(raw, limits), { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer', maxNestingDepth: limits.depth, maxHeadersSize: limits.headerBytes }));

/** Lightly where the mail is of the common shape, which gives the very same; a test and `npm run fuzz` compare the two. */
export const takeApart = async (raw: Uint8Array, limits: MailLimits): Promise<MailParts> => readLightly(raw, limits) ?? readWholly(raw, limits);
