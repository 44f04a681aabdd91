import { useEffect, useRef, useState } from 'react';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import type { CallField, CallMap, CallPreview } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { minuteTime, stopwatch } from '../../../state/words/time.ts';
import { without } from '../../../state/without.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { focusAfterStep } from '../../../ui/focus-step.ts';
import { Segmented } from '../../../ui/segmented.tsx';

const FIELDS: readonly CallField[] = ['started_at', 'started_time', 'direction', 'remote_number', 'from_number', 'to_number', 'result', 'duration', 'answered_at', 'ended_at', 'customer_name', 'agent', 'note', 'disposition', 'call_id'];

interface Props {
  readonly path: string;
  readonly first: CallPreview;
  readonly onBack: () => void;
  readonly onImport: (map: CallMap) => Promise<void>;
}

/** A list of calls with columns of its own: what each one holds, and the first calls as they will come in. */
export function CallMapStep({ path, first, onBack, onImport }: Props) {
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => focusAfterStep(() => box.current?.querySelector('select')?.focus()), []);
  const [preview, setPreview] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const [zone, setZone] = useState(first.map.zone);
  /** The map on screen, ahead of the core's answer to it. */
  const wanted = useRef(first.map);
  const { columns, asks, rows, missing } = preview;
  const set = async (map: CallMap): Promise<void> => {
    wanted.current = map;
    const answer = await ask('import.look', { path, map });
    if (wanted.current !== map) return;
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok && answer.value.calls !== null) setPreview(answer.value.calls);
  };
  const pick = (name: string, field: CallField | ''): void => {
    const { columns: old } = wanted.current;
    // A field is in one column: who takes it, takes it from the other.
    const kept = Object.fromEntries(Object.entries(old).filter(([, other]) => other !== name)) as CallMap['columns'];
    void set({ ...wanted.current, columns: field === '' ? kept : { ...without(kept, field), [field]: name } });
  };
  const mayImport = missing.length === 0 && problem === null && preview.total > preview.bad;
  return (
    <form ref={box} className="modal-form call-map" onSubmit={(event) => { event.preventDefault(); if (mayImport) void onImport(wanted.current); }} data-test="call-map">
      <div className="call-map-columns" role="group" aria-label={t('import.columns')}>
        {columns.map((column) => (
          <label key={column.name} className="call-map-row">
            <span className="call-map-name" dir="auto">{column.name}</span>
            <span className="call-map-sample" dir="auto">{column.samples.join(' · ')}</span>
            <select className="input" value={column.field ?? ''} onChange={(event) => pick(column.name, FIELDS.find((field) => field === event.target.value) ?? '')}>
              <option value="">{t('import.skip')}</option>
              {FIELDS.map((field) => <option key={field} value={field}>{t(`import.field.${field}`)}</option>)}
            </select>
          </label>
        ))}
      </div>
      {Object.values(asks).includes(true) && (
        <div className="call-map-asks">
          {asks.dateOrder && <Segmented label={t('import.dateOrder')} value={preview.map.dateOrder} onPick={(dateOrder) => void set({ ...wanted.current, dateOrder })} options={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`import.order.${value}`) }))} />}
          {asks.direction && <Segmented label={t('import.field.direction')} value={preview.map.direction} onPick={(direction) => void set({ ...wanted.current, direction })} options={(['ends', 'inbound', 'outbound'] as const).map((value) => ({ value, label: t(`import.all.${value}`) }))} />}
          {asks.unit && <Segmented label={t('import.unit')} value={preview.map.unit} onPick={(unit) => void set({ ...wanted.current, unit })} options={(['seconds', 'minutes'] as const).map((value) => ({ value, label: t(`import.units.${value}`) }))} />}
          {asks.zone && <TextField label={t('import.zone')} value={zone} onText={setZone} error={problem} onBlur={() => { if (zone.trim() !== wanted.current.zone) void set({ ...wanted.current, zone: zone.trim() || first.map.zone }); }} />}
        </div>
      )}
      {missing.length > 0 ? <p className="hint is-bad" role="status" data-test="call-map-missing">{t(missing.length === 2 ? 'import.missing.both' : `import.missing.${missing[0] ?? 'number'}`)}</p> : <PreviewTable rows={rows} />}
      <footer className="modal-foot">
        <span className="call-map-count" role="status">{preview.bad > 0 && missing.length === 0 ? t('import.bad', { count: preview.bad }) : preview.isRemembered ? t('import.remembered') : ''}</span>
        <Button onClick={onBack}>{t('import.back')}</Button>
        <Button tone="primary" type="submit" aria-disabled={!mayImport} data-action="import.calls">{t('import.calls', { count: missing.length > 0 ? 0 : preview.total - preview.bad })}</Button>
      </footer>
    </form>
  );
}

function PreviewTable({ rows }: { rows: CallPreview['rows'] }) {
  const zone = useApp((state) => state.settings.officeZone);
  return (
    <table className="call-map-preview" aria-label={t('import.preview')} data-test="call-map-preview">
      <thead><tr><th>{t('import.field.started_at')}</th><th>{t('import.field.direction')}</th><th>{t('import.field.remote_number')}</th><th>{t('import.field.duration')}</th><th>{t('import.field.result')}</th></tr></thead>
      <tbody>
        {rows.map(({ line, call, problem }) => call === null
          ? <tr key={line} className="is-bad"><td colSpan={5}>{t('import.badLine', { line, problem })}</td></tr>
          : (
            <tr key={line}>
              <td>{minuteTime(call.at, zone)}</td>
              <td><span className="call-map-way">{call.direction === 'inbound' ? <ArrowDownLeft size={13} aria-hidden="true" /> : <ArrowUpRight size={13} aria-hidden="true" />}{t(`import.way.${call.direction}`)}</span></td>
              <td dir="auto">{call.name === null ? call.number : `${call.number} ${call.name}`}</td>
              <td className="figures">{call.durationMs > 0 ? stopwatch(call.durationMs) : '–'}</td>
              <td>{t(`call.outcome.${call.outcome}`)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
