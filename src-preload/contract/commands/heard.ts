import { z } from 'zod';
import { command, done, id } from '../common.ts';
import { heardRow } from '../rows.ts';

const post = z.strictObject({ postId: z.string().regex(/^\d{1,19}$/) });

export const heardCommands = {
  /** Posts that speak of us without addressing us, newest first. `eachUsd`: what finding one more costs at most. */
  'heard.list': command(z.strictObject({ limit: z.number().int().min(1).max(500) }), z.strictObject({ rows: z.array(heardRow), eachUsd: z.number() })),
  'heard.dismiss': command(post, done),
  /** Makes it a conversation with its author. */
  'heard.take': command(post, z.strictObject({ seq: z.number().int(), conversationId: id })),
} as const;
