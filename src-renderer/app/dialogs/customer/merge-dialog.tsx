import { useEffect, useRef, useState } from 'react';
import { GitMerge } from 'lucide-react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { mergeCustomers } from '../../../state/actions/customer-actions.ts';
import { useFoundCustomers } from '../../../state/found-customers.ts';
import { useApp } from '../../../state/store.ts';
import { useMinute } from '../../../state/ticker.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { Chip, VipStar } from '../../../ui/bits.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';

type Preview = Output<'customer.mergePreview'>;
type Side = Preview['survivor'];

/** Finds the other one, shows what will move, lets the agent choose who stays. Nothing happens before the last button. */
export default function MergeDialog({ customerId, otherId, onClose }: { customerId: string; otherId: string | null; onClose: () => void }) {
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  const [other, setOther] = useState(otherId);
  return (
    <Modal title={t('merge.title', { name })} size="medium" onClose={onClose} {...(other === null ? { description: t('merge.lead') } : {})}>
      {other === null ? <FindOther customerId={customerId} onPick={setOther} /> : <Compare customerId={customerId} otherId={other} onBack={otherId === null ? () => setOther(null) : null} onClose={onClose} />}
    </Modal>
  );
}

function FindOther({ customerId, onPick }: { customerId: string; onPick: (id: string) => void }) {
  const [text, setText] = useState('');
  const found = useFoundCustomers(text, { limit: 8, least: 2 })?.filter((customer) => customer.id !== customerId) ?? null;
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); const first = found?.[0]; if (first !== undefined) onPick(first.id); }}>
      <TextField label={t('merge.find')} value={text} onText={setText} placeholder={t('merge.findHint')} autoFocus />
      <div className="preset-list merge-found" role="group" aria-label={t('call.found')} aria-live="polite">
        {found?.map((customer) => (
          <button key={customer.id} type="button" className="preset" onClick={() => onPick(customer.id)} data-customer={customer.id}>
            <bdi>{customer.name}</bdi>{customer.isVip && <VipStar />}<span className="spacer" /><span className="found-match">{customer.match}</span>
          </button>
        ))}
        {found !== null && found.length === 0 && <p className="hint merge-none">{t('merge.nobody')}</p>}
      </div>
    </form>
  );
}

function Compare({ customerId, otherId, onBack, onClose }: { customerId: string; otherId: string; onBack: (() => void) | null; onClose: () => void }) {
  const [survivorId, setSurvivor] = useState(customerId);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const mergedId = survivorId === customerId ? otherId : customerId;
  const box = useRef<HTMLFormElement>(null);
  const isShown = preview !== null;
  useEffect(() => { if (isShown) box.current?.querySelector<HTMLInputElement>('input:checked')?.focus(); }, [isShown]);
  useEffect(() => {
    let isOld = false;
    void ask('customer.mergePreview', { survivorId, mergedId }).then((answer) => {
      if (isOld) return;
      if (answer.ok) setPreview(answer.value);
      else setProblem(answer.error.message);
    });
    return () => { isOld = true; };
  }, [survivorId, mergedId]);
  const merge = async (): Promise<void> => {
    if (busy || preview === null) return;
    setBusy(true);
    const done = await mergeCustomers(survivorId, mergedId, reason.trim(), preview.merged.name);
    setBusy(false);
    if (done) onClose();
  };
  if (problem !== null) return <p className="hint is-bad">{problem}</p>;
  if (preview === null) return <div className="merge-waiting" />;
  const sides = survivorId === customerId ? [preview.survivor, preview.merged] : [preview.merged, preview.survivor];
  return (
    <form ref={box} className="modal-form" onSubmit={(event) => { event.preventDefault(); void merge(); }}>
      <fieldset className="merge-sides">
        <legend>{t('merge.whoStays')}</legend>
        {sides.map((side) => <SideCard key={side.customerId} side={side} isSurvivor={side.customerId === survivorId} onPick={() => setSurvivor(side.customerId)} />)}
      </fieldset>
      <div className="merge-result">
        <p><GitMerge size={14} aria-hidden="true" /> {t('merge.result')} <bdi className="merge-name">{preview.result.name}</bdi>{preview.result.isVip && <VipStar />}</p>
        {preview.result.tags.length > 0 && <p className="merge-tags">{preview.result.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}</p>}
        <p className="hint">{t('merge.safe')}</p>
      </div>
      <TextField label={t('merge.reason')} value={reason} onText={setReason} placeholder={t('merge.reasonHint')} spellCheck />
      <footer className="modal-foot">
        {onBack !== null && <Button tone="quiet" onClick={onBack}>{t('merge.back')}</Button>}
        <span className="spacer" />
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <button type="submit" className="button is-primary" aria-disabled={busy} data-action="merge.go">{t('merge.go')}</button>
      </footer>
    </form>
  );
}

function SideCard({ side, isSurvivor, onPick }: { side: Side; isSurvivor: boolean; onPick: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const facts = [
    t('merge.messages', { count: side.messages }), ...(side.notes > 0 ? [t('merge.notes', { count: side.notes })] : []), ...(side.promises > 0 ? [t('merge.promises', { count: side.promises })] : []),
    ...(side.drafts > 0 ? [t('merge.drafts', { count: side.drafts })] : []), ...(side.unfinishedSends > 0 ? [t('merge.sends', { count: side.unfinishedSends })] : []),
    ...(side.snoozedUntil === null ? [] : [t('merge.followUp', { when: whenLabel(side.snoozedUntil, now, zone) })]), ...(side.owner === null ? [] : [t('desk.ownedBy', { owner: side.owner })]),
  ];
  return (
    <label className={`merge-side${isSurvivor ? ' is-survivor' : ''}`}>
      <span className="merge-side-head"><input type="radio" name="survivor" checked={isSurvivor} onChange={onPick} /><bdi className="merge-name">{side.name}</bdi>{side.isVip && <VipStar />}</span>
      <span className="merge-role">{isSurvivor ? t('merge.stays') : t('merge.moves')}</span>
      <ul className="merge-facts">
        {side.identities.map((display) => <li key={display}><bdi>{display}</bdi></li>)}
        {facts.map((fact) => <li key={fact} className="merge-fact">{fact}</li>)}
        {side.tags.length > 0 && <li className="merge-tags">{side.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}</li>}
        {side.note !== null && <li className="merge-note" dir="auto">{side.note}</li>}
      </ul>
    </label>
  );
}
