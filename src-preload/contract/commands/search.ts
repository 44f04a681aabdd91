import { z } from 'zod';
import { channel, command, direction, entryKind, id, line, messageId, time } from '../common.ts';

export const searchCommands = {
  'search.query': command(z.strictObject({ text: line, before: messageId.nullable(), limit: z.number().int().min(1).max(100) }), z.strictObject({
    hits: z.array(z.strictObject({
      messageId, conversationId: id, customerId: id, customerName: z.string(), kind: entryKind, channel, direction, isPrivate: z.boolean(), at: time,
      subject: z.string().nullable(),
      /** Excerpt around the first match; `marks` are [start, end) offsets into it (UTF-16). */
      excerpt: z.string(), marks: z.array(z.tuple([z.number().int(), z.number().int()])),
    })), next: messageId.nullable(), tookMs: z.number(),
    /** What could not be understood in the query, in one sentence. */
    problem: z.string().nullable(),
  })),
} as const;
