import type { FollowUp } from '../../../src-preload/contract/index.ts';
import type { ReadDb, SqlValue, WriteDb } from '../db.ts';

interface Row { id: string; conversation_id: string; customer_id: string; customer_name: string; at: number; ends: FollowUp['ends']; note: string | null; mode: NonNullable<FollowUp['draft']>['mode'] | null; text: string | null; state: FollowUp['state']; occasion: string | null; made_by: string; is_call: number }
const SELECT = `SELECT f.id, f.conversation_id, v.customer_id, c.name AS customer_name, f.at, f.ends, f.note, f.mode, f.text, f.state, f.occasion, f.made_by, f.is_call
  FROM follow_up f JOIN conversation v ON v.id = f.conversation_id JOIN customer c ON c.id = v.customer_id`;
const toFollowUp = (r: Row): FollowUp => ({
  id: r.id, conversationId: r.conversation_id, customerId: r.customer_id, customerName: r.customer_name, at: r.at, ends: r.ends, note: r.note,
  draft: r.mode === null || r.text === null ? null : { mode: r.mode, text: r.text }, state: r.state, isOccasion: r.occasion !== null, isCall: r.is_call === 1, by: r.made_by,
});

export interface NewFollowUp { id: string; conversationId: string; at: number; ends: FollowUp['ends']; note: string | null; draft: FollowUp['draft']; state: FollowUp['state']; occasion: string | null; isCall?: boolean; home?: string | null }

export function insertFollowUp(db: WriteDb, f: NewFollowUp, by: string, at: number): void {
  db.run(
    'INSERT INTO follow_up (id, conversation_id, at, ends, note, mode, text, state, occasion, made_by, made_at, is_call, home_conversation_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)',
    f.id, f.conversationId, f.at, f.ends, f.note, f.draft?.mode ?? null, f.draft?.text ?? null, f.state, f.occasion, by, at, Number(f.isCall ?? false), f.home ?? null,
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
export const followUpsWakingBy = (db: ReadDb, at: number): string[] =>
  db.all<{ id: string }>(`SELECT conversation_id AS id FROM follow_up WHERE state = 'waiting' AND at <= ? ORDER BY at LIMIT 500`, at).map((r) => r.id);
/** As far as they decide where their conversation stands. */
export const sideFollowUps = (db: ReadDb, conversationId: string, withDone: boolean): { id: string; at: number; ends: FollowUp['ends']; isCall: boolean; by: string; state: FollowUp['state']; ended: { at: number; by: string } | null }[] =>
  db.all<{ id: string; at: number; ends: FollowUp['ends']; is_call: number; made_by: string; state: FollowUp['state']; ended_at: number | null; ended_by: string | null }>(
    `SELECT id, at, ends, is_call, made_by, state, ended_at, ended_by FROM follow_up WHERE conversation_id = ? ${withDone ? '' : `AND state <> 'done'`} ORDER BY at, id`, conversationId,
  ).map((r) => ({ id: r.id, at: r.at, ends: r.ends, isCall: r.is_call === 1, by: r.made_by, state: r.state, ended: r.ended_at === null || r.ended_by === null ? null : { at: r.ended_at, by: r.ended_by } }));
/** The conversation a follow-up belongs to without any merge. */
export const homeOfFollowUp = (db: ReadDb, id: string): string | undefined => db.get<{ home: string }>('SELECT coalesce(home_conversation_id, conversation_id) AS home FROM follow_up WHERE id = ?', id)?.home;

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
