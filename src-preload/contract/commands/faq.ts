import { z } from 'zod';
import { command, done, id, line, none, time } from '../common.ts';
import { composerMode } from '../rows.ts';

const faqUrl = z.string().max(2_000).regex(/^https?:\/\/[^\s/]+\.[^\s]+$/iu);
export const faqInput = z.strictObject({
  title: line.min(1), url: faqUrl,
  /** What people call it, beside its title. */
  words: z.string().max(2_000), language: z.string().regex(/^[a-z]{2}$/).nullable(),
});

/** A public help page. */
const faq = z.strictObject({ id, title: z.string(), url: z.string(), words: z.string(), language: z.string().nullable(), uses: z.number().int(), lastUsedAt: time.nullable(), updatedAt: time, updatedBy: z.string() });
export type Faq = z.infer<typeof faq>;

const suggestionHit = z.discriminatedUnion('type', [
  /** `times`: how often questions like this were answered with it; 0 = its words fit. */
  z.strictObject({ type: z.literal('canned'), cannedId: id, title: z.string(), text: z.string(), times: z.number().int() }),
  /** How colleagues answered; what was another customer's own is a blank. */
  z.strictObject({ type: z.literal('answer'), messageId: z.number().int(), text: z.string(), times: z.number().int() }),
  /** `inPublic`: it was asked in public and can be answered there for everybody. */
  z.strictObject({ type: z.literal('faq'), faqId: id, title: z.string(), text: z.string(), inPublic: z.boolean() }),
]);
export type SuggestionHit = z.infer<typeof suggestionHit>;

export const faqCommands = {
  'faq.list': command(none, z.strictObject({ pages: z.array(faq) })),
  'faq.find': command(z.strictObject({ conversationId: id, text: line, limit: z.number().int().min(1).max(50) }), z.strictObject({ pages: z.array(faq) })),
  /** Counts the use. */
  'faq.use': command(z.strictObject({ faqId: id }), done),
  'faq.save': command(z.strictObject({ faqId: id.nullable(), page: faqInput }), z.strictObject({ seq: z.number().int(), faqId: id })),
  'faq.delete': command(z.strictObject({ faqId: id }), done),
  'faq.importCsv': command(z.strictObject({ path: z.string().min(1).max(4_096) }), z.strictObject({ seq: z.number().int(), added: z.number().int(), changed: z.number().int(), problems: z.array(z.string()) })),
  'faq.exportCsv': command(none, z.strictObject({ path: z.string() })),
  /** What could be answered to what waits here, best first; nothing is ever sent by it. */
  'suggest.find': command(z.strictObject({ conversationId: id, mode: composerMode }), z.strictObject({ hits: z.array(suggestionHit), tookMs: z.number() })),
} as const;
