import type { MessageEvent } from '../channels/port.ts';
import { refreshConversation } from '../desk/index.ts';
import type { Ids } from '../kernel/index.ts';
import { tables, type Operation, type Tx } from '../store/index.ts';
import { accept } from './accept.ts';

const MADE_BY_NOBODY = 'Parley';

/** Ends the call-backs that missed calls made; one an agent promised stays theirs. */
function finishCallBacks(tx: Tx, conversationId: string): void {
  for (const f of tables.followUpsOf(tx.db, conversationId)) if (f.isCall && f.by === MADE_BY_NOBODY) tables.setFollowUpState(tx.db, f.id, 'done', { at: tx.at, by: tx.agent });
  const core = tables.conversationCore(tx.db, conversationId);
  if (core) tx.touch('customer', core.customerId);
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
        if (!isLogged && wasMissed && event.detail.outcome === 'answered' && !tables.missedCallAfter(tx.db, known.conversation_id, known.id)) finishCallBacks(tx, known.conversation_id);
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
    // One call-back is enough for somebody who tries five times in a night.
    if (callBack !== null && core && !tables.followUpsOf(tx.db, core.id).some((f) => f.isCall && f.state === 'waiting')) {
      tables.insertFollowUp(tx.db, { id: callBack.id, conversationId: core.id, at: callBack.at, ends: 'date', note: callBack.note, draft: null, state: 'waiting', occasion: null, isCall: true }, tx.agent, tx.at);
      refreshConversation(tx, core.id);
      tx.touch('customer', core.customerId);
    }
    return { conversationId: message.conversation_id };
  },
};
