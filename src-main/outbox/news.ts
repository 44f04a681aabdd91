/** Older mails of a mailbox that is still being read are no news: what is this much older than now was not written while somebody was answering. Milliseconds. */
const WRITTEN_WITHIN = 7 * 24 * 3_600_000;

/**
 * Whether a message came after what its reader has seen. It goes by arrival: a mail carries the time its writer's computer had when it was
 * written, often before the entry that was newest on screen when it came.
 */
export const isNews = (message: { at: number; arrived_at: number }, seenAt: number, now: number): boolean =>
  message.arrived_at > seenAt && message.at > now - WRITTEN_WITHIN;
