import { oneTurn } from '../../kernel/index.ts';

/** Mails on their way: off the wire, being taken apart, handed in, at last committed. */
export interface Page {
  /** Raw bytes of its mails. */
  bytes: number;
  /** All of it is taken apart; rejects when that failed. */
  ready: Promise<unknown>;
  /** Hands it in; resolves when it is committed. `isFollowed`: another one comes right after it, and may be committed with it. */
  commit(isFollowed: boolean): Promise<void>;
}

/** Keeps server, parser and store busy at the same time. Pages are handed in one after the other, in the order they were fetched. */
export interface Conveyor {
  /** Fetches one more page, of some `bytes`; the oldest under way is handed in meanwhile. Rejects when any fails, with no fetch under way and none being committed. */
  add(bytes: number, fetch: () => Promise<Page>): Promise<void>;
  /** Commits what is under way. */
  drain(): Promise<void>;
}

export interface ConveyorOptions {
  /** Pages fetched whole before the oldest is handed in. */
  ahead: number;
  /** Pages handed in and not committed yet. */
  handedIn: number;
  /** Bytes of all pages under way; a larger one is alone. */
  aheadBytes: number;
  /** Aborted: nothing more is handed in. */
  signal: AbortSignal;
}

export function createConveyor({ ahead, handedIn, aheadBytes, signal }: ConveyorOptions): Conveyor {
  let fetched: Page[] = [];
  let handed: { bytes: number; committed: Promise<void> }[] = [];
  let failure: { error: unknown } | null = null;

  const assertWhole = async (): Promise<void> => {
    if (failure === null) return;
    const { error } = failure;
    // The cursor would go past the page that could not be committed.
    fetched = [];
    await Promise.all(handed.map((page) => page.committed));
    failure = null;
    throw error;
  };
  const handInOldest = async (): Promise<void> => {
    // A page holds this thread, a COMMIT does, too: before it the next command gets on its way, and between any two of them others have their turn.
    await oneTurn();
    await oneTurn();
    try {
      signal.throwIfAborted();
      await fetched[0]?.ready;
    } catch (error) {
      failure ??= { error };
    }
    await assertWhole();
    const page = fetched.shift();
    if (page === undefined) return;
    const isFollowed = fetched.length > 0;
    const committed = page.commit(isFollowed).catch((error: unknown) => void (failure ??= { error })).finally(() => (handed = handed.filter((one) => one !== entry)));
    const entry = { bytes: page.bytes, committed };
    handed.push(entry);
    if (handed.length >= handedIn) await handed[0]?.committed;
    await assertWhole();
  };
  const isTooMuch = (bytes: number): boolean => [...fetched, ...handed].length > 0 && [...fetched, ...handed].reduce((sum, page) => sum + page.bytes, bytes) > aheadBytes;
  return {
    async add(bytes, fetch) {
      await assertWhole();
      while (isTooMuch(bytes)) {
        if (fetched.length > 0) await handInOldest();
        else await handed[0]?.committed;
        await assertWhole();
      }
      const fetching = fetch();
      // Its failure is met below; without this Node would end the process for it in between.
      fetching.catch(() => {});
      try {
        if (fetched.length >= ahead) await handInOldest();
      } catch (error) {
        await fetching.catch(() => {});
        throw error;
      }
      fetched.push(await fetching);
      await assertWhole();
    },
    async drain() {
      while (fetched.length > 0) await handInOldest();
      await Promise.all(handed.map((page) => page.committed));
      await assertWhole();
    },
  };
}
