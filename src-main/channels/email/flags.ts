import type { ImapFlow } from 'imapflow';
import type { ChannelContext, OwedMark } from '../port.ts';
import { uidSet } from './reader.ts';

/** One command: the same flags for mails of one folder. */
interface Round { path: string; epoch: string; keys: number[]; isSeen: boolean; isAnswered: boolean }

/** What is owed, as few commands as can be, in a fixed order. Pure. */
export function planMarks(owed: readonly OwedMark[]): Round[] {
  const rounds = new Map<string, Round>();
  for (const { path, epoch, key, isSeen, isAnswered } of owed) {
    const name = JSON.stringify([path, epoch, isSeen, isAnswered]);
    const round = rounds.get(name) ?? { path, epoch, keys: [], isSeen, isAnswered };
    round.keys.push(key);
    rounds.set(name, round);
  }
  return [...rounds.values()].map((round) => ({ ...round, keys: round.keys.sort((a, b) => a - b) }));
}

/**
 * Tells the server what agents read and answered. What is owed lies in the store, so an outage or a restart forgets nothing; a folder
 * numbered anew is left until its mails are known under their new numbers. Returns whether another folder may be open now.
 */
export async function writeMarks(client: ImapFlow, context: Pick<ChannelContext, 'account' | 'owed' | 'sink' | 'log'>): Promise<boolean> {
  const rounds = planMarks(await context.owed());
  for (const { path, epoch, keys, isSeen, isAnswered } of rounds) {
    const mailbox = await client.mailboxOpen(path);
    if (mailbox.readOnly === true || String(mailbox.uidValidity) !== epoch) continue;
    const flags = [...(isSeen ? ['\\Seen'] : []), ...(isAnswered ? ['\\Answered'] : [])];
    const isDone = await client.messageFlagsAdd(uidSet(keys), flags, { uid: true });
    // imapflow answers `false` on a closed connection, too: then it is done with the next one.
    if (!client.usable || client.isClosed) throw Object.assign(new Error('the connection was closed'), { code: 'NoConnection' });
    if (!isDone) {
      context.log.warn('email.marks_refused', { folder: path, count: keys.length });
      continue;
    }
    await context.sink({ accountId: context.account.id, origin: 'live', events: [{ type: 'marked', path, epoch, keys, isSeen, isAnswered }], cursors: {} });
  }
  return rounds.length > 0;
}
