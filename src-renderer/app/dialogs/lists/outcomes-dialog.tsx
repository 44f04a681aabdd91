import { useEffect, useState } from 'react';
import type { Output, ResolvedWay, Satisfaction } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { Empty } from '../../../ui/bits.tsx';
import { PickField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { OutcomeGlyph } from '../../../ui/outcome-glyph.tsx';

type Report = Output<'desk.outcomes'>;
const COLUMNS = ['satisfied', 'neutral', 'dissatisfied', 'unmarked'] as const;
const PERIODS = ['7', '30', '90', '365'] as const;
const markOf = (column: (typeof COLUMNS)[number]): Satisfaction | null => (column === 'unmarked' ? null : column);

/** How satisfied customers were, by where their matter was resolved, with the rows behind each figure. */
export default function OutcomesDialog({ onClose }: { onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const [now] = useState(() => Date.now());
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30');
  const [report, setReport] = useState<Report | null>(null);
  const [shown, setShown] = useState<{ readonly way: ResolvedWay; readonly column: (typeof COLUMNS)[number] } | null>(null);
  useEffect(() => {
    let isOld = false;
    void call('desk.outcomes', { days: Number(days) }).then((answer) => { if (!isOld) setReport(answer); });
    return () => { isOld = true; };
  }, [days]);
  const figures = report?.figures.filter((figure) => figure.way !== 'none' || COLUMNS.some((column) => figure[column] > 0)) ?? [];
  const rows = shown === null || report === null ? [] : report.rows.filter((row) => row.way === shown.way && row.mark === markOf(shown.column));
  return (
    <Modal title={t('outcome.title')} description={t('outcome.lead')} onClose={onClose}>
      <div className="modal-form" data-test="outcomes">
        <PickField label={t('outcome.period')} value={days} options={PERIODS.map((value) => ({ value, label: t('outcome.days', { count: Number(value) }) }))} onPick={(value) => { setDays(value); setShown(null); }} />
        {report !== null && report.rows.length === 0 && <Empty title={t('outcome.empty')} />}
        {report !== null && report.rows.length > 0 && (
          <table className="outcome-table">
            <thead><tr><th scope="col">{t('outcome.resolved')}</th>{COLUMNS.map((column) => <th key={column} scope="col"><OutcomeGlyph mark={markOf(column)} size={14} /> {t(`outcome.column.${column}`)}</th>)}</tr></thead>
            <tbody>
              {figures.map((figure) => (
                <tr key={figure.way}>
                  <th scope="row">{t(`outcome.way.${figure.way}`)}</th>
                  {COLUMNS.map((column) => (
                    <td key={column}>
                      {figure[column] === 0 ? <span className="outcome-zero">0</span> : (
                        <button type="button" className="text-button" aria-pressed={shown?.way === figure.way && shown.column === column} aria-label={t('outcome.show', { count: figure[column], way: t(`outcome.way.${figure.way}`), mark: t(`outcome.column.${column}`) })} onClick={() => setShown({ way: figure.way, column })}>{figure[column]}</button>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {shown !== null && (
          <ul className="contact-list outcome-rows" aria-label={t('outcome.rows')}>
            {rows.map((row) => (
              <li key={row.messageId}>
                <button type="button" className="contact" onClick={() => { onClose(); void openConversation(row.conversationId, row.messageId); }}>
                  <span className="identity-glyph"><OutcomeGlyph mark={row.mark} /></span>
                  <span className="contact-words"><span className="contact-who"><bdi>{row.customerName}</bdi></span><span className="contact-text">{t('outcome.by', { agent: row.by, way: t(`outcome.way.${row.way}`) })}</span></span>
                  <time>{whenLabel(row.at, now, zone)}</time>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
