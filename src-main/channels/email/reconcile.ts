import type { ImapFlow } from 'imapflow';
import type { OutgoingItem, ReconcileOutcome } from '../port.ts';
import type { MailConfig } from './config.ts';
import type { Folders } from './folders.ts';
import { serverKeepsCopies } from './imap-client.ts';
import { mailTimes } from './limits.ts';
import { bracketed } from './message-id.ts';
import { openFolder } from './reader.ts';
import { findByHeader } from './sent-copy.ts';

export interface ReconcileQuestion {
  item: OutgoingItem;
  config: MailConfig;
  now: number;
  /** When this send was first looked for; a server needs a while to put its own copy away. */
  firstAskedAt: number;
}

/**
 * Looks for a mail whose sending ended without an answer. Proof that it left: it lies among the sent mails (by Message-ID, or by our
 * header where the server rewrites that), it came back to us as a copy, or somebody answers it. Proof that it did not: a server that
 * keeps a copy of all it takes has none after some minutes. Anything else stays undecided, for a person; never sent again by guess.
 */
export async function searchSent(client: ImapFlow, folders: Folders, question: ReconcileQuestion): Promise<ReconcileOutcome> {
  const { item, config, now } = question;
  const messageId = bracketed(item.idempotencyKey);
  const sent = (foundId: string): ReconcileOutcome => ({
    type: 'sent', externalId: foundId, at: now, threadKeys: [...new Set([messageId, foundId])],
    detail: { type: 'mail', from: config.address, to: item.to, cc: item.cc, messageId: foundId, automatic: 'no', unreadable: null },
  });
  const undecided = (problem: string, retryAt: number | null): ReconcileOutcome => ({ type: 'undecided', problem, retryAt });

  let isSentSearched = false;
  if (folders.sent !== null) {
    await openFolder(client, folders.sent, true);
    const byId = await findByHeader(client, 'Message-ID', messageId);
    const byKey = byId !== null && byId.length === 0 ? await findByHeader(client, 'X-Parley-Id', item.idempotencyKey) : byId;
    const uid = byKey?.at(-1);
    if (uid !== undefined) {
      const envelope = await client.fetchOne(String(uid), { uid: true, envelope: true }, { uid: true });
      const foundId = envelope === false || envelope === undefined ? undefined : envelope.envelope?.messageId;
      return sent(foundId ?? messageId);
    }
    isSentSearched = byId !== null && byKey !== null;
  }
  await openFolder(client, folders.inbox, true);
  for (const name of ['References', 'In-Reply-To', 'X-Parley-Id', 'Message-ID']) {
    if (((await findByHeader(client, name, name === 'X-Parley-Id' ? item.idempotencyKey : messageId)) ?? []).length > 0) return sent(messageId);
  }
  if (!isSentSearched) return undecided('The folder of sent mail could not be searched; only a person can tell whether the mail left.', now + mailTimes.reconcileRetry);
  if (!serverKeepsCopies(client, config.smtp.host)) {
    return undecided('The mail is not among the sent mails, but this server does not always keep a copy; only a person can tell whether it left.', null);
  }
  if (now - question.firstAskedAt < mailTimes.sentCopyDelay) return undecided('The mail is not among the sent mails yet; looking again soon.', now + mailTimes.reconcileRetry);
  return { type: 'not_found' };
}
