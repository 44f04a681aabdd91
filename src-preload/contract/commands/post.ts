import { z } from 'zod';
import { command, id, messageId, time } from '../common.ts';
import { entry, postAction } from '../rows.ts';

export const postCommands = {
  /** Deletes an own post, hides a reply under one of ours or shows it again: held, undone and sent like an answer. Over the spending limit it answers as `reply.send` does. */
  'post.act': command(
    z.strictObject({ requestId: id, messageId, action: postAction, evenOverLimit: z.boolean().default(false) }),
    z.strictObject({ seq: z.number().int(), outboxId: id, heldUntil: time }),
  ),
  /** The conversation that holds an account's own posts, made when there is none yet. */
  'post.begin': command(z.strictObject({ accountId: id }), z.strictObject({ seq: z.number().int(), conversationId: id })),
  /** What was answered under an own post, oldest first. */
  'post.replies': command(z.strictObject({ messageId }), z.strictObject({ entries: z.array(entry) })),
} as const;
