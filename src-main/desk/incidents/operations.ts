import type { Incident, Output } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../../store/index.ts';
import { startOfDay } from '../parse-time.ts';
import { systemLine } from '../timeline.ts';
import { findUrgentWord } from '../urgent-words.ts';
import { refreshConversation } from '../refresh.ts';
import { findTrends } from './trends.ts';

const DAY_MS = 86_400_000;
/** Messages looked through when an incident is declared, and for what is usual. */
const LOOKED = 20_000;
const TREND_DAYS = 14;
const EXCERPT = 120;

export const knownIncident = (db: ReadDb, id: string): Incident => {
  const incident = tables.incidentById(db, id);
  if (!incident) throw new ParleyError('not_found', 'This incident is not here any more.');
  return incident;
};

type Texts = Pick<Incident, 'title' | 'words' | 'answer' | 'notice' | 'closing'>;

/** Says that something hits many: whoever wrote its words in the last day is a report, and so is each chosen conversation by its newest message. */
export const declareIncident: Operation<Texts & { id: string; conversationIds: string[] }, number> = {
  name: 'incident.declare',
  apply(tx, { conversationIds, ...incident }) {
    if (incident.words.length === 0 && conversationIds.length === 0) throw new ParleyError('bad_input', 'Name words or choose rows: else nobody would be told.');
    tables.insertIncident(tx.db, incident, tx.agent, tx.at);
    for (const message of tables.inboundSince(tx.db, tx.at - DAY_MS, LOOKED)) if (findUrgentWord(message.text, incident.words) !== null) tables.addReport(tx.db, incident.id, message.id);
    for (const id of conversationIds) {
      const newest = tables.messagesBefore(tx.db, id, null, 30).find((m) => m.direction === 'inbound' && m.deleted_at === null);
      if (newest) tables.addReport(tx.db, incident.id, newest.id);
    }
    const reports = tables.incidentReports(tx.db, incident.id);
    for (const { conversationId } of reports) mark(tx, conversationId, incident.title);
    return reports.length;
  },
};

function mark(tx: Tx, conversationId: string, title: string): void {
  systemLine(tx, conversationId, 'incident', null, { text: title });
  refreshConversation(tx, conversationId);
}

/** New words count for what comes from now on. */
export const changeIncident: Operation<Texts & { id: string }, void> = {
  name: 'incident.save',
  apply(tx, incident) {
    knownIncident(tx.db, incident.id);
    tables.changeIncident(tx.db, incident);
    for (const { conversationId } of tables.incidentReports(tx.db, incident.id)) tx.touch('conversation', conversationId);
  },
};

export const closeIncident: Operation<{ incidentId: string; isOver: boolean }, void> = {
  name: 'incident.close',
  apply(tx, { incidentId, isOver }) {
    knownIncident(tx.db, incidentId);
    tables.closeIncident(tx.db, incidentId, isOver ? { at: tx.at, by: tx.agent } : null);
    for (const { conversationId } of tables.incidentReports(tx.db, incidentId)) tx.touch('conversation', conversationId);
  },
};

/** Looks whether a message that has just come in speaks of what is going on. */
export function reportIncidents(tx: Tx, messageId: number, open = tables.openIncidentWords(tx.db)): void {
  const message = open.length === 0 ? undefined : tables.messageById(tx.db, messageId);
  if (!message || message.deleted_at !== null) return;
  for (const { id, words } of open) {
    if (findUrgentWord(`${message.subject ?? ''}\n${message.shown_text ?? message.text}`, words) === null) continue;
    const isNew = !tables.incidentReports(tx.db, id).some((report) => report.conversationId === message.conversation_id);
    tables.addReport(tx.db, id, messageId);
    if (isNew) systemLine(tx, message.conversation_id, 'incident', null, { text: knownIncident(tx.db, id).title });
  }
}

/** What far more write about today than usual, with the rows behind it. */
export function trendsNow(db: ReadDb, now: number): Output<'trend.list'> {
  const today = startOfDay(tables.settingsOf(db).officeZone, now);
  const messages = tables.inboundSince(db, today - TREND_DAYS * DAY_MS, LOOKED);
  const dayOf = (at: number): number => (at >= today ? 0 : Math.ceil((today - at) / DAY_MS));
  const trends = findTrends(messages.map(({ conversationId, at, text }) => ({ conversationId, day: dayOf(at), text })));
  return {
    trends: trends.map(({ phrase, today: count, usual, conversationIds }) => ({
      phrase, today: count, usual: Math.round(usual * 10) / 10,
      rows: conversationIds.slice(0, 200).flatMap((id) => {
        const message = messages.find((m) => m.conversationId === id && m.at >= today && findUrgentWord(m.text, [phrase]) !== null) ?? messages.find((m) => m.conversationId === id && m.at >= today);
        return message === undefined ? [] : [{ conversationId: id, messageId: message.id, customerName: message.customerName, at: message.at, excerpt: message.text.replace(/\s+/g, ' ').trim().slice(0, EXCERPT) }];
      }),
    })),
  };
}
