import type { Incident, IncidentPhase } from '../../../src-preload/contract/index.ts';
import { firstIdAt } from '../message-id.ts';
import type { ReadDb, WriteDb } from '../db.ts';

interface Row { id: string; title: string; words: string; answer: string; notice: string; closing: string; declaredAt: number; declaredBy: string; closedAt: number | null; noticeAt: number | null; firstAt: number | null; reported: number; answered: number; closingSent: number; answeredOut: number; closingOut: number; isNoticeOut: number; isNoticeAsked: number }
/** Answers the channel has confirmed; one without a row in the outbox left before. */
const out = (phase: IncidentPhase): string =>
  `(SELECT count(DISTINCT m.conversation_id) FROM incident_answer a JOIN message m ON m.id = a.message_id LEFT JOIN outbox o ON o.message_id = m.id WHERE a.incident_id = i.id AND a.phase = '${phase}' AND coalesce(o.state, 'sent') = 'sent')`;
/** One without a row in the outbox left before. */
const NOTICE_STATE = `coalesce((SELECT o.state FROM outbox o WHERE o.message_id = n.id), 'sent')`;
const SELECT = `SELECT i.id, i.title, i.words, i.answer, i.notice, i.closing, i.declared_at AS declaredAt, i.declared_by AS declaredBy, i.closed_at AS closedAt, CASE WHEN ${NOTICE_STATE} <> 'review' THEN n.at END AS noticeAt,
  (SELECT min(m.at) FROM incident_report r JOIN message m ON m.id = r.message_id WHERE r.incident_id = i.id) AS firstAt,
  (SELECT count(DISTINCT m.conversation_id) FROM incident_report r JOIN message m ON m.id = r.message_id WHERE r.incident_id = i.id) AS reported,
  (SELECT count(DISTINCT m.conversation_id) FROM incident_answer a JOIN message m ON m.id = a.message_id WHERE a.incident_id = i.id AND a.phase = 'answer') AS answered,
  (SELECT count(DISTINCT m.conversation_id) FROM incident_answer a JOIN message m ON m.id = a.message_id WHERE a.incident_id = i.id AND a.phase = 'closing') AS closingSent,
  ${out('answer')} AS answeredOut, ${out('closing')} AS closingOut,
  n.id IS NOT NULL AND ${NOTICE_STATE} = 'sent' AS isNoticeOut, n.id IS NOT NULL AND ${NOTICE_STATE} = 'review' AS isNoticeAsked
  FROM incident i LEFT JOIN message n ON n.id = i.notice_message_id`;
const toIncident = ({ words, isNoticeOut, isNoticeAsked, ...row }: Row): Incident => ({ ...row, isNoticeOut: isNoticeOut === 1, isNoticeAsked: isNoticeAsked === 1, words: JSON.parse(words) as string[] });

export const incidentList = (db: ReadDb, limit: number): Incident[] => db.all<Row>(`${SELECT} ORDER BY i.closed_at IS NOT NULL, i.declared_at DESC LIMIT ?`, limit).map(toIncident);
export const incidentById = (db: ReadDb, id: string): Incident | undefined => {
  const row = db.get<Row>(`${SELECT} WHERE i.id = ?`, id);
  return row && toIncident(row);
};
/** What is going on right now, for looking at a message that comes in. */
export const openIncidentWords = (db: ReadDb): { id: string; words: string[] }[] =>
  db.all<{ id: string; words: string }>('SELECT id, words FROM incident WHERE closed_at IS NULL ORDER BY declared_at').map(({ id, words }) => ({ id, words: JSON.parse(words) as string[] }));

