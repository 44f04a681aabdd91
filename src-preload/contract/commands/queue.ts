import { z } from 'zod';
import { command, id } from '../common.ts';
import { conversationRow, queueSort, queueView } from '../rows.ts';

/** Where in a sorted queue a page ends: the sort key and the id of its last row. */
const queueCursor = z.strictObject({ key: z.number(), tie: z.number(), id });
export const queuePage = z.strictObject({ rows: z.array(conversationRow), next: queueCursor.nullable() });

export const queueCommands = {
  'queue.page': command(z.strictObject({ view: queueView, sort: queueSort, accountId: id.nullable(), onlyAds: z.boolean().default(false), after: queueCursor.nullable(), limit: z.number().int().min(1).max(200) }), queuePage),
} as const;
