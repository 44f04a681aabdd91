import type { Capability, Incident, IncidentPhase, Output } from '../../src-preload/contract/index.ts';
import { blanksOf, capabilitiesOf, expandFor, knownIncident, shortForm } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb } from '../store/index.ts';
import { enqueue, type EnqueueArgs } from './operations.ts';

const LOOK_BACK = 60;
/** What a post holds, less what our initials take. */
const POST = 270;

type Row = Output<'incident.rows'>['rows'][number];
export interface Answerable extends Row { way: Capability | null }

/** Everybody who reported an incident, with the answer as it would leave: on the channel they wrote on, their name in it. */
export function incidentRows(db: ReadDb, incidentId: string, phase: IncidentPhase, now: number): Answerable[] {
  const incident = knownIncident(db, incidentId);
  const accounts = tables.accounts(db);
  return tables.incidentReports(db, incidentId).map(({ conversationId, messageId, customerName }): Answerable => {
    const message = tables.messageById(db, messageId);
    const core = tables.conversationCore(db, conversationId);
    const mode = message?.kind === 'mail' ? 'mail' : message?.kind === 'dm' ? 'dm' : 'reply';
    const newest = tables.entriesBefore(db, conversationId, null, LOOK_BACK).entries.toReversed();
    const way = capabilitiesOf({ accounts, identities: tables.identitiesOf(db, core?.customerId ?? ''), newest, prices: {}, competitors: tables.settingsOf(db).competitors }).find((other) => other.mode === mode) ?? null;
    const whole = expandFor(db, textOf(incident, phase), conversationId, mode, now);
    const text = mode === 'reply' ? shortForm(whole, POST) : whole;
    const isAnswered = tables.hasIncidentAnswer(db, incidentId, phase, conversationId);
    const problem = text.trim() === '' ? 'There is no text yet.' : way === null || !way.available ? (way?.reason ?? 'There is no way to answer.') : blanksOf(text).length > 0 ? 'A blank has to be filled in by hand.' : null;
    return { conversationId, customerName, messageId, at: message?.at ?? 0, excerpt: (message?.shown_text ?? message?.text ?? '').replace(/\s+/g, ' ').slice(0, 120), mode, text, isAnswered, problem, way };
  });
}

const textOf = (incident: Incident, phase: IncidentPhase): string => (phase === 'answer' ? incident.answer : incident.closing);

/** One of many answers: a send of its own, and never a second one to the same customer. */
export const answerIncident: Operation<{ incidentId: string; phase: IncidentPhase; send: EnqueueArgs }, string> = {
  name: 'incident.answer',
  summarise: ({ incidentId, phase, send }) => ({ incidentId, phase, conversationId: send.conversationId, outboxId: send.outboxId }),
  apply(tx, { incidentId, phase, send }) {
    if (tables.hasIncidentAnswer(tx.db, incidentId, phase, send.conversationId)) throw new ParleyError('conflict', 'This customer has this answer already.');
    const { outboxId, messageId } = enqueue.apply(tx, send);
    tables.addIncidentAnswer(tx.db, incidentId, phase, messageId);
    return outboxId;
  },
};

/** The public notice; when it was written, or a colleague said yes to a guest's, is when the incident counts as told. */
export const postNotice: Operation<{ incidentId: string; send: EnqueueArgs }, string> = {
  name: 'incident.notice',
  summarise: ({ incidentId, send }) => ({ incidentId, outboxId: send.outboxId }),
  apply(tx, { incidentId, send }) {
    const { noticeAt, isNoticeAsked } = knownIncident(tx.db, incidentId);
    if (noticeAt !== null || isNoticeAsked) throw new ParleyError('conflict', 'This incident has its notice already.');
    const { outboxId, messageId } = enqueue.apply(tx, send);
    tables.setIncidentNotice(tx.db, incidentId, messageId);
    return outboxId;
  },
};
