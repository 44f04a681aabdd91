import { CloudOff, FlaskConical, KeyRound } from 'lucide-react';
import { call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { setState, useApp } from '../state/store.ts';
import { useMinute } from '../state/ticker.ts';
import { clockTime } from '../state/words/time.ts';
import { Notices } from './notices.tsx';
import { SpendBanner } from './spend-banner.tsx';

export function Banners() {
  const isDemo = useApp((state) => state.workspace.isDemo);
  return (
    <section aria-label={t('common.notices')}>
      {isDemo && (
        <div className="banner is-demo" role="note" data-test="demo-banner">
          <FlaskConical size={14} aria-hidden="true" /><span>{t('banner.demo')}</span>
          <button type="button" className="text-button" onClick={() => void call('app.leaveDemo', {})} data-action="app.leaveDemo">{t('banner.leaveDemo')}</button>
        </div>
      )}
      <Offline />
      <SignIn />
      <SpendBanner />
      <Notices />
    </section>
  );
}

/** One line when nothing gets through, saying what still works. */
function Offline() {
  const accounts = useApp((state) => state.accounts);
  const zone = useApp((state) => state.settings.officeZone);
  useMinute();
  const wired = accounts.filter((account) => account.channel !== 'phone' && account.state !== 'off');
  if (wired.length === 0 || !wired.every((account) => account.state === 'waiting' || account.state === 'failed')) return null;
  const next = Math.min(...wired.map((account) => account.retryAt ?? Infinity));
  return (
    <div className="banner is-warn" role="status" data-test="offline-banner">
      <CloudOff size={14} aria-hidden="true" />
      <span><strong>{t('banner.offline')}</strong> {t('banner.offlineWorks')}{Number.isFinite(next) ? ` ${t('banner.nextTry', { time: clockTime(next, zone) })}` : ''}</span>
      <button type="button" className="text-button" onClick={() => { for (const account of wired) void call('account.sync', { accountId: account.id }); }}>{t('banner.tryNow')}</button>
    </div>
  );
}

function SignIn() {
  const account = useApp((state) => state.accounts.find((other) => other.state === 'sign_in_needed'));
  if (account === undefined) return null;
  return (
    <div className="banner is-warn" role="status">
      <KeyRound size={14} aria-hidden="true" /><span>{t('banner.signIn', { address: account.address })}</span>
      <button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'signInAgain', accountId: account.id } })} data-action="banner.signIn">{t('banner.signInNow')}</button>
    </div>
  );
}
