import { z } from 'zod';
import { command, done, id, line, messageId, none, time } from '../common.ts';
import { slaSettings } from '../rows.ts';

/** All must hold; within a list one is enough; an empty list asks nothing. */
export const ruleConditions = z.strictObject({
  words: z.array(line.min(1)).max(500), accountIds: z.array(id).max(100), handles: z.array(line.min(1)).max(2_000), languages: z.array(z.string().regex(/^[a-z]{2}$/)).max(50),
  tags: z.array(line.min(1)).max(200), segment: z.enum(['any', 'vip', 'not_vip']), channels: z.array(z.enum(['x', 'email', 'phone'])).max(3),
  /** The opening hours of the first calendar. */
  hours: z.enum(['any', 'inside', 'outside']),
});
export type RuleConditions = z.infer<typeof ruleConditions>;

export const ruleActions = z.strictObject({ priority: z.enum(['raise', 'lower']).nullable(), tags: z.array(line.min(1)).max(20), owner: line.min(1).nullable(), cannedId: id.nullable() });
export type RuleActions = z.infer<typeof ruleActions>;

const rule = z.strictObject({ id, name: z.string(), isOn: z.boolean(), conditions: ruleConditions, actions: ruleActions, uses: z.number().int(), corrections: z.number().int(), updatedAt: time, updatedBy: z.string() });
export type Rule = z.infer<typeof rule>;

const logEntry = z.strictObject({ id: z.number().int(), ruleId: id, ruleName: z.string(), conversationId: id, customerName: z.string(), at: time, did: ruleActions, correctedBy: z.string().nullable() });
export type RuleLogEntry = z.infer<typeof logEntry>;

const hit = z.strictObject({ messageId, conversationId: id, customerName: z.string(), at: time, excerpt: z.string() });
export type RuleHit = z.infer<typeof hit>;

const duePreview = z.strictObject({ policyId: z.string(), firstAt: time.nullable(), nextAt: time.nullable() });

export const ruleCommands = {
  'rule.list': command(none, z.strictObject({ rules: z.array(rule) })),
  'rule.save': command(z.strictObject({ ruleId: id.nullable(), name: line.min(1), isOn: z.boolean(), conditions: ruleConditions, actions: ruleActions }), z.strictObject({ seq: z.number().int(), ruleId: id })),
  'rule.delete': command(z.strictObject({ ruleId: id }), done),
  'rule.order': command(z.strictObject({ ruleIds: z.array(id).max(2_000) }), done),
  /** What it would have done to the newest messages. */
  'rule.try': command(z.strictObject({ conditions: ruleConditions, actions: ruleActions }), z.strictObject({ looked: z.number().int(), hits: z.array(hit) })),
  'rule.log': command(z.strictObject({ ruleId: id }), z.strictObject({ entries: z.array(logEntry) })),
  /** What rules did to what waits in a conversation. */
  'rule.here': command(z.strictObject({ conversationId: id }), z.strictObject({ entries: z.array(logEntry) })),
  'rule.correct': command(z.strictObject({ logId: z.number().int() }), done),
  /** When a message that came now would be due, per policy. */
  'sla.preview': command(z.strictObject({ sla: slaSettings }), z.strictObject({ now: time, isOpen: z.boolean(), policies: z.array(duePreview) })),
} as const;
