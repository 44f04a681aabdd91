import { z } from 'zod';
import { command, done, id, line, messageId, none, time } from '../common.ts';

const texts = z.strictObject({
  title: line.min(1), words: z.array(z.string().min(1).max(200)).max(200),
  /** To each customer while it lasts; the public notice; to each when it is over. */
  answer: z.string().max(20_000), notice: z.string().max(2_000), closing: z.string().max(20_000),
});
const incident = z.strictObject({
  id, ...texts.shape, declaredAt: time, declaredBy: z.string(), closedAt: time.nullable(),
  /** First report and public notice: what lies between is how long people were left alone with it. */
  firstAt: time.nullable(), noticeAt: time.nullable(), reported: z.number().int(), answered: z.number().int(), closingSent: z.number().int(),
  /** Of the answers and the notice: what the channel has confirmed. */
  answeredOut: z.number().int(), closingOut: z.number().int(), isNoticeOut: z.boolean(),
  /** A guest wrote the notice: it is none before a colleague has said yes. */
  isNoticeAsked: z.boolean(),
});
export type Incident = z.infer<typeof incident>;
const phase = z.enum(['answer', 'closing']);
export type IncidentPhase = z.infer<typeof phase>;

const row = z.strictObject({
  conversationId: id, customerName: z.string(), messageId, at: time, excerpt: z.string(), mode: z.enum(['reply', 'dm', 'mail']), text: z.string(), isAnswered: z.boolean(), problem: z.string().nullable(),
});
const trend = z.strictObject({ phrase: z.string(), today: z.number().int(), usual: z.number(), rows: z.array(z.strictObject({ conversationId: id, messageId, customerName: z.string(), at: time, excerpt: z.string() })) });
export type Trend = z.infer<typeof trend>;

export const incidentCommands = {
  'incident.list': command(none, z.strictObject({ incidents: z.array(incident) })),
  'incident.declare': command(z.strictObject({ ...texts.shape, conversationIds: z.array(id).max(500) }), z.strictObject({ seq: z.number().int(), incidentId: id, reported: z.number().int() })),
  'incident.save': command(z.strictObject({ incidentId: id, ...texts.shape }), done),
  'incident.close': command(z.strictObject({ incidentId: id, isOver: z.boolean() }), done),
  'incident.rows': command(z.strictObject({ incidentId: id, phase }), z.strictObject({ rows: z.array(row) })),
  /** Each answer is a send of its own; who has it already, or cannot have it, is told. */
  'incident.answer': command(z.strictObject({ incidentId: id, phase, conversationIds: z.array(id).min(1).max(500) }), z.strictObject({ outboxIds: z.array(id), skipped: z.array(z.strictObject({ conversationId: id, customerName: z.string(), why: z.string() })) })),
  'incident.notice': command(z.strictObject({ incidentId: id, accountId: id }), z.strictObject({ outboxId: id })),
  /** The notice as it would be posted: `blanks` keep it here, `unknown` are variables nobody can fill. */
  'incident.noticePreview': command(z.strictObject({ notice: z.string().max(2_000), accountId: id }), z.strictObject({ text: z.string(), blanks: z.array(z.string()), unknown: z.array(z.string()) })),
  'incident.here': command(z.strictObject({ conversationId: id }), z.strictObject({ incident: incident.nullable() })),
  'trend.list': command(none, z.strictObject({ trends: z.array(trend) })),
} as const;
