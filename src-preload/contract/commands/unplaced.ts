import { z } from 'zod';
import { command, done, id } from '../common.ts';
import { unplacedRow } from '../rows.ts';

const one = z.strictObject({ id });
const placed = z.strictObject({ seq: z.number().int(), conversationId: id });

export const unplacedCommands = {
  /** Mails that belong to nobody we know, newest first: those that wait for a decision, or those dismissed. */
  'unplaced.list': command(z.strictObject({ state: z.enum(['open', 'dismissed']), limit: z.number().int().min(1).max(500) }), z.strictObject({ rows: z.array(unplacedRow) })),
  'unplaced.assign': command(z.strictObject({ id, customerId: id }), placed),
  /** `others`: further mails of that sender that had waited and are there now, too. */
  'unplaced.makeCustomer': command(one, z.strictObject({ ...placed.shape, others: z.number().int() })),
  /** Out of the tray; it stays among the dismissed. */
  'unplaced.dismiss': command(one, done),
  /** Back into the tray, whatever was decided. */
  'unplaced.restore': command(one, done),
} as const;
