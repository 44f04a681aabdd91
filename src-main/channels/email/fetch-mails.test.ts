import { describe, expect, it } from 'vitest';
import type { FetchMessageObject, FetchQueryObject, ImapFlow, MailboxObject } from 'imapflow';
import { manualClock, silentLog } from '../../kernel/index.ts';
import { memoryFiles } from '../contract-suite.ts';
import { createMailParser } from './parse-pool.ts';
import { fetchMails, lastPage, readNew, uidSet, type ReadContext } from './reader.ts';

// Dovecot hands out whatever it has; servers that do not are played here, by the one method that is asked.
const clock = manualClock();
const reading: ReadContext = {
  context: { account: { id: 'a', name: 'a', address: 'a@b.example', config: {} }, clock, log: silentLog, files: memoryFiles(), cursor: () => null, sink: async () => {}, places: async () => [] },
  own: ['a@b.example'], parser: createMailParser(clock, silentLog), folders: { inbox: 'INBOX', sent: null, others: [] }, states: new Map(), handedIn: new Map(), backlogs: new Map(), opened: new Map(),
};
const mailbox = { path: 'INBOX', uidValidity: 1n } as MailboxObject;
const refused = Object.assign(new Error('Command failed'), { responseStatus: 'NO' });

const numbersOf = (set: string): number[] => set.split(',').flatMap((run) => {
  const [first = 0, last = first] = run.split(':').map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
});

function server(answer: (uid: number, query: FetchQueryObject) => Partial<FetchMessageObject> | null | Error, isOpen = true): ImapFlow {
  const client = {
    isClosed: !isOpen, usable: isOpen, mailbox,
    async *fetch(set: string, query: FetchQueryObject) {
      if (!isOpen) return;
      const found = numbersOf(set).map((uid) => ({ uid, answer: answer(uid, query) }));
      const error = found.find((one) => one.answer instanceof Error)?.answer;
      if (error instanceof Error) throw error;
      yield* found.flatMap((one) => (one.answer === null ? [] : [{ seq: one.uid, uid: one.uid, ...one.answer }]));
    },
    async fetchAll(uids: number[], query: FetchQueryObject) {
      return Array.fromAsync(client.fetch(uids.join(','), query));
    },
  };
  return client as unknown as ImapFlow;
}
const whole = { source: Buffer.from('From: c@d.example\r\n\r\nx'), size: 24 };
const head = { headers: Buffer.from('From: c@d.example\r\nSubject: lost\r\n\r\n') };

describe('fetching from servers that cannot hand out everything', () => {
  it('reads all others when one mail makes the whole command fail, and the head of that one', async () => {
    const client = server((uid, query) => (query.source !== undefined && uid === 7 ? refused : query.source === undefined ? head : whole));
    const mails = await fetchMails(reading, client, mailbox, [5, 6, 7, 8, 9]);
    expect(mails.map((mail) => [mail.uid, mail.problem])).toEqual([[5, null], [6, null], [7, 'The server could not hand out this mail; only its head was read.'], [8, null], [9, null]]);
  });

  it('reads the head of a mail that is listed without its text, and leaves out one that is gone', async () => {
    const client = server((uid, query) => (uid === 2 ? null : uid === 3 ? (query.source === undefined ? head : {}) : whole));
    expect((await fetchMails(reading, client, mailbox, [1, 2, 3])).map((mail) => [mail.uid, mail.problem === null])).toEqual([[1, true], [3, false]]);
  });

  it('goes on when even a head is refused', async () => {
    const client = server((uid) => (uid === 2 ? refused : whole));
    expect((await fetchMails(reading, client, mailbox, [1, 2, 3])).map((mail) => mail.uid)).toEqual([1, 3]);
  });

  it('never takes the silence of a closed connection for an empty page', async () => {
    await expect(fetchMails(reading, server(() => whole, false), mailbox, [1, 2])).rejects.toMatchObject({ code: 'NoConnection' });
  });
});

describe('new mail', () => {
  it('is found although the answer about one of several was lost on the way', async () => {
    const committed: string[][] = [];
    let cursor = '';
    const own: ReadContext = {
      ...reading, states: new Map([['INBOX:1', { top: 10, low: 1 }]]),
      context: { ...reading.context, sink: async (batch) => void (committed.push(batch.events.map((event) => (event.type === 'message' ? (event.subject ?? '') : ''))), cursor = batch.cursors['INBOX:1'] ?? '') },
    };
    const sent = (uid: number): FetchMessageObject => ({ seq: uid, uid, source: Buffer.from(`From: c@d.example\r\nSubject: ${uid}\r\n\r\nx`), size: 40 });
    const client = {
      isClosed: false, usable: true, mailbox: { ...mailbox, exists: 13 },
      async *fetch(set: string) {
        if (set.startsWith('11:')) yield* [sent(11), sent(13)];
        else yield* numbersOf(set).map(sent);
      },
      search: async () => [11, 12, 13],
    } as unknown as ImapFlow;
    await readNew(own, client, mailbox, false);
    expect(committed).toEqual([['11', '12', '13']]);
    expect(JSON.parse(cursor)).toEqual({ top: 13, low: 1 });
  });
});

describe('files of mails', () => {
  it('give their memory back as soon as they are stored', async () => {
    const store = memoryFiles();
    const sizes: number[] = [];
    const given: Uint8Array[] = [];
    const putAll: typeof store.putAll = (files) => {
      given.push(...files);
      sizes.push(...files.map((bytes) => bytes.length));
      return store.putAll(files);
    };
    const stored: unknown[] = [];
    const own: ReadContext = {
      ...reading, states: new Map([['INBOX:1', { top: 10, low: 1 }]]),
      context: { ...reading.context, files: { ...store, putAll }, sink: async ({ events }) => void stored.push(...events.flatMap((event) => (event.type === 'message' ? event.files : []))) },
    };
    const source = Buffer.from('From: c@d.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: a/b; name=f\r\n\r\nfile\r\n--b--');
    const client = { isClosed: false, usable: true, mailbox: { ...mailbox, exists: 11 }, async *fetch() { yield { seq: 11, uid: 11, source, size: source.length }; } } as unknown as ImapFlow;
    await readNew(own, client, mailbox, false);
    expect([sizes, given.map((bytes) => bytes.length)]).toEqual([[5], [0]]);
    expect(stored).toMatchObject([{ name: 'f', size: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });
});

describe('sets of UIDs', () => {
  it('name runs by their ends', () => {
    expect(uidSet([])).toBe('');
    expect(uidSet([7])).toBe('7');
    expect(uidSet([1, 2, 3, 5, 8, 9])).toBe('1:3,5,8:9');
  });
});

describe('pages', () => {
  it('hold at most 200 mails or 8 MB, and always one', () => {
    const uids = Array.from({ length: 800 }, (_, i) => i + 1);
    expect(lastPage(uids, new Map())).toEqual(uids.slice(600));
    const sizes = new Map(uids.map((uid) => [uid, 3 * 1_048_576]));
    expect(lastPage(uids, sizes)).toEqual([799, 800]);
    expect(lastPage([1, 2], new Map([[2, 500 * 1_048_576]]))).toEqual([2]);
    expect(lastPage([], new Map())).toEqual([]);
  });
});
