import { z } from 'zod';
import { callSources, globalShortcut, officeHours } from '../calls.ts';
import { command, done, id, line, none } from '../common.ts';

const port = z.number().int().min(1_024).max(65_535);
const callId = z.string().min(1).max(200);

export const phoneCommands = {
  /** What tells of calls: a telephone system that posts events, or an Asterisk that is listened to. */
  'phone.sources': command(none, z.strictObject({ sources: callSources })),
  /** Answers the token when a new one was made; it is shown this once. */
  'phone.saveHttp': command(z.strictObject({ isOn: z.boolean(), port, newToken: z.boolean() }), z.strictObject({ seq: z.number().int(), token: z.string().nullable() })),
  /** `secret` null keeps the one there is. */
  'phone.saveAmi': command(z.strictObject({
    isOn: z.boolean(), host: line.min(1), port: z.number().int().min(1).max(65_535), security: z.enum(['none', 'tls']), user: line, secret: z.string().min(1).max(1_000).nullable(),
  }), done),
  'phone.saveExtensions': command(z.strictObject({ extensions: z.array(z.string().regex(/^[\w.-]{1,40}$/)).max(50) }), done),
  /** The keys that open the call pad from any program; null where the shell cannot have any. */
  'phone.shortcut': command(none, z.strictObject({ shortcut: globalShortcut.nullable() })),
  /** In Electron's words ("Control+Shift+F9"); null turns it off. Refused, with one sentence, when the system does not give it; the one before stays then. */
  'phone.saveShortcut': command(z.strictObject({ keys: z.string().min(1).max(80).nullable() }), z.strictObject({ seq: z.number().int(), shortcut: globalShortcut })),
  /** Takes a call off the bar; its entry stays. */
  'phone.dismiss': command(z.strictObject({ callId }), none),
  /** Says whether the caller is who it may be. Right: the number is theirs from now on; wrong: not asked again. */
  'phone.guess': command(z.strictObject({ callId, customerId: id, isRight: z.boolean() }), done),
  'phone.hours': command(none, officeHours),
} as const;
