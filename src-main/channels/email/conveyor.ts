import { oneTurn } from '../../kernel/index.ts';

/** Mails on their way: off the wire, being taken apart, handed in, at last committed. */
export interface Page<Mails> {
  /** Raw bytes of its mails. */
  bytes: number;
  /** Its mails, taken apart; rejects when that failed. */
  ready: Promise<Mails>;
  /**
   * Hands them in; resolves when they are committed. `isFollowed`: another page comes right after this, and may be committed with it. Given
   * its mails here, a page need not remember them: those of all pages handed in would be copied at each collection of young objects.
   */
  commit(mails: Mails, isFollowed: boolean): Promise<void>;
}

/** Keeps server, parser and store busy at the same time. Pages are handed in one after the other, in the order they were fetched. */
export interface Conveyor<Mails> {
  /** Fetches one more page, of some `bytes`; the oldest under way is handed in meanwhile. Rejects when any fails, with no fetch under way and none being committed. */
  add(bytes: number, fetch: () => Promise<Page<Mails>>): Promise<void>;
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

export function createConveyor<Mails>({ ahead, handedIn, aheadBytes, signal }: ConveyorOptions): Conveyor<Mails> {
  let fetched: Page<Mails>[] = [];
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
  const handIn = ({ bytes, commit }: Page<Mails>, mails: Mails): void => {
    const committed = commit(mails, fetched.length > 0).catch((error: unknown) => void (failure ??= { error })).finally(() => (handed = handed.filter((one) => one !== entry)));
    const entry = { bytes, committed };
    handed.push(entry);
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
    handIn(page, await page.ready);
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
