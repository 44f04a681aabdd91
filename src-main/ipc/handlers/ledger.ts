import { checkPin, giveOrAsk, openLedger, playbookHere, takeGiftBack } from '../../desk/index.ts';
import type { Handlers } from '../router.ts';
import { by, did, settingsNow, type HandlerContext } from './context.ts';

export const ledgerHandlers = (c: HandlerContext): Pick<Handlers, 'ledger.open' | 'ledger.give' | 'ledger.takeBack' | 'playbook.here'> => ({
  'playbook.here': ({ conversationId, mode }) => playbookHere(c.workspace().store.read, conversationId, mode, c.clock.now()),
  'ledger.open': ({ conversationId }) => openLedger(c.workspace().store.read, conversationId, settingsNow(c).agentInitials, c.clock.now()),
  'ledger.give': async ({ approver, ...input }) => {
    const second = approver === null ? null : await checkPin(c.workspace().store, approver, by(c));
    const { seq, value } = giveOrAsk(c.workspace().store, { ...input, approvedBy: second?.initials ?? null }, by(c));
    return { seq, messageId: value };
  },
  'ledger.takeBack': (input) => did(c, takeGiftBack, input),
});
