import type { EntryDetail, Settings } from '../../src-preload/contract/index.ts';
import { mailBodies } from '../channels/email/index.ts';
import { pageOf } from '../channels/mail-page.ts';
import type { OutgoingItem, StoredFile } from '../channels/port.ts';
import { detectLanguage } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { passedOn } from '../mail-view/index.ts';
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

/** Where the formatting of a mail that is passed on comes from. */
export interface Original {
  /** What goes along: pictures may stand in the text only when they do. */
  files: readonly StoredFile[];
  /** Null when a file is no longer there. */
  bytesOf(sha256: string): Uint8Array | null;
}

function formattingOf(db: ReadDb, messageId: number, { files, bytesOf }: Original): string | null {
  const page = pageOf(tables.filesOfMessage(db, messageId));
  const ours = page === undefined ? tables.outboxByMessage(db, messageId) : undefined;
  const html = page === undefined ? (ours === undefined ? null : mailBodies(ours.item).html) : bytesOf(page.sha256);
  return html === null ? null : passedOn(typeof html === 'string' ? Buffer.from(html) : html, files);
}

/** What of an outgoing mail its reader reads: the agent's text, signed, and the mail answered or passed on under it. */
export function writtenMail(db: ReadDb, draft: MailDraft, settings: Settings, original: Original | null = null): Pick<OutgoingItem, 'text' | 'isMarked' | 'quoted'> {
  const text = signText(draft.text, 'mail', settings, draft.accountId);
  const earlier = earlierMail(db, draft.conversationId, draft.forwards ?? draft.inReplyTo);
  if (draft.forwards !== undefined) {
    if (earlier === undefined) throw new ParleyError('not_found', 'The mail to be passed on is not here any more.');
    const html = original === null ? null : formattingOf(db, draft.forwards, original);
    return { text, isMarked: true, quoted: { ...forwardedMail(earlier, settings.officeZone), ...(html === null ? {} : { html }) } };
  }
  const isWanted = draft.quotes ?? !settings.noQuoteAccounts.includes(draft.accountId);
  const core = tables.conversationCore(db, draft.conversationId);
  const language = (core && tables.customerRow(db, core.customerId)?.language) ?? detectLanguage(earlier?.text ?? '');
  const quoted = isWanted && earlier !== undefined ? answeredMail(earlier, language, settings.officeZone) : null;
  return { text, isMarked: true, ...(quoted === null ? {} : { quoted }) };
}
