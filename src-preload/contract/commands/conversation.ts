import { z } from 'zod';
import { command, done, id, messageId } from '../common.ts';
import { capability, conversationRow, customer, draft, entry } from '../rows.ts';

const openConversation = z.strictObject({
  conversation: conversationRow, customer, entries: z.array(entry), hasOlder: z.boolean(),
  drafts: z.array(draft), capabilities: z.array(capability),
});

export const conversationCommands = {
  'conversation.open': command(z.strictObject({ conversationId: id, limit: z.number().int().min(1).max(500) }), openConversation),
  'conversation.older': command(z.strictObject({ conversationId: id, before: messageId, limit: z.number().int().min(1).max(500) }), z.strictObject({ entries: z.array(entry), hasOlder: z.boolean() })),
  'conversation.markRead': command(z.strictObject({ conversationId: id, upTo: messageId }), done),
} as const;
