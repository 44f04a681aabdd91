import { beforeEach, describe, expect, it } from 'vitest';
import { createConveyor, type Conveyor } from './conveyor.ts';

let done: string[] = [];
let stop = new AbortController();
let wires: PromiseWithResolvers<void>[] = [];
beforeEach(() => {
  [done, stop, wires] = [[], new AbortController(), []];
});

const conveyor = (): Conveyor<void> => createConveyor({ ahead: 2, handedIn: 3, aheadBytes: 100, signal: stop.signal });
/** A page whose last byte comes when its wire is resolved. */
const add = (to: Conveyor<void>, name: string, bytes = 10, problem?: Error): Promise<void> => {
  const wire = Promise.withResolvers<void>();
  wires.push(wire);
  return to.add(bytes, async () => {
    done.push(`ask ${name}`);
    await wire.promise;
    done.push(`have ${name}`);
    return {
      bytes,
      ready: Promise.resolve(),
      commit: async () => {
        if (problem) throw problem;
        done.push(`commit ${name}`);
      },
    };
  });
};
const arrived = async (to: Conveyor<void>, name: string, bytes?: number, problem?: Error): Promise<void> => {
  const added = add(to, name, bytes, problem);
  wires.at(-1)?.resolve();
  await added;
};
const turns = async (): Promise<void> => {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('pages on their way', () => {
  it('are committed in the order they were fetched, the oldest while the third is on the wire', async () => {
    const pages = conveyor();
    await arrived(pages, 'a');
    await arrived(pages, 'b');
    const third = add(pages, 'c');
    await turns();
    expect(done).toEqual(['ask a', 'have a', 'ask b', 'have b', 'ask c', 'commit a']);
    wires.at(-1)?.resolve();
    await third;
    await pages.drain();
    expect(done.slice(6)).toEqual(['have c', 'commit b', 'commit c']);
  });

  it('are committed before more is fetched than memory is meant for; one too large for it is alone', async () => {
    const pages = conveyor();
    await arrived(pages, 'a', 60);
    await arrived(pages, 'b', 60);
    await arrived(pages, 'huge', 1_000);
    await arrived(pages, 'c', 1);
    expect(done.filter((line) => !line.startsWith('have'))).toEqual(['ask a', 'commit a', 'ask b', 'commit b', 'ask huge', 'commit huge', 'ask c']);
  });

  it('are not committed after one that could not be, and whoever asked goes on only when nothing is on the wire', async () => {
    const pages = conveyor();
    await arrived(pages, 'a', 10, new Error('disk full'));
    await arrived(pages, 'b');
    let failed = '';
    const third = add(pages, 'c').catch((error: Error) => (failed = error.message));
    await turns();
    expect(failed).toBe('');
    wires.at(-1)?.resolve();
    await third;
    expect(failed).toBe('disk full');
    await pages.drain();
    expect(done.some((line) => line.startsWith('commit'))).toBe(false);
  });

  it('are kept when the wire breaks after them', async () => {
    const pages = conveyor();
    await arrived(pages, 'a');
    await arrived(pages, 'b');
    const third = add(pages, 'c');
    wires.at(-1)?.reject(new Error('cut'));
    await expect(third).rejects.toThrow('cut');
    await pages.drain();
    expect(done.filter((line) => line.startsWith('commit'))).toEqual(['commit a', 'commit b']);
  });

  it('stay at the server when somebody stops', async () => {
    const pages = conveyor();
    await arrived(pages, 'a');
    stop.abort(new Error('stopping'));
    await expect(pages.drain()).rejects.toThrow('stopping');
    await pages.drain();
    expect(done).toEqual(['ask a', 'have a']);
  });

  it('leave others their turn between two commits', async () => {
    const pages = conveyor();
    await arrived(pages, 'a');
    await arrived(pages, 'b');
    const drained = pages.drain();
    const others = (async () => {
      for (let i = 0; i < 6; i += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        done.push('others');
      }
    })();
    await Promise.all([drained, others]);
    // Two turns: in the one of them the store may be committing.
    expect(done.slice(done.indexOf('commit a') + 1, done.indexOf('commit b'))).toEqual(['others', 'others']);
  });

  /** Pages that are committed when the test says so. */
  const slow = async (to: Conveyor<void>, name: string, bytes = 10): Promise<PromiseWithResolvers<void>> => {
    const committed = Promise.withResolvers<void>();
    await to.add(bytes, async () => ({
      bytes, ready: Promise.resolve(),
      commit: async (_, isFollowed) => {
        done.push(`hand in ${name}${isFollowed ? ', more follow' : ''}`);
        await committed.promise;
      },
    }));
    return committed;
  };

  it('are handed in before those ahead are committed, and the last one says that nothing comes after it', async () => {
    const pages = conveyor();
    const committed = [await slow(pages, 'a'), await slow(pages, 'b')];
    let isDrained = false;
    const drained = pages.drain().then(() => (isDrained = true));
    await turns();
    await turns();
    expect([done, isDrained]).toEqual([['hand in a, more follow', 'hand in b'], false]);
    for (const { resolve } of committed) resolve();
    await drained;
  });

  it('wait when as many are handed in as may be; another one is ready all the same', async () => {
    const pages = conveyor();
    const committed = [await slow(pages, 'a'), await slow(pages, 'b'), await slow(pages, 'c'), await slow(pages, 'd')];
    const fifth = slow(pages, 'e');
    await turns();
    await turns();
    expect(done).toEqual(['hand in a, more follow', 'hand in b, more follow', 'hand in c, more follow']);
    for (const { resolve } of committed) resolve();
    (await fifth).resolve();
    await pages.drain();
    expect(done.slice(3)).toEqual(['hand in d, more follow', 'hand in e']);
  });

  it('count as memory until they are committed', async () => {
    const pages = conveyor();
    const first = await slow(pages, 'a', 60);
    const second = slow(pages, 'b', 60);
    let isAsked = false;
    void second.then(() => (isAsked = true));
    await turns();
    await turns();
    expect([done, isAsked]).toEqual([['hand in a'], false]);
    first.resolve();
    (await second).resolve();
    await pages.drain();
  });

  it('are lost with one that could not be committed, however late that is known, and whoever asked goes on only when no other is being committed', async () => {
    const pages = conveyor();
    const [first, second] = [await slow(pages, 'a'), await slow(pages, 'b')];
    await slow(pages, 'c');
    const fourth = slow(pages, 'd');
    await fourth;
    let failed = '';
    const next = slow(pages, 'e').catch((error: Error) => (failed = error.message));
    first.reject(new Error('disk full'));
    await turns();
    await turns();
    expect(failed).toBe('');
    second.resolve();
    await next;
    expect(failed).toBe('disk full');
    await pages.drain();
    expect(done).toEqual(['hand in a, more follow', 'hand in b, more follow']);
  });
});
