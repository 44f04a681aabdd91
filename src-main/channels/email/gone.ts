import type { ImapFlow, MailboxObject } from 'imapflow';
import type { ChannelEvent } from '../port.ts';
import { readLimits } from './limits.ts';
import { assertOpen, commit, stateOf, type ReadContext } from './reader.ts';
import { searchUids } from './search-uids.ts';

const existsNow = (client: ImapFlow, mailbox: MailboxObject): number => (client.mailbox === false ? mailbox : client.mailbox).exists;

/**
 * Finds out which mails of the open folder are not in it any more: expunged, or moved. The number of mails says whether any can be; only
 * then the server lists what there is. Called when every folder has been read, so that what was moved is known at its new place before
 * it is missed at the old one.
 */
export async function readGone(reading: ReadContext, client: ImapFlow, mailbox: MailboxObject): Promise<void> {
  const state = stateOf(reading, mailbox);
  const { path } = mailbox;
  if (state === null || state.exists === existsNow(client, mailbox)) return;
  const epoch = String(mailbox.uidValidity);
  const numberings = await reading.context.places(path);
  const known = numberings.find((numbering) => numbering.epoch === epoch)?.keys ?? [];
  const found = await searchUids(client, { all: true });
  assertOpen(client, mailbox);
  const exists = existsNow(client, mailbox);
  // An answer that got lost looks like an empty folder: a list is believed only when it has as many mails as the server counts.
  if (found === null || found.length !== exists) return;
  const there = new Set(found);
  const gone = known.filter((uid) => uid <= state.top && !there.has(uid));
  const events: ChannelEvent[] = [];
  for (let at = 0; at < gone.length; at += readLimits.batchEvents) events.push({ type: 'gone', path, epoch, keys: gone.slice(at, at + readLimits.batchEvents) });
  const isRenumbered = numberings.some((numbering) => numbering.epoch !== epoch);
  // Mails known by old numbers are missed only once everything was read under the new ones.
  if (isRenumbered && state.low === 1) events.push({ type: 'renumbered', path, epoch });
  if (isRenumbered && state.low > 1 && events.length === 0) return;
  await commit(reading, mailbox, events, 'live', isRenumbered && state.low > 1 ? state : { ...state, exists });
}
