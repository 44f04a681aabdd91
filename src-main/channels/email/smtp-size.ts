import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { ChannelContext } from '../port.ts';

/** Under which name the size is kept: bytes, "0" where the server names none. */
export const SIZE_CURSOR = 'smtp-size';

/** The largest mail a server takes as its answer to EHLO says (RFC 1870); null where it says nothing. */
export function advertisedSize(answer: string): number | null {
  const size = Number(/^250[ -]SIZE[ \t]+(\d{1,15})\s*$/im.exec(answer)?.[1] ?? 0);
  return size > 0 ? size : null;
}

/** Keeps what a server just connected to has said, for whoever writes the next mail. */
export async function learnSize(connection: SMTPConnection, context: Pick<ChannelContext, 'account' | 'cursor' | 'sink'>): Promise<void> {
  const size = String(advertisedSize(String(connection.lastServerResponse)) ?? 0);
  if (context.cursor(SIZE_CURSOR) !== size) await context.sink({ accountId: context.account.id, origin: 'live', events: [], cursors: { [SIZE_CURSOR]: size } });
}
