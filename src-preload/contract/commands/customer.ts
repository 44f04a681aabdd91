import { z } from 'zod';
import { command, done, duration, entryKind, id, line, messageId, text, time } from '../common.ts';
import { callOutcome, entry } from '../rows.ts';

export const customerCommands = {
  'call.log': command(z.strictObject({
    requestId: id,
    /** Where it belongs; without one the number decides, and an unknown number makes a new customer. */
    conversationId: id.nullable(), number: line, direction: z.enum(['inbound', 'outbound']), startedAt: time, durationMs: duration,
    outcome: callOutcome, disposition: line.nullable(), note: text,
  }), z.strictObject({ seq: z.number().int(), messageId, conversationId: id, customerId: id })),
  /** Customers whose number, handle, address or name matches what was typed so far; best first. */
  'customer.find': command(z.strictObject({ text: line, limit: z.number().int().min(1).max(50) }), z.strictObject({ customers: z.array(z.strictObject({ id, name: z.string(), isVip: z.boolean(), match: z.string(), conversationId: id.nullable() })) })),
  'customer.update': command(z.strictObject({ customerId: id, name: line.min(1).optional(), isVip: z.boolean().optional(), vipNote: line.nullable().optional(), note: text.nullable().optional(), tags: z.array(line.min(1)).max(100).optional() }), done),
  /** Seconds an answer to this customer may take to read; null = as the channel has it. */
  'customer.limit': command(z.strictObject({ customerId: id, readSeconds: z.number().int().min(1).max(86_400).nullable() }), done),
  'customer.entries': command(z.strictObject({ customerId: id, kind: entryKind, before: messageId.nullable(), limit: z.number().int().min(1).max(200) }), z.strictObject({ entries: z.array(entry), hasOlder: z.boolean() })),
} as const;
