import { CircleDollarSign } from 'lucide-react';
import { call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';

/** Reading stopped at the spending limit: said once, with the one click that lets it go on. */
export function SpendBanner() {
  const account = useApp((state) => state.accounts.find((other) => other.state === 'paused'));
  if (account === undefined) return null;
  return (
    <div className="banner is-warn" role="status" data-test="spend-banner">
      <CircleDollarSign size={14} aria-hidden="true" /><span>{t('spend.bannerPaused', { address: account.address, status: account.status })}</span>
      <button type="button" className="text-button" onClick={() => void call('spend.allowToday', { accountId: account.id })} data-action="spend.allowToday">{t('spend.allow')}</button>
    </div>
  );
}
