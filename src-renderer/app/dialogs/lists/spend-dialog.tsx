import { useEffect, useState } from 'react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

type Report = Output<'spend.report'>['accounts'][number];
type Period = 'today' | 'month';
const dollars = (usd: number, digits = 2): string => `$${usd.toFixed(digits)}`;
const amount = /^\d{1,6}(?:[.,]\d{1,2})?$/u;
const isKnown = (action: string): action is 'postRead' => Object.hasOwn(t('spend.action', { returnObjects: true }), action);

/** What X has cost, what for, and what it may cost. */
export default function SpendDialog({ onClose }: { onClose: () => void }) {
  const spent = useApp((state) => state.counts.spentToday);
  const accounts = useApp((state) => state.accounts);
  const [reports, setReports] = useState<readonly Report[]>([]);
  const [period, setPeriod] = useState<Period>('today');
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void ask('spend.report', {}).then((answer) => { if (isCurrent && answer.ok) setReports(answer.value.accounts); });
    return () => { isCurrent = false; };
  }, [spent, accounts, changes]);
  const changed = (): void => setChanges((n) => n + 1);
  return (
    <Modal title={t('spend.title')} description={t('spend.lead')} size="large" onClose={onClose}>
      <div className="spend-period"><Segmented label={t('spend.period')} value={period} onPick={setPeriod} options={[{ value: 'today', label: t('spend.today') }, { value: 'month', label: t('spend.month') }]} /></div>
      <div className="spend-accounts">{reports.map((report) => <AccountSpend key={report.accountId} report={report} period={period} onChanged={changed} />)}</div>
    </Modal>
  );
}

function AccountSpend({ report, period, onChanged }: { report: Report; period: Period; onChanged: () => void }) {
  const { usd, lines } = report[period];
  const limit = period === 'today' ? report.dayLimitUsd : report.monthLimitUsd;
  const act = (work: Promise<unknown>): void => void work.then(onChanged);
  return (
    <section className="spend-account" aria-label={report.address} data-account={report.accountId}>
      <header className="spend-head">
        <h3><bdi>{report.address}</bdi></h3>
        <span className={`spend-sum${report.over === null ? '' : ' is-bad'}`}>{limit === null ? t('spend.total', { spent: dollars(usd) }) : t('spend.of', { spent: dollars(usd), limit: dollars(limit) })}</span>
      </header>
      {limit !== null && <progress className={usd >= limit ? 'is-over' : ''} max={limit === 0 ? 1 : limit} value={Math.min(usd, limit)} aria-label={t('spend.of', { spent: dollars(usd), limit: dollars(limit) })} />}
      {report.over !== null && <p className="spend-note is-bad">{t('spend.paused')} <Button small onClick={() => act(call('spend.allowToday', { accountId: report.accountId }))}>{t('spend.allow')}</Button></p>}
      {report.allowedUntil !== null && <p className="spend-note">{t('spend.allowed')}</p>}
      {lines.length === 0 ? <p className="hint">{t('spend.none')}</p> : (
        <table className="spend-table">
          <thead><tr><th scope="col">{t('spend.what')}</th><th scope="col">{t('spend.count')}</th><th scope="col">{t('spend.each')}</th><th scope="col">{t('spend.sum')}</th></tr></thead>
          <tbody>{lines.map((line) => <tr key={line.action} data-spend={line.action}><td>{isKnown(line.action) ? t(`spend.action.${line.action}`) : line.action}</td><td>{line.count.toLocaleString('en-GB')}</td><td>{dollars(line.each, 3)}</td><td>{dollars(line.usd, 3)}</td></tr>)}</tbody>
        </table>
      )}
      <div className="field-row">
        <LimitField label={t('spend.dayLimit')} value={report.dayLimitUsd} save={(dayUsd) => act(call('spend.limit', { accountId: report.accountId, dayUsd, monthUsd: report.monthLimitUsd }))} />
        <LimitField label={t('spend.monthLimit')} value={report.monthLimitUsd} save={(monthUsd) => act(call('spend.limit', { accountId: report.accountId, dayUsd: report.dayLimitUsd, monthUsd }))} />
      </div>
      <p className="hint">{t('spend.limitHint')}</p>
      <label className="check"><input type="checkbox" checked={report.ownsApp} onChange={(event) => act(call('account.ownsApp', { accountId: report.accountId, ownsApp: event.target.checked }))} /><span>{t('spend.ownsApp')} <span className="hint">{t('account.ownsAppHint')}</span></span></label>
    </section>
  );
}

/** Saved when the field is left, so that no half-typed amount stops anything. */
function LimitField({ label, value, save }: { label: string; value: number | null; save: (usd: number | null) => void }) {
  const [text, setText] = useState<string | null>(null);
  const shown = value === null ? '' : String(value);
  const isBad = text !== null && text.trim() !== '' && !amount.test(text.trim());
  const leave = (): void => {
    if (text === null || isBad) return;
    setText(null);
    if (text.trim() !== shown) save(text.trim() === '' ? null : Number(text.trim().replace(',', '.')));
  };
  return <TextField label={label} inputMode="decimal" value={text ?? shown} onText={setText} onBlur={leave} onKeyDown={(event) => { if (event.key === 'Enter') leave(); }} error={isBad ? t('spend.badLimit') : null} />;
}