type Texts = Pick<Incident, 'id' | 'title' | 'words' | 'answer' | 'notice' | 'closing'>;
export function insertIncident(db: WriteDb, i: Texts, by: string, at: number): void {
  db.run('INSERT INTO incident (id, title, words, answer, notice, closing, declared_at, declared_by) VALUES (?,?,?,?,?,?,?,?)', i.id, i.title, JSON.stringify(i.words), i.answer, i.notice, i.closing, at, by);
}
export function changeIncident(db: WriteDb, i: Texts): void {
  db.run('UPDATE incident SET title=?, words=?, answer=?, notice=?, closing=? WHERE id=?', i.title, JSON.stringify(i.words), i.answer, i.notice, i.closing, i.id);
}
export function closeIncident(db: WriteDb, id: string, closed: { at: number; by: string } | null): void {
  db.run('UPDATE incident SET closed_at = ?, closed_by = ? WHERE id = ?', closed?.at ?? null, closed?.by ?? null, id);
}
export function setIncidentNotice(db: WriteDb, id: string, messageId: number): void {
  db.run('UPDATE incident SET notice_message_id = ? WHERE id = ?', messageId, id);
}
/** An answer or a notice stands under another entry now. */
export function moveIncidentMessage(db: WriteDb, from: number, to: number): void {
  db.run('UPDATE incident SET notice_message_id = ? WHERE notice_message_id = ?', to, from);
  db.run('UPDATE incident_answer SET message_id = ? WHERE message_id = ?', to, from);
}
export function addReport(db: WriteDb, incidentId: string, messageId: number): void {
  db.run('INSERT OR IGNORE INTO incident_report (incident_id, message_id) VALUES (?, ?)', incidentId, messageId);
}
export function addIncidentAnswer(db: WriteDb, incidentId: string, phase: IncidentPhase, messageId: number): void {
  db.run('INSERT INTO incident_answer (incident_id, phase, message_id) VALUES (?, ?, ?)', incidentId, phase, messageId);
}
export const hasIncidentAnswer = (db: ReadDb, incidentId: string, phase: IncidentPhase, conversationId: string): boolean =>
  db.get('SELECT 1 FROM incident_answer a JOIN message m ON m.id = a.message_id WHERE a.incident_id = ? AND a.phase = ? AND m.conversation_id = ?', incidentId, phase, conversationId) !== undefined;

/** Who reported it: the newest report of each customer, oldest customer first. */
export const incidentReports = (db: ReadDb, incidentId: string): { conversationId: string; messageId: number; customerName: string }[] =>
  db.all(
    `SELECT m.conversation_id AS conversationId, max(m.id) AS messageId, c.name AS customerName FROM incident_report r JOIN message m ON m.id = r.message_id
     JOIN conversation v ON v.id = m.conversation_id JOIN customer c ON c.id = v.customer_id WHERE r.incident_id = ? GROUP BY m.conversation_id ORDER BY min(m.id) LIMIT 2000`, incidentId,
  );
export const openIncidentOf = (db: ReadDb, conversationId: string): string | undefined =>
  db.get<{ id: string }>(
    `SELECT i.id FROM incident i JOIN incident_report r ON r.incident_id = i.id JOIN message m ON m.id = r.message_id WHERE m.conversation_id = ? AND i.closed_at IS NULL ORDER BY i.declared_at DESC LIMIT 1`, conversationId,
  )?.id;

export interface InboundWords { id: number; at: number; conversationId: string; customerName: string; text: string }
/** What customers wrote since a moment, newest first. */
export const inboundSince = (db: ReadDb, since: number, limit: number): InboundWords[] =>
  db.all(
    `SELECT m.id, m.at, m.conversation_id AS conversationId, c.name AS customerName, coalesce(m.subject, '') || char(10) || coalesce(m.shown_text, m.text) AS text FROM message m
     JOIN conversation v ON v.id = m.conversation_id JOIN customer c ON c.id = v.customer_id
     WHERE m.id >= ? AND m.direction = 'inbound' AND m.deleted_at IS NULL AND m.kind IN ('post', 'dm', 'mail') ORDER BY m.id DESC LIMIT ?`, firstIdAt(since), limit,
  );
