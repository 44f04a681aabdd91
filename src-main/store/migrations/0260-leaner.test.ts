import { expect, test } from 'vitest';
import { mailEvent, openTestDesk } from '../../test-desk.ts';
import { tables } from '../index.ts';
import { leaner } from './0260-leaner.ts';

test('an answer that names no mail is found among mails from before the step, by their subject and time', () => {
  const desk = openTestDesk();
  const mail = (n: string, subject: string, hours: number) => mailEvent('ann@x.example', desk.clock.now() + hours * 3_600_000, { externalId: `<${n}@x>`, threadKeys: [`<${n}@x>`], subject, text: n });
  desk.take(desk.accounts.email, [mail('router', 'Router', 0), mail('bill', 'Bill', 1)]);
  desk.run({
    name: 't',
    apply: (tx) => {
      tx.db.run(`INSERT INTO thread_key (conversation_id, key, thread) SELECT conversation_id, '~all~' || lower(subject) || '~000001000000000~' || id, thread FROM message WHERE kind = 'mail'`);
      leaner.up((sql) => sql.split(/;\s*$/m).filter((one) => one.replace(/^\s*--.*$/gm, '').trim() !== '').forEach((one) => tx.db.run(one)));
    },
  }, null);
  desk.take(desk.accounts.email, [mail('again', 'Re: router', 2)]);
  const { store } = desk;
  expect(store.read.all('SELECT key FROM thread_key WHERE key LIKE ?', '~all~%')).toEqual([]);
  const threads = store.read.all<{ text: string; thread: number }>(`SELECT text, thread FROM message WHERE kind = 'mail'`);
  expect([...Map.groupBy(threads, (m) => m.thread).values()].map((of) => of.map((m) => m.text))).toEqual([['router', 'again'], ['bill']]);
});

test('a conversation in its order, its mails, and what else is in it are found by indexes', () => {
  const { store } = openTestDesk();
  const plan = (sql: string): string => store.read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, 'v').map((step) => step.detail).join('\n');
  expect(plan('SELECT id FROM message WHERE conversation_id = ? ORDER BY id DESC LIMIT 20')).toBe('SEARCH message USING COVERING INDEX message_conversation (conversation_id=?)');
  expect(plan(`SELECT text FROM message WHERE conversation_id = ? AND kind = 'mail' ORDER BY id DESC LIMIT 20`)).toBe('SEARCH message USING INDEX message_conversation (conversation_id=?)');
  expect(plan(`SELECT text FROM message WHERE conversation_id = ? AND ${tables.LINES} ORDER BY id DESC LIMIT 20`)).toBe('SEARCH message USING INDEX message_kind (conversation_id=? AND kind=?)');
  expect(plan(`SELECT kind, count(*), max(id) FROM message WHERE conversation_id = ? AND kind <> 'mail' GROUP BY kind`)).toBe('SEARCH message USING COVERING INDEX message_kind (conversation_id=?)');
});
