import { systemClock } from '../kernel/index.ts';
import type { By, Done, Operation, Store, Touched } from './store.ts';

/**
 * Pages of history share a transaction: each page alone writes the same index pages to the log again and begins a piece of the search index
 * of its own. The transaction stays open while others have their turn; whoever reads meanwhile reads what is committed, and whoever wants
 * to write has the group committed first and then a transaction to himself. A page counts as taken in when the COMMIT that holds it has
 * succeeded. Where one fails all are taken back, and tried again one by one, so that each fails for its own reason only.
 */
export interface Group {
  isOpen(): boolean;
  add<A, R>(operation: Operation<A, R>, args: A, by: By, isFollowed: boolean): Promise<Done<R>>;
  /** Commits what is open. Whoever added a page hears of its failure. */
  settle(): void;
  /** The same for somebody who wants to write. */
  makeWay(): void;
  /** Commits all that was added. */
  drain(): void;
}

/** The transaction a group lies in. */
export interface Transaction {
  /** Throws while another process writes for too long. */
  begin(): void;
  /** Throws when the transaction is not there any more. */
  apply<A, R>(operation: Operation<A, R>, args: A, by: By): Touched & Done<R>;
  /** The next step toward the COMMIT; true when it is done. */
  commitStep(): boolean;
  /** Takes everything back, as far as there is something. */
  drop(): void;
  /** A transaction to itself. */
  alone: Store['run'];
  /** Tells that these are committed. */
  tell(all: readonly Touched[]): void;
}

export const groupLimits = {
  /** More than these win little more, and the COMMIT holds the thread for longer than a page does. */
  pages: 5,
  /** Somebody had to wait for a group, and nobody has written for less than this since: he may again, so each page is committed by itself. */
  quietMs: 2_000,
  /** Another process that wants to write waits for this long at most. */
  ageMs: 250,
};

/** Does a page begin a group? */
export const beginsGroup = ({ isFollowed, quietMs }: { isFollowed: boolean; quietMs: number }): boolean => isFollowed && quietMs >= groupLimits.quietMs;

/** Is it time to commit one? */
export const isDue = ({ pages, ageMs, isFollowed }: { pages: number; ageMs: number; isFollowed: boolean }): boolean => !isFollowed || pages >= groupLimits.pages || ageMs >= groupLimits.ageMs;

interface Page {
  alone(): void;
  touched: Touched;
  /** Its COMMIT has succeeded. */
  resolve(): void;
}

export function createGroup(transaction: Transaction): Group {
  let pages: Page[] = [];
  /** Added while a group is being committed. */
  const waiting: (() => void)[] = [];
  let startedAt = 0;
  let disturbedAt = Number.NEGATIVE_INFINITY;
  const quietMs = (): number => performance.now() - disturbedAt;
  let cancelTimer = (): void => {};
  let turn: NodeJS.Immediate | undefined;

  const takeAll = (): Page[] => {
    cancelTimer();
    clearImmediate(turn);
    turn = undefined;
    const all = pages;
    pages = [];
    return all;
  };
  /** One of them failed: each by itself, in their order. */
  const takeBack = (): void => {
    const all = takeAll();
    transaction.drop();
    for (const page of all) page.alone();
  };
  /** One that waits is put in at a turn of its own. */
  const goOn = (): void => {
    if (waiting.length === 0 || turn !== undefined) return;
    turn = setImmediate(() => {
      turn = undefined;
      waiting.shift()?.();
      goOn();
    });
  };
  const toTheEnd = (step: () => boolean): void => {
    // Nobody is put in any more.
    clearImmediate(turn);
    turn = undefined;
    let isDone = false;
    try {
      isDone = step();
    } catch {
      takeBack();
      return goOn();
    }
    if (!isDone) return void (turn = setImmediate(close));
    const all = takeAll();
    for (const page of all) page.resolve();
    goOn();
    transaction.tell(all.map((page) => page.touched));
  };
  /** Step by step, a turn for each: a page has held this thread for long enough. */
  const close = (): void => {
    cancelTimer();
    toTheEnd(transaction.commitStep);
  };
  const settle = (): void => {
    if (pages.length === 0) return;
    toTheEnd(() => {
      while (!transaction.commitStep());
      return true;
    });
  };

  return {
    isOpen: () => pages.length > 0,
    settle,
    makeWay() {
      if (pages.length === 0 && quietMs() >= groupLimits.quietMs) return;
      settle();
      disturbedAt = performance.now();
    },
    drain() {
      for (settle(); waiting.length > 0; settle()) waiting.shift()?.();
    },
    add<A, R>(operation: Operation<A, R>, args: A, by: By, isFollowed: boolean): Promise<Done<R>> {
      const { promise, resolve, reject } = Promise.withResolvers<Done<R>>();
      const alone = (): void => {
        try {
          resolve(transaction.alone(operation, args, by));
        } catch (error) {
          reject(error);
        }
      };
      const put = (): void => {
        if (pages.length === 0 && !beginsGroup({ isFollowed, quietMs: quietMs() })) return alone();
        if (pages.length === 0) {
          try {
            transaction.begin();
          } catch (error) {
            return reject(error);
          }
          startedAt = performance.now();
          // A transaction lasts for as long as it takes: no clock of the desk, which a test may hold.
          cancelTimer = systemClock.after(groupLimits.ageMs, close);
        }
        let done: Touched & Done<R>;
        try {
          done = transaction.apply(operation, args, by);
        } catch {
          takeBack();
          return alone();
        }
        pages.push({ alone, touched: done, resolve: () => resolve({ seq: done.seq, value: done.value }) });
        if (isDue({ pages: pages.length, ageMs: performance.now() - startedAt, isFollowed })) turn = setImmediate(close);
      };
      if (turn === undefined) put();
      else waiting.push(put);
      return promise;
    },
  };
}
