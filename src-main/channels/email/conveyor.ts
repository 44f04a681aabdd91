/** Mails on their way: off the wire, being taken apart, at last committed. */
export interface Page {
  /** Raw bytes of its mails. */
  bytes: number;
  commit(): Promise<void>;
}

/** Keeps server, parser and store busy at the same time. Pages are committed one after the other, in the order they were fetched. */
export interface Conveyor {
  /** Fetches one more page, of some `bytes`; the oldest under way is committed meanwhile. Rejects when either fails, with no fetch under way. */
  add(bytes: number, fetch: () => Promise<Page>): Promise<void>;
  /** Commits what is under way. */
  drain(): Promise<void>;
}

export interface ConveyorOptions {
  /** Pages fetched whole before the oldest is committed. */
  ahead: number;
  /** Bytes of all pages under way; a larger one is alone. */
  aheadBytes: number;
  /** Aborted: nothing more is committed. */
  signal: AbortSignal;
}

export function createConveyor({ ahead, aheadBytes, signal }: ConveyorOptions): Conveyor {
  let pages: Page[] = [];
  const commitOldest = async (): Promise<void> => {
    // A commit holds this thread: before it the next command gets on its way, and between two of them others have their turn.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      signal.throwIfAborted();
      await pages.shift()?.commit();
    } catch (error) {
      // The cursor would go past the page that could not be committed.
      pages = [];
      throw error;
    }
  };
  return {
    async add(bytes, fetch) {
      while (pages.length > 0 && pages.reduce((sum, page) => sum + page.bytes, bytes) > aheadBytes) await commitOldest();
      const fetching = fetch();
      // Its failure is met below; without this Node would end the process for it in between.
      fetching.catch(() => {});
      try {
        if (pages.length >= ahead) await commitOldest();
      } catch (error) {
        await fetching.catch(() => {});
        throw error;
      }
      pages.push(await fetching);
    },
    async drain() {
      while (pages.length > 0) await commitOldest();
    },
  };
}
