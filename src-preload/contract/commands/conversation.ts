import { z } from 'zod';
import { command, done, id, messageId } from '../common.ts';
import { capability, conversationRow, customer, draft, entry } from '../rows.ts';

const openConversation = z.strictObject({
  conversation: conversationRow, customer, entries: z.array(entry), hasOlder: z.boolean(),
  drafts: z.array(draft), capabilities: z.array(capability),
  /** Where a message far back was asked for: what stands around it. */
  around: z.strictObject({ entries: z.array(entry), hasOlder: z.boolean(), hasNewer: z.boolean() }).nullable(),
});

export const conversationCommands = {
  /** The newest entries, and with `around` those before and after one message. */
  'conversation.open': command(z.strictObject({ conversationId: id, limit: z.number().int().min(1).max(500), around: messageId.nullable().default(null) }), openConversation),
  'conversation.older': command(z.strictObject({ conversationId: id, before: messageId, limit: z.number().int().min(1).max(500) }), z.strictObject({ entries: z.array(entry), hasOlder: z.boolean() })),
  'conversation.newer': command(z.strictObject({ conversationId: id, after: messageId, limit: z.number().int().min(1).max(500) }), z.strictObject({ entries: z.array(entry), hasNewer: z.boolean() })),
  'conversation.markRead': command(z.strictObject({ conversationId: id, upTo: messageId }), done),
} as const;
