import type { FollowUp } from '../../../src-preload/contract/index.ts';
import type { ReadDb, SqlValue, WriteDb } from '../db.ts';

interface Row { id: string; conversation_id: string; customer_id: string; customer_name: string; at: number; ends: FollowUp['ends']; note: string | null; mode: NonNullable<FollowUp['draft']>['mode'] | null; text: string | null; state: FollowUp['state']; occasion: string | null; made_by: string; is_call: number }
const SELECT = `SELECT f.id, f.conversation_id, v.customer_id, c.name AS customer_name, f.at, f.ends, f.note, f.mode, f.text, f.state, f.occasion, f.made_by, f.is_call
  FROM follow_up f JOIN conversation v ON v.id = f.conversation_id JOIN customer c ON c.id = v.customer_id`;
const toFollowUp = (r: Row): FollowUp => ({
  id: r.id, conversationId: r.conversation_id, customerId: r.customer_id, customerName: r.customer_name, at: r.at, ends: r.ends, note: r.note,
  draft: r.mode === null || r.text === null ? null : { mode: r.mode, text: r.text }, state: r.state, isOccasion: r.occasion !== null, isCall: r.is_call === 1, by: r.made_by,
});

export interface NewFollowUp { id: string; conversationId: string; at: number; ends: FollowUp['ends']; note: string | null; draft: FollowUp['draft']; state: FollowUp['state']; occasion: string | null; isCall?: boolean }

export function insertFollowUp(db: WriteDb, f: NewFollowUp, by: string, at: number): void {
  db.run(
    'INSERT INTO follow_up (id, conversation_id, at, ends, note, mode, text, state, occasion, made_by, made_at, is_call) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)',
    f.id, f.conversationId, f.at, f.ends, f.note, f.draft?.mode ?? null, f.draft?.text ?? null, f.state, f.occasion, by, at, Number(f.isCall ?? false),
  );
}
export function changeFollowUp(db: WriteDb, f: Pick<NewFollowUp, 'id' | 'at' | 'ends' | 'note' | 'draft' | 'state'>, at: number): void {
  db.run('UPDATE follow_up SET at=?, ends=?, note=?, mode=?, text=?, state=?, ended_at=NULL, ended_by=NULL, made_at=? WHERE id=?', f.at, f.ends, f.note, f.draft?.mode ?? null, f.draft?.text ?? null, f.state, at, f.id);
}
export function setFollowUpState(db: WriteDb, id: string, state: FollowUp['state'], ended: { at: number; by: string } | null): void {
  db.run('UPDATE follow_up SET state = ?, ended_at = ?, ended_by = ? WHERE id = ?', state, ended?.at ?? null, ended?.by ?? null, id);
}
export function removeFollowUp(db: WriteDb, id: string): void {
  db.run('DELETE FROM follow_up WHERE id = ?', id);
}

export const followUpById = (db: ReadDb, id: string): FollowUp | undefined => {
  const row = db.get<Row>(`${SELECT} WHERE f.id = ?`, id);
  return row && toFollowUp(row);
};
/** What is not done yet, soonest first. */
export const followUpsOf = (db: ReadDb, conversationId: string): FollowUp[] =>
  db.all<Row>(`${SELECT} WHERE f.conversation_id = ? AND f.state <> 'done' ORDER BY f.at, f.id`, conversationId).map(toFollowUp);
export const doneFollowUpsOf = (db: ReadDb, conversationId: string): FollowUp[] =>
  db.all<Row>(`${SELECT} WHERE f.conversation_id = ? AND f.state = 'done' ORDER BY f.at, f.id`, conversationId).map(toFollowUp);
export const followUpsOfCustomer = (db: ReadDb, customerId: string): FollowUp[] =>
  db.all<Row>(`${SELECT} WHERE v.customer_id = ? AND f.state <> 'done' ORDER BY f.at, f.id`, customerId).map(toFollowUp);
/** The oldest one whose time has come. */
export const dueFollowUp = (db: ReadDb, conversationId: string): { note: string | null } | undefined =>
  db.get(`SELECT note FROM follow_up WHERE conversation_id = ? AND state = 'due' ORDER BY at LIMIT 1`, conversationId);
/** When the next one of a conversation comes; null when none waits. */
export const nextFollowUpAt = (db: ReadDb, conversationId: string): number | null =>
  db.get<{ at: number | null }>(`SELECT min(at) AS at FROM follow_up WHERE conversation_id = ? AND state = 'waiting'`, conversationId)?.at ?? null;
export const followUpsWakingBy = (db: ReadDb, at: number): { id: string; conversationId: string }[] =>
  db.all(`SELECT id, conversation_id AS conversationId FROM follow_up WHERE state = 'waiting' AND at <= ? ORDER BY at LIMIT 500`, at);
/** Those that are over because the customer wrote, and since when they had waited. */
export const repliedFollowUps = (db: ReadDb, conversationId: string): { id: string; at: number; since: number }[] =>
  db.all(`SELECT id, at, made_at AS since FROM follow_up WHERE conversation_id = ? AND state = 'replied'`, conversationId);
/** Those finished at exactly this moment: what marking a conversation done has finished with it. */
export const finishedAt = (db: ReadDb, conversationId: string, at: number): string[] =>
  db.all<{ id: string }>(`SELECT id FROM follow_up WHERE conversation_id = ? AND state = 'done' AND ended_at = ?`, conversationId, at).map((r) => r.id);

export const hasFollowUp = (db: ReadDb, id: string): boolean => db.get('SELECT 1 FROM follow_up WHERE id = ?', id) !== undefined;
/** The ways in which a customer has written, the latest first. */
export const wroteOn = (db: ReadDb, conversationId: string): string[] =>
  db.all<{ kind: string }>(`SELECT kind FROM message WHERE conversation_id = ? AND direction = 'inbound' GROUP BY kind ORDER BY max(id) DESC`, conversationId).map((r) => r.kind);

/** A page of the list: what has come first (oldest on top), then what is to come. */
export function followUpList(db: ReadDb, by: string | null, limit: number): FollowUp[] {
  const params: SqlValue[] = by === null ? [] : [by, by];
  const whose = by === null ? '' : 'AND (f.made_by = ? OR v.owner = ?)';
  return db.all<Row>(`${SELECT} WHERE f.state <> 'done' ${whose} ORDER BY f.state = 'waiting', f.at, f.id LIMIT ?`, ...params, limit).map(toFollowUp);
}
