import { z } from 'zod';
import { command, id, messageId, text, time } from '../common.ts';
import { attachment, invitation } from '../rows.ts';

/** Which attachment of which attached mail, from the outside in. */
const place = { attachmentId: id, path: z.array(z.number().int().min(0).max(200)).max(16) };

const frame = { scheme: z.enum(['light', 'dark']), width: z.number().int().min(100).max(10_000), remotePictures: z.boolean() };
const shown = z.strictObject({ url: z.string(), height: z.number().int(), remote: z.number().int() });

export const mailCommands = {
  /** The page on which a draft is shown as its reader will see it; the rest as for `mail.show`. */
  'mail.preview': command(
    z.strictObject({
      text,
      /** null: the text alone, a signature for example. */
      mail: z.strictObject({ conversationId: id, accountId: id, inReplyTo: messageId.nullable(), forwards: messageId.optional(), quotes: z.boolean().optional() }).nullable(),
      scheme: z.enum(['light', 'dark']), width: z.number().int().min(100).max(10_000),
    }),
    z.strictObject({ url: z.string(), height: z.number().int() }),
  ),
  /** Copies of a mail's files and its subject, for passing it on. */
  'mail.forward': command(z.strictObject({ messageId }), z.strictObject({ seq: z.number().int(), subject: z.string(), attachments: z.array(attachment) })),
  /**
   * Makes the page on which a mail is shown with its formatting: sanitised, on an origin of its own. `url` is for an iframe as wide as `width`;
   * `height` is reckoned, both in CSS pixels; `remote` counts pictures of the web that are not shown. With `remotePictures` they are fetched first.
   */
  'mail.show': command(z.strictObject({ messageId, ...frame }), shown),
  /** The same for an attached mail. */
  'mail.showFile': command(z.strictObject({ ...place, ...frame }), shown),
  /** The same for a mail of the tray. */
  'mail.showUnplaced': command(z.strictObject({ id, ...frame }), shown),
  /** Reads an attached mail (message/rfc822), or one attached to it; nothing of it is stored. */
  'mail.openFile': command(z.strictObject(place), z.strictObject({
    from: z.string(), to: z.array(z.string()), cc: z.array(z.string()), subject: z.string().nullable(), at: time.nullable(), text: z.string(), unreadable: z.string().nullable(),
    /** Whether it has formatting of its own: then `mail.showFile` shows it. */
    isFormatted: z.boolean(),
    invitation: invitation.nullable(), files: z.array(z.strictObject({ name: z.string(), type: z.string(), size: z.number().int() })),
  })),
  /** Saves a file of an attached mail into the downloads folder: the last number of `path` is its place in `files`. */
  'mail.saveInner': command(z.strictObject(place), z.strictObject({ path: z.string() })),
} as const;
