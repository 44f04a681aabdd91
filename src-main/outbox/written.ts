import type { EntryDetail, Settings } from '../../src-preload/contract/index.ts';
import type { OutgoingItem } from '../channels/port.ts';
import { detectLanguage } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type ReadDb } from '../store/index.ts';
import { answeredMail, forwardedMail, type EarlierMail } from './quote.ts';
import { signText } from './sign.ts';

export interface MailDraft {
  conversationId: string;
  accountId: string;
  text: string;
  inReplyTo: number | null;
  forwards?: number | undefined;
  /** Whether the answered mail stands under the text; undefined = as the account has it. */
  quotes?: boolean | undefined;
}

/** An earlier mail of this conversation; undefined when it is none, or gone. */
export function earlierMail(db: ReadDb, conversationId: string, messageId: number | null): EarlierMail | undefined {
  const row = messageId === null ? undefined : tables.messageById(db, messageId);
  const detail = row && (JSON.parse(row.detail) as EntryDetail);
  if (!row || detail?.type !== 'mail' || row.deleted_at !== null || row.conversation_id !== conversationId) return undefined;
  return { author: row.author, at: row.at, subject: row.subject, text: row.shown_text ?? row.text, from: detail.from, to: detail.to, cc: detail.cc };
}

/** What of an outgoing mail its reader reads: the agent's text, signed, and the mail answered or passed on under it. */
export function writtenMail(db: ReadDb, draft: MailDraft, settings: Settings): Pick<OutgoingItem, 'text' | 'isMarked' | 'quoted'> {
  const text = signText(draft.text, 'mail', settings, draft.accountId);
  const earlier = earlierMail(db, draft.conversationId, draft.forwards ?? draft.inReplyTo);
  if (draft.forwards !== undefined) {
    if (earlier === undefined) throw new ParleyError('not_found', 'The mail to be passed on is not here any more.');
    return { text, isMarked: true, quoted: forwardedMail(earlier, settings.officeZone) };
  }
  const isWanted = draft.quotes ?? !settings.noQuoteAccounts.includes(draft.accountId);
  const core = tables.conversationCore(db, draft.conversationId);
  const language = (core && tables.customerRow(db, core.customerId)?.language) ?? detectLanguage(earlier?.text ?? '');
  const quoted = isWanted && earlier !== undefined ? answeredMail(earlier, language, settings.officeZone) : null;
  return { text, isMarked: true, ...(quoted === null ? {} : { quoted }) };
}
