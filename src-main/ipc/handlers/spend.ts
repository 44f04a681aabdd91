import { allowToday, setLimit, spendReport } from '../../spending/index.ts';
import type { Handlers } from '../router.ts';
import { act, type HandlerContext } from './context.ts';

export const spendHandlers = (c: HandlerContext): Pick<Handlers, 'spend.report' | 'spend.limit' | 'spend.allowToday'> => {
  /** Money is there again: what was paused reads now, without anybody waiting for it. */
  const goOn = (accountId: string): void => void c.workspace().accounts.poll(accountId).catch((error: unknown) => c.log.warn('spend.goOn', { error }));
  return {
    'spend.report': () => {
      const { store, accounts, priceList } = c.workspace();
      const onX = accounts.rows().flatMap((row) => (row.x === null ? [] : [{ id: row.id, address: row.address, ownsApp: row.x.ownsApp }]));
      return spendReport(store.read, onX, priceList, c.clock.now());
    },
    'spend.limit': (input) => {
      const { seq } = act(c, setLimit, input);
      goOn(input.accountId);
      return { seq };
    },
    'spend.allowToday': ({ accountId }) => {
      const { operation, args } = allowToday(c.workspace().store.read, accountId, c.clock.now());
      const { seq } = act(c, operation, args);
      goOn(accountId);
      return { seq };
    },
  };
};
