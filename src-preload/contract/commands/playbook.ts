import { z } from 'zod';
import { command, id } from '../common.ts';
import { composerMode } from '../rows.ts';

/** A scenario as it would be used here: `words` of the customer's that it fits, `text` for this channel with variables filled. */
const scenarioHere = z.strictObject({ scenarioId: z.string(), title: z.string(), words: z.array(z.string()), steps: z.array(z.string()), limitName: z.string().nullable(), text: z.string() });
export type ScenarioHere = z.infer<typeof scenarioHere>;

export const playbookCommands = {
  /** The whole playbook, what fits first. */
  'playbook.here': command(z.strictObject({ conversationId: id, mode: composerMode }), z.strictObject({ scenarios: z.array(scenarioHere) })),
} as const;
