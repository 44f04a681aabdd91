import type { Output } from '../../../src-preload/contract/index.ts';
import type { ReadDb, SqlValue } from '../db.ts';
import { firstIdAt } from '../message-id.ts';
import { excerptOf } from './excerpt.ts';
import { parseQuery } from './query.ts';

export interface SearchRequest {
  text: string;
  before: number | null;
  limit: number;
  /** Time zone of dates in the query. */
  zoneOffsetMinutes: number;
}

interface HitRow { id: number; conversation_id: string; customer_id: string; customer_name: string; kind: Output<'search.query'>['hits'][number]['kind']; direction: Output<'search.query'>['hits'][number]['direction']; at: number; subject: string | null; text: string }

const channelOfKind = { post: 'x', dm: 'x', mail: 'email', call: 'phone', note: 'note', system: 'note' } as const;
const kindsOfChannel = { x: ['post', 'dm'], email: ['mail'], phone: ['call'], note: ['note'] } as const;

/** Finds messages, newest first, over the whole history. */
export function search(db: ReadDb, request: SearchRequest): Omit<Output<'search.query'>, 'tookMs'> {
  const query = parseQuery(request.text, (y, m, d) => Date.UTC(y, m - 1, d) - request.zoneOffsetMinutes * 60_000);
  const { filters } = query;
  const where: string[] = [`m.kind <> 'system'`, 'm.deleted_at IS NULL'];
  const params: SqlValue[] = [];
  let source = 'message m';
  const idColumn = query.match === null ? 'm.id' : 'f.rowid';
  if (query.match !== null) {
    const table = query.needsPositions ? 'message_index' : 'message_typing';
    source = `${table} f CROSS JOIN message m ON m.id = f.rowid`;
    where.push(`${table} MATCH ?`);
    params.push(query.match);
  } else if (Object.values(filters).every((f) => f === null || (Array.isArray(f) && f.length === 0))) {
    return { hits: [], next: null, problem: query.problem };
  }
  const top = Math.min(request.before ?? Number.MAX_SAFE_INTEGER, filters.before === null ? Number.MAX_SAFE_INTEGER : firstIdAt(filters.before));
  where.push(`${idColumn} < ?`), params.push(top);
  if (filters.after !== null) where.push(`${idColumn} >= ?`), params.push(firstIdAt(filters.after));
  const kinds = [...filters.kinds, ...filters.channels.flatMap((c) => kindsOfChannel[c])];
  if (kinds.length > 0) where.push(`m.kind IN (${kinds.map((k) => `'${k}'`).join(',')})`);
  for (const name of filters.from) {
    where.push(`m.direction = 'inbound' AND (c.name LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM identity i WHERE i.customer_id = c.id AND (i.display LIKE ? ESCAPE '\\' OR i.value LIKE ? ESCAPE '\\')))`);
    const like = `%${name.replace(/[\\%_]/g, '\\$&')}%`;
    params.push(like, like, like);
  }
  for (const agent of filters.agents) where.push(`m.direction <> 'inbound' AND m.author LIKE ? ESCAPE '\\'`), params.push(`%${agent.replace(/[\\%_]/g, '\\$&')}%`);
  for (const state of filters.is) {
    where.push({
      open: `v.state = 'open'`, done: `v.state = 'done'`, snoozed: `v.state = 'snoozed'`, vip: 'v.is_vip = 1', private: `m.kind <> 'post'`, public: `m.kind = 'post'`,
      inbound: `m.direction = 'inbound'`, outbound: `m.direction = 'outbound'`,
      unreadable: `m.kind = 'mail' AND json_extract(m.detail, '$.unreadable') IS NOT NULL`,
    }[state]);
  }
  // CROSS JOIN keeps the index outermost: only then is "newest first" free and the LIMIT stops the scan.
  const rows = db.all<HitRow>(
    `SELECT m.id, m.conversation_id, c.id AS customer_id, c.name AS customer_name, m.kind, m.direction, m.at, m.subject, m.text
     FROM ${source} CROSS JOIN conversation v ON v.id = m.conversation_id CROSS JOIN customer c ON c.id = v.customer_id
     WHERE ${where.join(' AND ')} ORDER BY ${idColumn} DESC LIMIT ?`,
    ...params, request.limit + 1,
  );
  const page = rows.slice(0, request.limit);
  return {
    hits: page.map((row) => ({
      messageId: row.id, conversationId: row.conversation_id, customerId: row.customer_id, customerName: row.customer_name, kind: row.kind, channel: channelOfKind[row.kind],
      direction: row.direction, isPrivate: row.kind !== 'post', at: row.at, subject: row.subject, ...excerptOf(row.text, query.terms),
    })),
    next: rows.length > request.limit ? (page.at(-1)?.id ?? null) : null,
    problem: query.problem,
  };
}
