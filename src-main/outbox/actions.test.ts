import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PostAction } from '../../src-preload/contract/index.ts';
import type { Channel, SendOutcome } from '../channels/port.ts';
import { beginPosts } from '../customers/index.ts';
import { seededRandom, silentLog } from '../kernel/index.ts';
import { openContentStore, tables } from '../store/index.ts';
import { sweepFiles } from '../store/sweep.ts';
import { openTestDesk, postEvent, type TestDesk } from '../test-desk.ts';
import { composeAction, discard, enqueueAction, startDispatcher, undo } from './index.ts';

const post = (desk: TestDesk, id: string): tables.MessageRow => {
  const row = tables.messageByExternal(desk.store.read, desk.accounts.x, id);
  if (!row) throw new Error(`no post ${id}`);
  return row;
};

/** A post of ours, an answer under it by @ann with an answer of ours, and a mention elsewhere. */
function setUp(): { desk: TestDesk; own: string; reply: string; answer: string; elsewhere: string; act: (id: string, action: PostAction) => string; can: (id: string) => PostAction[]; state: (id: string) => string | undefined; run: (answer: SendOutcome) => Promise<void> } {
  const desk = openTestDesk();
  const at = desk.clock.now() - 60_000;
  const root = postEvent('42', '@acmecare', at, 'telltale: we open on Sunday', { direction: 'outbound', isSeen: true });
  const under = { inReplyTo: root.externalId, conversationId: root.externalId };
  const thread = (event: ReturnType<typeof postEvent>): ReturnType<typeof postEvent> => ({ ...event, detail: { ...event.detail, ...under } as typeof event.detail });
  const reply = thread(postEvent('7', '@ann', at + 1_000, '@acmecare buy my coins'));
  const answer = thread(postEvent('7', '@ann', at + 2_000, 'telltale answer', { direction: 'outbound', files: [{ sha256: 'a'.repeat(64), name: 'x.png', type: 'image/png', size: 3, contentId: null, alt: null }] }));
  const elsewhere = postEvent('7', '@ann', at + 3_000, '@acmecare hello');
  desk.take(desk.accounts.x, [root, reply, answer, elsewhere]);
  desk.run({ name: 'test.me', apply: (tx) => tables.putCursor(tx.db, desk.accounts.x, 'me', '{"id":"42","handle":"acmecare"}') }, null);
  return {
    desk, own: root.externalId, reply: reply.externalId, answer: answer.externalId, elsewhere: elsewhere.externalId,
    act: (id, action) => {
      const { accountId: _, ...args } = composeAction(desk.store.read, { requestId: desk.ids.next(), messageId: post(desk, id).id, action }, { ids: desk.ids, now: desk.clock.now() });
      return desk.run(enqueueAction, args).outboxId;
    },
    can: (id) => tables.actionsFor(desk.store.read, post(desk, id)),
    state: (id) => tables.outboxById(desk.store.read, id)?.state,
    async run(outcome) {
      const channel: Channel = { start() {}, stop: async () => {}, poll: async () => {}, send: async () => outcome, reconcile: async () => ({ type: 'done' }) };
      const dispatcher = startDispatcher({ store: desk.store, clock: desk.clock, random: seededRandom(3), log: silentLog, channelOf: () => channel });
      for (let i = 0; i < 20; i += 1) {
        desk.clock.advance(1_000);
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
      await dispatcher.stop();
    },
  };
}

describe('what can be done to a post', () => {
  test('our own can be deleted, a reply under ours hidden, and nothing else', () => {
    const { can, own, reply, answer, elsewhere, act } = setUp();
    expect([can(own), can(reply), can(answer), can(elsewhere)]).toEqual([['delete'], ['hide'], ['delete'], []]);
    expect(() => act(elsewhere, 'hide')).toThrow('Only a reply under a post of ours');
    expect(() => act(reply, 'delete')).toThrow('Only a post of our own');
    expect(() => act(reply, 'unhide')).toThrow('not hidden');
  });

  test('one thing at a time, and undoing it leaves no trace', () => {
    const { desk, can, reply, act } = setUp();
    const id = act(reply, 'hide');
    expect(can(reply)).toEqual([]);
    expect(() => act(reply, 'hide')).toThrow('already');
    expect(desk.conversation('7').sending).toBe('held');
    expect(desk.run(undo, { outboxId: id })).toBeNull();
    expect(can(reply)).toEqual(['hide']);
    expect(desk.store.read.get(`SELECT count(*) AS n FROM message WHERE kind = 'system'`)).toEqual({ n: 0 });
  });

  test('while claims are enforced only the owner acts', () => {
    const { desk, reply, act } = setUp();
    desk.run({ name: 't', apply: (tx) => { tables.putSettings(tx.db, { ...tables.settingsOf(tx.db), enforceClaims: true }); tables.setOwner(tx.db, desk.conversation('7').id, 'KM'); } }, null);
    expect(() => act(reply, 'hide')).toThrow('KM has this conversation.');
  });
});

describe('what it does', () => {
  test('a deleted post leaves a tombstone and none of its words: not in its record, its log or the disk', async () => {
    const { desk, act, answer, own, state, run } = setUp();
    const files = openContentStore(join(desk.dir, 'files'));
    const sha256 = files.put(new TextEncoder().encode('picture'));
    desk.run({ name: 't', apply: (tx) => tx.db.run('UPDATE attachment SET sha256 = ?', sha256) }, null);
    const ids = [act(answer, 'delete'), act(own, 'delete')];
    await run({ type: 'done' });
    expect(ids.map(state)).toEqual(['sent', 'sent']);
    expect([answer, own].map((id) => [post(desk, id).text, post(desk, id).deleted_at !== null])).toEqual([['', true], ['', true]]);
    for (const table of ['message', 'outbox', 'operation', 'draft', 'conversation']) expect(JSON.stringify(desk.store.read.all(`SELECT * FROM ${table}`)), table).not.toContain('telltale');
    // Just put: it may be about to get a row of its own.
    expect([sweepFiles(desk.store, files, Date.now()), existsSync(files.pathOf(sha256))]).toEqual([false, true]);
    expect([sweepFiles(desk.store, files, Date.now() + 120_000), existsSync(files.pathOf(sha256)), tables.filesLeft(desk.store.read)]).toEqual([true, false, []]);
  });

  test('bytes another message needs stay', async () => {
    const { desk, act, answer, run } = setUp();
    const files = openContentStore(join(desk.dir, 'files'));
    const sha256 = files.put(new TextEncoder().encode('logo'));
    const file = { sha256, name: 'logo.png', type: 'image/png', size: 4, contentId: null, alt: null };
    desk.take(desk.accounts.x, [postEvent('8', '@joe', desk.clock.now(), 'same picture', { files: [file] })]);
    desk.run({ name: 't', apply: (tx) => tx.db.run('UPDATE attachment SET sha256 = ?', sha256) }, null);
    act(answer, 'delete');
    await run({ type: 'done' });
    expect([sweepFiles(desk.store, files, Date.now() + 120_000), files.has(sha256)]).toEqual([true, true]);
  });

  test('a hidden reply says so and can be shown again', async () => {
    const { act, can, reply, run } = setUp();
    act(reply, 'hide');
    await run({ type: 'done' });
    expect(can(reply)).toEqual(['unhide']);
    act(reply, 'unhide');
    await run({ type: 'done' });
    expect(can(reply)).toEqual(['hide']);
  });

  test('a lost answer is read back; a refusal is said and changes nothing', async () => {
    const { desk, act, own, reply, state, run } = setUp();
    const lost = act(own, 'delete');
    await run({ type: 'unknown', problem: 'The line broke.' });
    expect([state(lost), post(desk, own).text]).toEqual(['sent', '']);
    const refused = act(reply, 'hide');
    await run({ type: 'refused', problem: 'X refused it.' });
    expect(state(refused)).toBe('refused');
    desk.run(discard, { outboxId: refused });
    expect(tables.actionsFor(desk.store.read, post(desk, reply))).toEqual(['hide']);
  });
});

describe('posts of our own', () => {
  test('lie in a conversation of their own that nobody waits in, with the answers under each', () => {
    const { desk, own, reply } = setUp();
    const { conversationId } = desk.run(beginPosts, { accountId: desk.accounts.x, ids: desk.ids });
    expect(conversationId).toBe(post(desk, own).conversation_id);
    expect(tables.conversationCore(desk.store.read, conversationId)?.state).toBe('done');
    expect(tables.repliesTo(desk.store.read, desk.accounts.x, own, 10).map((row) => row.external_id)).toEqual([reply]);
  });

  test('the first one has a place before there is any', () => {
    const desk = openTestDesk();
    expect(() => desk.run(beginPosts, { accountId: desk.accounts.x, ids: desk.ids })).toThrow('not said yet');
    desk.run({ name: 'test.me', apply: (tx) => tables.putCursor(tx.db, desk.accounts.x, 'me', '{"id":"42","handle":"acmecare"}') }, null);
    const { conversationId } = desk.run(beginPosts, { accountId: desk.accounts.x, ids: desk.ids });
    expect(tables.ownPostsOf(desk.store.read, desk.accounts.x)).toBe(conversationId);
  });
});
