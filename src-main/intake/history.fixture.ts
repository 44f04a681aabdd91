import type { Batch, MessageEvent } from '../channels/port.ts';

export const ACCOUNT = 'account-of-history';
export const CURSOR = 'INBOX:1';
export const MAILS_A_PAGE = 60;

function mailOf(n: number, i: number): MessageEvent {
  const [externalId, from] = [`<${n}-${i}@example.org>`, `who${i % 7}@example.org`];
  return {
    type: 'message', externalId, kind: 'mail', direction: 'inbound', at: Date.UTC(2025, 0, 1) - n * 86_400_000 + i * 1_000, party: { kind: 'email', value: from, display: from, name: null }, author: from,
    subject: `Parcel ${n}`, text: `parcel ${n} of ${i}`, references: [], threadKeys: [externalId], ownKey: null, files: [], isSeen: false, place: { path: 'INBOX', epoch: '1', key: 100_000 - n * MAILS_A_PAGE + i },
    detail: { type: 'mail', from, to: ['care@acme.example'], cc: [], messageId: externalId, automatic: 'no', unreadable: null },
  };
}

/** The nth page of a mailbox, newest first; its cursor is its number. */
export const pageOf = (n: number): Batch & { events: MessageEvent[] } => ({ accountId: ACCOUNT, origin: 'backfill', cursors: { [CURSOR]: String(n) }, events: Array.from({ length: MAILS_A_PAGE }, (_, i) => mailOf(n, i)) });
