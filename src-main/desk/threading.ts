import { normaliseForSearch, tables, type ReadDb, type Tx } from '../store/index.ts';

/** "Re:" as mail programs write it in many languages, with counters and full-width colons; forwards, too. */
const PREFIX = /^\s*(?:\[[^\]\n]{1,40}\]\s*)?(?:re|aw|sv|antw|res|vs|odp|ynt|atb|rif|ref|rv|bls|balas|ha|vá|απ|σχετ|отв|на|תגובה|رد|回复|回覆|答复|返信|답장|जवाब|উত্তর)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*/iu;
const FORWARD = /^\s*(?:fwd?|wg|tr|enc|rv|i|vb|vl|doorst|ilt|pd|továbbítás|πρθ|пер|הועבר|転送|전달|转发|轉寄)\s*(?:\[\d+\])?\s*[:：]\s*/iu;
const LONGEST = 300;

/** A subject without what mail programs put before it, and whether it says that it answers something. */
export function readSubject(subject: string | null): { base: string; isAnswer: boolean } {
  let base = normaliseForSearch((subject ?? '').slice(0, LONGEST * 2));
  let isAnswer = false;
  // Every such word ends in a colon: looking for one is cheap, looking for them all is not.
  for (let i = 0; i < 12 && /[:：]/.test(base); i += 1) {
    const answered = base.replace(PREFIX, '');
    if (answered !== base) isAnswer = true;
    const bare = answered.replace(FORWARD, '');
    if (bare === base) break;
    base = bare;
  }
  return { base: base.replace(/\s+/g, ' ').trim().toLowerCase().slice(0, LONGEST).toWellFormed(), isAnswer };
}

/** A mail as threading sees it. `refs`: what it refers to; `ids`: under what later mails may refer to it. */
export interface ThreadedMail { subject: string | null; refs: readonly string[]; ids: readonly string[]; isAutomatic: boolean }

/** What ties a mail to others. Reports and automatic answers are tied by what they refer to alone: their subjects are all the same. */
export function threadLinks(mail: ThreadedMail): tables.ThreadLinks {
  const { base, isAnswer } = readSubject(mail.subject);
  return { keys: [...mail.ids, ...mail.refs], subject: mail.isAutomatic ? '' : base, isSubject: (stored) => readSubject(stored).base === base, isLooseAnswer: isAnswer && mail.refs.length === 0 };
}

/** Where the mails of a customer lie: in their conversation and those of whoever is merged into them. */
const threadsWithin = (db: ReadDb, m: MailPlace): string[] =>
  m.isShownWithOthers ? [m.conversationId, ...tables.familyOf(db, m.customerId).slice(1).flatMap((id) => tables.conversationOfCustomer(db, id)?.id ?? [])] : [m.conversationId];

interface MailPlace { conversationId: string; customerId: string; isShownWithOthers: boolean }

/** The thread a mail that is still to be stored will be in, among all mails of its customer and whoever is merged into them; what it connects is joined. */
export const threadBefore = (tx: Tx, m: MailPlace & { at: number }, links: tables.ThreadLinks): tables.FoundThread => tables.findThread(tx.db, m, links, threadsWithin(tx.db, m));

/** Puts a stored mail into its thread, among all mails of its customer and whoever is merged into them. */
export function threadMail(tx: Tx, m: MailPlace & { id: number; at: number }, mail: ThreadedMail): void {
  tables.joinThread(tx.db, m, threadLinks(mail), threadsWithin(tx.db, m));
}
