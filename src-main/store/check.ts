import type { ContentStore } from './files.ts';
import type { Store } from './store.ts';

export interface CheckReport {
  ok: boolean;
  messages: number;
  conversations: number;
  customers: number;
  unfinishedSends: number;
  /** One sentence each; empty when all is well. */
  problems: string[];
}

/** Looks whether a workspace is whole: the file itself, its indexes, its links, its counters and its attachments. Changes nothing but FTS5's own check rows. */
export function checkStore(store: Store, files: ContentStore): CheckReport {
  const { read } = store;
  const count = (sql: string): number => read.get<{ n: number }>(sql)?.n ?? 0;
  const problems: string[] = [];
  const expectNone = (sql: string, say: (n: number) => string): void => {
    const n = count(sql);
    if (n > 0) problems.push(say(n));
  };
  for (const { integrity_check } of read.all<{ integrity_check: string }>('PRAGMA integrity_check(20)')) if (integrity_check !== 'ok') problems.push(`The database is damaged: ${integrity_check}.`);
  const broken = read.all<{ table: string }>('PRAGMA foreign_key_check');
  if (broken.length > 0) problems.push(`${broken.length} rows point to rows that are not there (first in ${broken[0]?.table ?? '?'}).`);
  for (const table of ['message_index', 'message_typing']) {
    const trouble = store.checkIndex(table);
    if (trouble !== null) problems.push(`The search index ${table} does not match the messages (${trouble}).`);
  }
  expectNone(`SELECT count(*) AS n FROM conversation v WHERE v.last_message_id <> coalesce((SELECT max(m.id) FROM message m WHERE m.conversation_id = v.id), 0)`, (n) => `${n} conversations do not show their newest message.`);
  expectNone(`SELECT count(*) AS n FROM (SELECT account_id, external_id FROM message WHERE external_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1)`, (n) => `${n} messages are here twice.`);
  expectNone(`SELECT count(*) AS n FROM outbox WHERE state = 'sent' AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = outbox.message_id)`, (n) => `${n} sent messages are not in their conversation.`);
  for (const state of ['open', 'snoozed', 'done']) {
    expectNone(`SELECT abs((SELECT count(*) FROM conversation WHERE state = '${state}') - coalesce((SELECT n FROM queue_count WHERE view = '${state}'), 0)) AS n`, (n) => `The count of ${state} conversations is off by ${n}.`);
  }
  let missing = 0;
  for (const { sha256 } of read.all<{ sha256: string }>('SELECT DISTINCT sha256 FROM attachment')) if (!files.has(sha256)) missing += 1;
  if (missing > 0) problems.push(`${missing} attachments are not on this disk.`);
  return {
    ok: problems.length === 0, messages: count(`SELECT count(*) AS n FROM message WHERE kind <> 'system'`), conversations: count('SELECT count(*) AS n FROM conversation'),
    customers: count('SELECT count(*) AS n FROM customer'), unfinishedSends: count(`SELECT count(*) AS n FROM outbox WHERE state NOT IN ('sent', 'undone')`), problems,
  };
}
