import { useCallback, useEffect, useState } from 'react';
import { Plus, TrendingUp } from 'lucide-react';
import type { Incident, Trend } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { unmark } from '../../../state/actions/queue-actions.ts';
import { getState, useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { DeclareForm, type Start } from './declare-form.tsx';
import { IncidentView } from './incident-view.tsx';

type Open = { readonly type: 'incident'; readonly id: string } | { readonly type: 'new'; readonly key: string; readonly start: Start };

const rowsOf = (ids: readonly string[]): Start['rows'] => {
  const { conversations } = getState();
  return ids.map((id) => ({ conversationId: id, customerName: conversations[id]?.customerName ?? '', excerpt: conversations[id]?.preview ?? '' }));
};

/** What hits many at once: going on, unusual today, over. */
export default function IncidentsDialog({ incidentId, conversationIds, onClose }: { incidentId: string | null; conversationIds: readonly string[] | null; onClose: () => void }) {
  const [incidents, setIncidents] = useState<readonly Incident[] | null>(null);
  const [trends, setTrends] = useState<readonly Trend[]>([]);
  const [open, setOpen] = useState<Open | null>(() => (incidentId !== null ? { type: 'incident', id: incidentId } : conversationIds === null ? null : { type: 'new', key: 'marked', start: { words: [], rows: rowsOf(conversationIds) } }));
  const seq = useApp((state) => state.seq);
  const load = useCallback(async (): Promise<void> => {
    const answer = await ask('incident.list', {});
    if (answer.ok) setIncidents(answer.value.incidents);
  }, []);
  useEffect(() => void load(), [load, seq]);
  useEffect(() => void call('trend.list', {}).then((answer) => setTrends(answer?.trends ?? [])), []);
  const here = getState().openId;
  const declare = (key: string, start: Start): void => setOpen({ type: 'new', key, start });
  const shown = open?.type === 'incident' ? incidents?.find((incident) => incident.id === open.id) : undefined;
  return (
    <Modal title={t('incident.title')} size="large" onClose={onClose}>
      <div className="responses-page" data-test="incidents">
        <div className="responses-side">
          <div className="responses-list">
            {incidents?.length === 0 && <p className="hint">{t('incident.none')}</p>}
            {(['open', 'over'] as const).map((part) => {
              const rows = incidents?.filter((incident) => (incident.closedAt === null) === (part === 'open')) ?? [];
              return rows.length === 0 ? null : (
                <section key={part}><h3>{t(`incident.part.${part}`)}</h3>
                  {rows.map((incident) => <button key={incident.id} type="button" className="responses-line" aria-current={open?.type === 'incident' && open.id === incident.id} onClick={() => setOpen({ type: 'incident', id: incident.id })}><span className="responses-name" dir="auto">{incident.title}</span><span className="responses-meta">{incident.reported}</span></button>)}
                </section>
              );
            })}
            {trends.length > 0 && (
              <section><h3><TrendingUp size={12} aria-hidden="true" /> {t('incident.trends')}</h3>
                {trends.map((trend) => (
                  <button key={trend.phrase} type="button" className="responses-line" aria-current={open?.type === 'new' && open.key === trend.phrase} onClick={() => declare(trend.phrase, { words: [trend.phrase], rows: trend.rows })}>
                    <span className="responses-name" dir="auto">{trend.phrase}</span><span className="responses-meta">{t('incident.trend', { today: trend.today, usual: trend.usual })}</span>
                  </button>
                ))}
              </section>
            )}
          </div>
          <div className="responses-tools"><Button small onClick={() => declare('new', { words: [], rows: here === null ? [] : rowsOf([here]) })} data-action="incident.new"><Plus size={13} aria-hidden="true" />{t('incident.declare')}</Button></div>
        </div>
        {open?.type === 'new' ? <DeclareForm key={open.key} start={open.start} earlier={incidents ?? []} onDeclared={(id) => { if (open.key === 'marked') unmark(); void load(); setOpen({ type: 'incident', id }); }} />
          : shown === undefined ? <p className="responses-empty hint">{t('incident.lead')}</p> : <IncidentView key={shown.id} incident={shown} onChanged={load} />}
      </div>
    </Modal>
  );
}
