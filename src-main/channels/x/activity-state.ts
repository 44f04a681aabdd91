import { z } from 'zod';

/** What an event of the activity stream says is worth reading again. */
export type HintedList = 'mentions' | 'dms' | 'threads' | 'heard' | 'tombstones';

/** The events asked for, and what each is a hint to. X gives the private ones only where the account itself allowed it. */
export const ACTIVITY_EVENTS: readonly { type: string; isPrivate: boolean; lists: readonly HintedList[] }[] = [
  { type: 'post.mention.create', isPrivate: true, lists: ['mentions'] },
  { type: 'post.reply.create', isPrivate: false, lists: ['mentions', 'threads'] },
  { type: 'post.quote.create', isPrivate: false, lists: ['mentions', 'heard'] },
  { type: 'dm.received', isPrivate: true, lists: ['dms'] },
  { type: 'chat.received', isPrivate: true, lists: ['dms'] },
  { type: 'post.delete', isPrivate: false, lists: ['tombstones'] },
  // Whether the sign-in still works is not taken from an event: the next read is refused or not.
  { type: 'oauth.revoke', isPrivate: false, lists: ['mentions'] },
];

export interface ActivityEvent { uuid: string; type: string; userId: string | null }

const shape = z.object({ data: z.object({ event_uuid: z.string().min(1).max(200), event_type: z.string(), filter: z.object({ user_id: z.string().optional() }).optional() }) });

/** One line of the stream; null for anything that is no event. */
export function parseActivity(line: string): ActivityEvent | null {
  try {
    const parsed = shape.safeParse(JSON.parse(line));
    if (!parsed.success) return null;
    const { event_uuid, event_type, filter } = parsed.data.data;
    return { uuid: event_uuid, type: event_type, userId: filter?.user_id ?? null };
  } catch {
    return null;
  }
}

/** What to read for an event. A stream carries what all accounts of the developer app asked for: events of others are not ours to read for. */
export function listsFor(event: ActivityEvent, selfId: string): readonly HintedList[] {
  if (event.userId !== null && event.userId !== selfId) return [];
  return ACTIVITY_EVENTS.find(({ type }) => type === event.type)?.lists ?? [];
}

/** The last `size` names seen. */
export function createSeen(size: number): { isNew(name: string): boolean } {
  const seen = new Set<string>();
  return {
    isNew(name) {
      if (seen.has(name)) return false;
      seen.add(name);
      for (const oldest of seen) {
        if (seen.size <= size) break;
        seen.delete(oldest);
      }
      return true;
    },
  };
}

/** Why a stream ended: the line broke or fell silent, X refused it, or X allows no more connections for now. */
export type StreamFailure = 'line' | 'refused' | 'limited';

/** How long to wait before connection number `count` after failures of one kind in a row, as X's documentation asks. Counts from 1. */
export function reconnectMs(failure: StreamFailure, count: number): number {
  switch (failure) {
    case 'line': return Math.min(250 * count, 16_000);
    case 'refused': return Math.min(5_000 * 2 ** Math.min(count - 1, 20), 320_000);
    case 'limited': return Math.min(60_000 * 2 ** Math.min(count - 1, 20), 3_600_000);
  }
}

/**
 * When a hint may be followed. Never sooner than `gapMs` after the last read, so that a burst of events is one read; and only when X's window
 * holds more than what polling itself still needs of it: else at the usual time. Null = the usual time.
 */
export function hintedReadAt(at: { now: number; lastAt: number; gapMs: number; everyMs: number; remaining: number; resetAt: number }): number | null {
  const pollsLeft = Math.ceil(Math.max(0, at.resetAt - at.now) / at.everyMs);
  return at.remaining > pollsLeft ? Math.max(at.now, at.lastAt + at.gapMs) : null;
}
