import { z } from 'zod';
import { command, id } from '../common.ts';
import { callMap, callPreview } from '../imports.ts';
import { attachment, composerMode } from '../rows.ts';

export const fileCommands = {
  /** What a list of calls with columns of its own would bring, read by this map, the one remembered or a guess; null for everything that needs none. */
  'import.look': command(z.strictObject({ path: z.string().min(1).max(4_096), map: callMap.nullable() }), z.strictObject({ calls: callPreview.nullable() })),
  /** A map is remembered for files with the same columns. */
  'import.start': command(z.strictObject({ path: z.string().min(1).max(4_096), map: callMap.nullable().default(null) }), z.strictObject({ jobId: id })),
  /** Takes a file of this machine as an attachment to be; content is copied at once. */
  'attachment.stage': command(z.strictObject({ path: z.string().min(1).max(4_096), mode: z.enum(['reply', 'post', 'dm', 'mail']).default('mail') }), z.strictObject({ attachment })),
  /** What a picture shows, for who cannot see it; of a file that has not been sent yet. Empty takes the description away. */
  'attachment.describe': command(z.strictObject({ attachmentId: id, conversationId: id, mode: composerMode, alt: z.string().max(1_000) }), z.strictObject({ seq: z.number().int(), attachment })),
  /** The same for bytes that lie in no file: a picture from the clipboard. */
  'attachment.paste': command(z.strictObject({ name: z.string().min(1).max(200), base64: z.string().max(40_000_000), mode: z.enum(['reply', 'post', 'dm', 'mail']) }), z.strictObject({ attachment })),
  /** Saves into the downloads folder under a free name; never opened, never executed. */
  'attachment.save': command(z.strictObject({ attachmentId: id }), z.strictObject({ path: z.string() })),
  /** A picture small enough to show, as a data: URL; null when it is no picture we show. */
  'attachment.preview': command(z.strictObject({ attachmentId: id }), z.strictObject({ dataUrl: z.string().nullable() })),
} as const;
