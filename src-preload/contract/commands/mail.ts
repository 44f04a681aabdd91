import { z } from 'zod';
import { command, messageId } from '../common.ts';

export const mailCommands = {
  /**
   * Makes the page on which a mail is shown with its formatting: sanitised, on an origin of its own. `url` is for an iframe as wide as `width`;
   * `height` is reckoned, both in CSS pixels; `remote` counts pictures of the web that are not shown. With `remotePictures` they are fetched first.
   */
  'mail.show': command(
    z.strictObject({ messageId, scheme: z.enum(['light', 'dark']), width: z.number().int().min(100).max(10_000), remotePictures: z.boolean() }),
    z.strictObject({ url: z.string(), height: z.number().int(), remote: z.number().int() }),
  ),
} as const;
