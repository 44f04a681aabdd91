import { beginPosts } from '../../customers/index.ts';
import { changeIncident, closeIncident, declareIncident, knownIncident, noticeText, trendsNow } from '../../desk/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { answerIncident, composeSend, incidentRows, postNotice } from '../../outbox/index.ts';
import { assertWithinLimit } from '../../spending/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, did, settingsNow, type HandlerContext } from './context.ts';

type Names = 'incident.list' | 'incident.declare' | 'incident.save' | 'incident.close' | 'incident.rows' | 'incident.answer' | 'incident.notice' | 'incident.noticePreview' | 'incident.here' | 'trend.list';
const SHOWN = 50;

export const incidentHandlers = (c: HandlerContext): Pick<Handlers, Names> => {
  const db = () => c.workspace().store.read;
  const compose = (input: Parameters<typeof composeSend>[1]) => {
    const send = composeSend(db(), input, { ids: c.workspace().ids, agent: settingsNow(c).agentName, settings: settingsNow(c), now: c.clock.now() });
    const { priceOf } = c.workspace();
    assertWithinLimit(db(), { accountId: send.accountId, usd: priceOf(send.mode, send.item.text) }, (o) => priceOf(o.mode, o.item.text), c.clock.now());
    return send;
  };
  const notice = (text: string, accountId: string) => noticeText(text, { account: tables.accountById(db(), accountId)?.address ?? null, settings: settingsNow(c), now: c.clock.now() });
  return {
    'incident.noticePreview': ({ notice: text, accountId }) => notice(text, accountId),
    'incident.list': () => ({ incidents: tables.incidentList(db(), SHOWN) }),
    'incident.declare': (input) => {
      const incidentId = c.workspace().ids.next();
      const { seq, value } = act(c, declareIncident, { id: incidentId, ...input });
      return { seq, incidentId, reported: value };
    },
    'incident.save': ({ incidentId, ...texts }) => did(c, changeIncident, { id: incidentId, ...texts }),
    'incident.close': (input) => did(c, closeIncident, input),
    'incident.rows': ({ incidentId, phase }) => ({ rows: incidentRows(db(), incidentId, phase, c.clock.now()).map(({ way: _, ...row }) => row) }),
    'incident.answer': ({ incidentId, phase, conversationIds }) => {
      const rows = new Map(incidentRows(db(), incidentId, phase, c.clock.now()).map((row) => [row.conversationId, row]));
      const outboxIds: string[] = [];
      const skipped: { conversationId: string; customerName: string; why: string }[] = [];
      for (const conversationId of new Set(conversationIds)) {
        const row = rows.get(conversationId);
        if (row === undefined) continue;
        try {
          if (row.isAnswered) throw new ParleyError('conflict', 'This customer has this answer already.');
          if (row.problem !== null || row.way?.accountId == null) throw new ParleyError('unavailable', row.problem ?? 'There is no way to answer.');
          const send = compose({
            requestId: c.workspace().ids.next(), conversationId, mode: row.mode, accountId: row.way.accountId, to: row.way.to, cc: [], subject: row.way.subject, text: row.text, inReplyTo: row.way.inReplyTo,
            attachmentIds: [], seenAt: tables.messageById(db(), row.messageId)?.arrived_at ?? 0, evenIfStale: false,
          });
          outboxIds.push(act(c, answerIncident, { incidentId, phase, send }).value);
        } catch (error) {
          if (!(error instanceof ParleyError)) throw error;
          skipped.push({ conversationId, customerName: row.customerName, why: error.message });
        }
      }
      return { outboxIds, skipped };
    },
    'incident.notice': ({ incidentId, accountId }) => {
      const incident = knownIncident(db(), incidentId);
      if (incident.notice.trim() === '') throw new ParleyError('bad_input', 'The notice has no text yet.');
      const { text, blanks } = notice(incident.notice, accountId);
      if (blanks[0] !== undefined) throw new ParleyError('guarded', `“${blanks[0]}” is still to be filled in.`);
      const { conversationId } = act(c, beginPosts, { accountId, ids: c.workspace().ids }).value;
      const send = compose({ requestId: c.workspace().ids.next(), conversationId, mode: 'post', accountId, to: [], cc: [], subject: null, text, inReplyTo: null, attachmentIds: [], seenAt: c.clock.now(), evenIfStale: true });
      return { outboxId: act(c, postNotice, { incidentId, send }).value };
    },
    'incident.here': ({ conversationId }) => {
      const id = tables.openIncidentOf(db(), conversationId);
      return { incident: id === undefined ? null : (tables.incidentById(db(), id) ?? null) };
    },
    'trend.list': () => trendsNow(db(), c.clock.now()),
  };
};
