import { z } from 'zod';
import { command, done, id, line, time } from '../common.ts';

export const deskCommands = {
  'desk.claim': command(z.strictObject({ conversationId: id, takeOver: z.boolean() }), done),
  'desk.release': command(z.strictObject({ conversationId: id }), done),
  'desk.assign': command(z.strictObject({ conversationId: id, owner: line }), done),
  'desk.done': command(z.strictObject({ conversationId: id }), done),
  'desk.reopen': command(z.strictObject({ conversationId: id }), done),
  'desk.snooze': command(z.strictObject({ conversationId: id, until: time, note: line.nullable() }), done),
  /** Reads "tomorrow 9", "next Tuesday 10:00", "in 2 hours" in the office zone; null when it says no future time. */
  'desk.parseTime': command(z.strictObject({ text: line }), z.strictObject({ at: time.nullable() })),
} as const;
