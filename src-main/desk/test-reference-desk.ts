/**
 * The desk a second time, told as a person would tell it and sharing no line with the product: a list of everything that happened in each
 * conversation, looked through from the beginning whenever something is asked. Slow, plain, and for one test.
 */
const MINUTE = 60_000;

export interface Happened {
  at: number;
  what: 'asks' | 'answers' | 'other' | 'done';
  kind: 'post' | 'dm' | 'mail' | 'call' | 'none';
  isUrgent: boolean;
  /** Of an answer: it did not leave in the end. */
  isRefused: boolean;
}

interface Told {
  id: string;
  isVip: boolean;
  state: 'open' | 'snoozed' | 'done';
  log: Happened[];
  owner: string | null;
  ownedUntil: number | null;
  snoozedUntil: number | null;
  /** Came back from a snooze, and nobody has decided anything about it since. */
  isBack: boolean;
  hasNote: boolean;
}

export interface Row { id: string; dueAt: number | null; isOverdue: boolean; owner: string | null; priority: number }

/** Minutes of the day in which the office is open. */
const isOfficeMinute = (at: number): boolean => {
  const minute = Math.floor(at / MINUTE) % 1_440;
  const weekday = new Date(at).getUTCDay();
  return weekday >= 1 && weekday <= 5 && ((minute >= 540 && minute < 750) || (minute >= 810 && minute < 1_080));
};
const counted = new Map<string, number>();
function officeTime(start: number, minutes: number): number {
  const key = `${start}/${minutes}`;
  const known = counted.get(key) ?? countOfficeTime(start, minutes);
  counted.set(key, known);
  return known;
}
/** Counts open minutes one by one; the last one begun counts by its part. */
function countOfficeTime(start: number, minutes: number): number {
  let at = start;
  let left = minutes * MINUTE;
  for (;;) {
    const end = (Math.floor(at / MINUTE) + 1) * MINUTE;
    if (isOfficeMinute(at)) {
      if (end - at >= left) return at + left;
      left -= end - at;
    }
    at = end;
  }
}

export class ReferenceDesk {
  readonly told = new Map<string, Told>();
  readonly claimMinutes: number;

  constructor(claimMinutes: number) {
    this.claimMinutes = claimMinutes;
  }

  of(id: string): Told {
    const known = this.told.get(id);
    if (!known) throw new Error(`nothing is told of ${id}`);
    return known;
  }

  begin(id: string): Told {
    const made: Told = { id, isVip: false, state: 'open', log: [], owner: null, ownedUntil: null, snoozedUntil: null, isBack: false, hasNote: false };
    this.told.set(id, made);
    return made;
  }

  /** What time does by itself, moment by moment: snoozes end, then claims on what is open do. */
  pass(from: number, to: number): void {
    for (let at = this.next(from, to); at !== null; at = this.next(at, to)) {
      for (const one of this.told.values()) {
        if (one.snoozedUntil !== at) continue;
        one.state = 'open';
        one.snoozedUntil = null;
        one.isBack = true;
        if (one.owner !== null && one.ownedUntil !== null) one.ownedUntil = at + this.claimMinutes * MINUTE;
      }
      for (const one of this.told.values()) if (one.state === 'open' && one.ownedUntil !== null && one.ownedUntil <= at) one.owner = one.ownedUntil = null;
    }
  }
  private next(after: number, to: number): number | null {
    const moments = [...this.told.values()].flatMap((one) => [one.snoozedUntil, one.state === 'open' ? one.ownedUntil : null]).filter((at): at is number => at !== null && at > after && at <= to);
    return moments.length === 0 ? null : Math.min(...moments);
  }

  holder(one: Told, at: number): string | null {
    return one.owner !== null && (one.ownedUntil === null || one.ownedUntil > at) ? one.owner : null;
  }

  arrives(one: Told, event: Happened): void {
    one.log.push(event);
    if (event.what === 'asks') one.state = 'open';
    // Whoever is due back and is asked again meanwhile is open, and still comes back at their minute.
    if (event.at >= (one.ownedUntil ?? Infinity) && one.state === 'open') one.owner = one.ownedUntil = null;
  }

  private inOrder(one: Told): Happened[] {
    return [...one.log].sort((a, b) => a.at - b.at);
  }

  row(one: Told, now: number): Row & { since: number } {
    const log = this.inOrder(one);
    const answered = log.findLastIndex((h) => h.what === 'answers' && !h.isRefused);
    const waiting = log.slice(answered + 1).filter((h) => h.what === 'asks');
    const [oldest] = waiting;
    const lastShown = log.findLast((h) => h.kind !== 'none');
    const followUp = one.isBack ? 600 : 0;
    if (oldest === undefined) return { id: one.id, dueAt: null, isOverdue: false, owner: one.owner, priority: followUp, since: lastShown?.at ?? 0 };
    const isUrgent = waiting.some((h) => h.isUrgent);
    const wasClosed = log.slice(answered + 1, log.indexOf(oldest)).some((h) => h.what === 'done');
    const isFirst = answered < 0 || wasClosed;
    const { dueAt, warn } = one.isVip ? { dueAt: oldest.at + 15 * MINUTE, warn: 5 }
      : isUrgent ? { dueAt: oldest.at + 30 * MINUTE, warn: 10 }
        : oldest.kind === 'mail' ? { dueAt: officeTime(oldest.at, isFirst ? 240 : 120), warn: 30 }
          : oldest.kind === 'call' ? { dueAt: oldest.at + 90 * MINUTE, warn: 20 }
            : { dueAt: oldest.at + (isFirst ? 60 : 45) * MINUTE, warn: 15 };
    const isOverdue = now >= dueAt;
    const ways = new Set(waiting.map((h) => (h.kind === 'post' || h.kind === 'dm' ? 'x' : h.kind))).size;
    const priority = 10 + followUp + (one.isVip ? 1_000 : 0) + (isUrgent ? 500 : 0) + (isOverdue ? 200 : now >= dueAt - warn * MINUTE ? 120 : 0)
      + (waiting.some((h) => h.kind === 'call') ? 60 : 0) + (ways > 1 ? 40 : 0);
    return { id: one.id, dueAt, isOverdue, owner: one.owner, priority, since: oldest.at };
  }

  /** Everything open, as it should stand on screen. */
  queue(now: number, sort: 'priority' | 'oldest'): Row[] {
    return [...this.told.values()].filter((one) => one.state === 'open').map((one) => this.row(one, now))
      .sort((a, b) => (sort === 'priority' ? b.priority - a.priority : 0) || a.since - b.since || (a.id < b.id ? -1 : 1))
      .map(({ since: _, ...row }) => row);
  }
}
