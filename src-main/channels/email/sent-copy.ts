import type { ImapFlow } from 'imapflow';
import type { Folders } from './folders.ts';
import { serverKeepsCopies } from './imap-client.ts';

/** A mail that left and may still be missing in the folder of sent mail. */
export interface SentCopy {
  messageId: string;
  raw: Buffer;
  sentAt: number;
}

export async function findByHeader(client: ImapFlow, name: string, value: string): Promise<number[] | null> {
  const found = await client.search({ header: { [name]: value } }, { uid: true });
  return Array.isArray(found) ? found : null;
}

/**
 * Puts a copy into the folder of sent mail, marked as read, unless it lies there already: the server, or an earlier attempt whose
 * answer was lost, put it there. Makes the folder "Sent" where there is none.
 */
export async function keepSentCopy(client: ImapFlow, folders: Folders, host: string, copy: SentCopy): Promise<'found' | 'appended' | 'left_to_server'> {
  if (serverKeepsCopies(client, host)) return 'left_to_server';
  const path = folders.sent ?? (await client.mailboxCreate('Sent')).path;
  folders.sent = path;
  // Not read-only: imapflow drops flags the open folder does not let it keep, and the copy would show as unread.
  await client.mailboxOpen(path);
  if (((await findByHeader(client, 'Message-ID', copy.messageId)) ?? []).length > 0) return 'found';
  await client.append(path, copy.raw, ['\\Seen'], new Date(copy.sentAt));
  return 'appended';
}
