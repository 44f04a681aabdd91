import type { Rule, RuleActions, RuleConditions, RuleLogEntry } from '../../../src-preload/contract/index.ts';
import type { ReadDb, WriteDb } from '../db.ts';

interface Row { id: string; place: number; name: string; is_on: number; body: string; updated_at: number; updated_by: string; uses: number; corrections: number }
interface Body { conditions: RuleConditions; actions: RuleActions }

export const rules = (db: ReadDb): Rule[] =>
  db.all<Row>(
    `SELECT r.id, r.place, r.name, r.is_on, r.body, r.updated_at, r.updated_by, (SELECT count(*) FROM rule_log l WHERE l.rule_id = r.id) AS uses,
     (SELECT count(*) FROM rule_log l WHERE l.rule_id = r.id AND l.corrected_at IS NOT NULL) AS corrections FROM rule r ORDER BY r.place, r.id`,
  ).map((r) => ({ id: r.id, name: r.name, isOn: r.is_on === 1, ...(JSON.parse(r.body) as Body), uses: r.uses, corrections: r.corrections, updatedAt: r.updated_at, updatedBy: r.updated_by }));

/** The rules that run, in their order. */
export const rulesOn = (db: ReadDb): (Body & { id: string; name: string })[] =>
  db.all<{ id: string; name: string; body: string }>('SELECT id, name, body FROM rule WHERE is_on = 1 ORDER BY place, id').map(({ id, name, body }) => ({ id, name, ...(JSON.parse(body) as Body) }));

export const hasRule = (db: ReadDb, id: string): boolean => db.get('SELECT 1 FROM rule WHERE id = ?', id) !== undefined;

export function putRule(db: WriteDb, r: { id: string; name: string; isOn: boolean } & Body, at: number, by: string): void {
  db.run(
    `INSERT INTO rule (id, place, name, is_on, body, updated_at, updated_by) VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM rule), ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_on = excluded.is_on, body = excluded.body, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    r.id, r.name, Number(r.isOn), JSON.stringify({ conditions: r.conditions, actions: r.actions }), at, by,
  );
}
export function deleteRule(db: WriteDb, id: string): void {
  db.run('DELETE FROM rule WHERE id = ?', id);
}
export function setRulePlace(db: WriteDb, id: string, place: number): void {
  db.run('UPDATE rule SET place = ? WHERE id = ?', place, id);
}

type Did = RuleLogEntry['did'];
interface LogRow { id: number; rule_id: string; rule_name: string; conversation_id: string; message_id: number; at: number; did: string; corrected_by: string | null; customer_name: string }
const toEntry = (r: LogRow): RuleLogEntry => ({
  id: r.id, ruleId: r.rule_id, ruleName: r.rule_name, conversationId: r.conversation_id, customerName: r.customer_name, at: r.at, did: JSON.parse(r.did) as Did, correctedBy: r.corrected_by,
});
const LOG = `SELECT l.id, l.rule_id, l.rule_name, l.conversation_id, l.message_id, l.at, l.did, l.corrected_by, c.name AS customer_name FROM rule_log l
  JOIN conversation v ON v.id = l.conversation_id JOIN customer c ON c.id = v.customer_id`;

export function logRule(db: WriteDb, l: { ruleId: string; ruleName: string; conversationId: string; messageId: number; did: Did }, at: number): void {
  db.run('INSERT INTO rule_log (rule_id, rule_name, conversation_id, message_id, at, did) VALUES (?, ?, ?, ?, ?, ?)', l.ruleId, l.ruleName, l.conversationId, l.messageId, at, JSON.stringify(l.did));
}
export const ruleLog = (db: ReadDb, ruleId: string, limit: number): RuleLogEntry[] => db.all<LogRow>(`${LOG} WHERE l.rule_id = ? ORDER BY l.id DESC LIMIT ?`, ruleId, limit).map(toEntry);
export const ruleLogById = (db: ReadDb, id: number): (RuleLogEntry & { messageId: number }) | undefined => {
  const row = db.get<LogRow>(`${LOG} WHERE l.id = ?`, id);
  return row && { ...toEntry(row), messageId: row.message_id };
};
/** Priorities given by rules to messages from `messageId` on, and nobody has corrected; newest first. */
export const ruleLifts = (db: ReadDb, conversationId: string, messageId: number): { name: string; priority: NonNullable<Did['priority']> }[] =>
  db.all<{ rule_name: string; did: string }>('SELECT rule_name, did FROM rule_log WHERE conversation_id = ? AND message_id >= ? AND corrected_at IS NULL ORDER BY id DESC LIMIT 50', conversationId, messageId)
    .flatMap(({ rule_name: name, did }) => {
      const { priority } = JSON.parse(did) as Did;
      return priority === null ? [] : [{ name, priority }];
    });
/** What rules did to messages from `messageId` on, and nobody has corrected; newest first. */
export const ruleMarks = (db: ReadDb, conversationId: string, messageId: number): RuleLogEntry[] =>
  db.all<LogRow>(`${LOG} WHERE l.conversation_id = ? AND l.message_id >= ? AND l.corrected_at IS NULL ORDER BY l.id DESC LIMIT 50`, conversationId, messageId).map(toEntry);
export function correctRule(db: WriteDb, id: number, at: number, by: string): void {
  db.run('UPDATE rule_log SET corrected_at = ?, corrected_by = ? WHERE id = ?', at, by, id);
}

/** The newest messages that came in, for trying a rule on. */
export const newestInbound = (db: ReadDb, limit: number): { id: number; customerName: string }[] =>
  db.all(
    `SELECT m.id, c.name AS customerName FROM message m JOIN conversation v ON v.id = m.conversation_id JOIN customer c ON c.id = v.customer_id
     WHERE m.direction = 'inbound' AND m.deleted_at IS NULL ORDER BY m.id DESC LIMIT ?`, limit,
  );
