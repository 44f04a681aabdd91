import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { SetupArea, SetupPreview } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { Button } from '../../../ui/button.tsx';
import { focusAfterStep } from '../../../ui/focus-step.ts';
import { Segmented } from '../../../ui/segmented.tsx';

export type ImportMode = 'merge' | 'replace';
type Area = SetupPreview['areas'][number];
/** Names shown of one area; the figures beside it count all. */
const SHOWN = 40;

interface Props {
  readonly name: string;
  readonly made: string;
  readonly preview: SetupPreview;
  readonly mode: ImportMode;
  readonly mayTake: boolean;
  readonly children: ReactNode;
  readonly onMode: (mode: ImportMode) => void;
  readonly onBack: () => void;
  readonly onTake: (areas: SetupArea[]) => void;
}

const differs = (area: Area): boolean => area.fresh + area.changed + area.removed > 0 || area.isReordered;

/** What an import would do, area by area, before it does it. */
export function ImportPreview({ name, made, preview, mode, mayTake, children, onMode, onBack, onTake }: Props) {
  const [left, setLeft] = useState<readonly SetupArea[]>([]);
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => focusAfterStep(() => first.current?.querySelector<HTMLElement>('[aria-checked=true]')?.focus()), []);
  const useful = preview.areas.filter(differs);
  const equal = preview.areas.filter((area) => !differs(area));
  const chosen = useful.filter(({ area }) => !left.includes(area)).map(({ area }) => area);
  const notes = preview.notes.filter(({ area }) => chosen.includes(area));
  return (
    <form className="modal-form" data-test="setup-preview" onSubmit={(event) => { event.preventDefault(); onTake(chosen); }}>
      <p className="hint">{t('setup.from', { file: name, when: made })}</p>
      <div className="setup-mode" ref={first}>
        <Segmented label={t('setup.modeLabel')} value={mode} onPick={onMode} options={(['merge', 'replace'] as const).map((value) => ({ value, label: t(`setup.mode.${value}`) }))} />
        <span className="hint">{t(`setup.modeHint.${mode}`)}</span>
        <span className="spacer" />
        {useful.length > 1 && <button type="button" className="text-button" onClick={() => setLeft(chosen.length === 0 ? [] : useful.map(({ area }) => area))}>{t(chosen.length === 0 ? 'setup.all' : 'setup.none')}</button>}
      </div>
      {useful.length === 0 && <p role="status">{t('setup.nothing')}</p>}
      <ul className="setup-areas" aria-label={t('setup.areas')}>
        {useful.map((area) => (
          <AreaLine key={area.area} area={area} isChosen={chosen.includes(area.area)} onToggle={() => setLeft((now) => (now.includes(area.area) ? now.filter((other) => other !== area.area) : [...now, area.area]))} />
        ))}
      </ul>
      {useful.length > 0 && equal.length > 0 && <p className="hint">{t('setup.equal', { areas: equal.map(({ area }) => t(`setup.area.${area}`)).join(', ') })}</p>}
      {notes.length > 0 && <ul className="setup-notes">{notes.map(({ text }) => <li key={text}><TriangleAlert size={13} aria-hidden="true" /><span dir="auto">{text}</span></li>)}</ul>}
      {children}
      <footer className="modal-foot is-sticky"><Button onClick={onBack}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={chosen.length === 0 || !mayTake} data-action="setup.import">{t('setup.import', { count: chosen.length })}</Button></footer>
    </form>
  );
}

function AreaLine({ area, isChosen, onToggle }: { area: Area; isChosen: boolean; onToggle: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const name = t(`setup.area.${area.area}`);
  const more = area.fresh + area.changed + area.removed - Math.min(SHOWN, area.lines.length);
  return (
    <li className="setup-area" data-area={area.area}>
      <div className="setup-line">
        <label className="check"><input type="checkbox" checked={isChosen} onChange={onToggle} />{name}</label>
        <span className="spacer" />
        {area.fresh > 0 && <span className="chip is-good">{t('setup.new', { count: area.fresh })}</span>}
        {area.changed > 0 && <span className="chip is-warn">{t('setup.changed', { count: area.changed })}</span>}
        {area.removed > 0 && <span className="chip is-bad">{t('setup.removed', { count: area.removed })}</span>}
        {area.isReordered && <span className="chip">{t('setup.reordered')}</span>}
        <span className="setup-same">{area.same > 0 ? t('setup.unchanged', { count: area.same }) : ''}</span>
        {area.lines.length > 0
          ? <button type="button" className="icon-button is-tiny" aria-expanded={isOpen} aria-label={t('setup.details', { area: name })} onClick={() => setOpen(!isOpen)}><ChevronRight size={14} aria-hidden="true" className={isOpen ? 'is-turned' : ''} /></button>
          : <span className="icon-space" />}
      </div>
      {isOpen && (
        <ul className="setup-changes">
          {area.lines.slice(0, SHOWN).map((line) => <li key={`${line.part} ${line.change} ${line.name}`}><span className={`setup-change is-${line.change}`}>{t(`setup.change.${line.change}`)}</span><span className="setup-part">{t(`setup.part.${line.part}`)}</span><span dir="auto">{line.name}</span></li>)}
          {more > 0 && <li className="hint">{t('setup.more', { count: more })}</li>}
        </ul>
      )}
    </li>
  );
}
