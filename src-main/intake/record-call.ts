import type { MessageEvent } from '../channels/port.ts';
import { conversationApart, happen, homeOfFollowUp, homesOfMessages, keepFor, refreshConversation } from '../desk/index.ts';
import type { Ids } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { accept } from './accept.ts';

const MADE_BY_NOBODY = 'Parley';

/** Ends the call-backs that missed calls made; one an agent promised stays theirs. */
function finishCallBacks(tx: Tx, conversationId: string, messageId: number): void {
  const core = tables.conversationCore(tx.db, conversationId);
  if (!core) return;
  happen(tx, core, { type: 'called', made: MADE_BY_NOBODY }, homesOfMessages(tx.db, core, [messageId]));
  tx.touch('customer', core.customerId);
}

export interface RecordCallArgs {
  accountId: string;
  event: MessageEvent & { detail: { type: 'call' } };
  /** Out of hours: when to call back, and what the follow-up says. */
  callBack: { id: string; at: number; note: string } | null;
  ids: Ids;
}

/**
 * A call that has ended, as the telephone system tells it. One call is one entry: what an agent logged meanwhile keeps its words and its
 * outcome and gets the times; told again, it changes nothing.
 */
export const recordCall: Operation<RecordCallArgs, { conversationId: string | null }> = {
  name: 'intake.call',
  summarise: ({ accountId, event }) => ({ accountId, externalId: event.externalId }),
  apply(tx, { accountId, event, callBack, ids }) {
    const known = tables.messageByExternal(tx.db, accountId, event.externalId);
    if (known) {
      const detail = JSON.parse(known.detail) as typeof event.detail;
      if (known.deleted_at === null) {
        const isLogged = known.request_id !== null;
        // Somebody was there after all: nobody has to call back, unless the customer tried again in vain since.
        const wasMissed = detail.outcome === 'missed' || detail.outcome === 'voicemail';
        if (!isLogged && wasMissed && event.detail.outcome === 'answered' && !tables.missedCallAfter(tx.db, known.conversation_id, known.id)) finishCallBacks(tx, known.conversation_id, known.id);
        tables.rewriteCall(tx.db, known, { author: known.author, text: known.shown_text ?? known.text, detail: isLogged ? { ...detail, startedAt: event.detail.startedAt, durationMs: event.detail.durationMs } : { ...event.detail, disposition: detail.disposition } });
        tx.touch('message', known.id);
        refreshConversation(tx, known.conversation_id);
      }
      return { conversationId: known.conversation_id };
    }
    accept.apply(tx, { batch: { accountId, origin: 'live', events: [event], cursors: {} }, ids, openSince: 0 });
    const message = tables.messageByExternal(tx.db, accountId, event.externalId);
    if (!message) return { conversationId: null };
    const core = tables.conversationCore(tx.db, message.conversation_id);
    const [home = core?.customerId] = core ? homesOfMessages(tx.db, core, [message.id]) : [];
    // One call-back is enough for somebody who tries five times in a night; of two shown as one each has their own, should they be told apart again.
    if (callBack !== null && core && home !== undefined && !tables.followUpsOf(tx.db, core.id).some((f) => f.isCall && f.state === 'waiting' && homeOfFollowUp(tx.db, f.id) === home)) {
      const apart = home === core.customerId ? null : conversationApart(tx, home, () => ids.next());
      tables.insertFollowUp(tx.db, { id: callBack.id, conversationId: core.id, home: apart, at: callBack.at, ends: 'date', note: callBack.note, draft: null, state: 'waiting', occasion: null, isCall: true }, tx.agent, tx.at);
      keepFor(tx, core, { type: 'added', followUp: { id: callBack.id, at: callBack.at, ends: 'date', isCall: true, by: tx.agent, state: 'waiting', ended: null }, unlessWaiting: true }, [home]);
      refreshConversation(tx, core.id);
      tx.touch('customer', core.customerId);
    }
    return { conversationId: message.conversation_id };
  },
};
