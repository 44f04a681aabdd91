import { z } from 'zod';
import { command, done, id, none, time } from '../common.ts';
import { callRow, callSources } from '../calls.ts';
import { access, accountRow, counts, job, notice, outboxRow, quietHours, settings } from '../rows.ts';
import { push } from '../changes.ts';
import { queuePage } from './queue.ts';

export const appCommands = {
  'app.snapshot': command(none, z.strictObject({
    seq: z.number().int(), version: z.string(), workspace: z.strictObject({ id, name: z.string(), isDemo: z.boolean(), hasAccounts: z.boolean(), isEmpty: z.boolean() }),
    shell: z.enum(['electron', 'chromium', 'headless']), settings, access, counts, accounts: z.array(accountRow), queue: queuePage,
    outbox: z.array(outboxRow), jobs: z.array(job), notices: z.array(notice), calls: z.array(callRow), callSources, today: z.strictObject({ answered: z.number().int(), done: z.number().int(), calls: z.number().int() }), now: time,
  })),
  'app.openDemo': command(none, done),
  'app.leaveDemo': command(none, done),
  'changes.since': command(z.strictObject({ seq: z.number().int() }), push),
  'job.cancel': command(z.strictObject({ jobId: id }), none),
  'settings.update': command(z.strictObject({ patch: settings.partial() }), done),
  /** Whether it would be quiet now, and when that changes; null when it never does. */
  'quiet.preview': command(z.strictObject({ quiet: quietHours }), z.strictObject({ now: time, isQuiet: z.boolean(), changesAt: time.nullable() })),
  /** Opens http, https, mailto, tel and sip links in the person's own program. */
  'link.open': command(z.strictObject({ url: z.string().min(1).max(8_000) }), none),
} as const;
