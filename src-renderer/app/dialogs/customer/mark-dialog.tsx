import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { PromiseKind } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { speak, toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { MarkGlyph } from '../../../ui/mark-glyph.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

const kinds = ['promise', 'refusal', 'amount', 'said'] as const satisfies readonly PromiseKind[];
const MOST_LINES = 40;

/** Sentences of an entry, quoted text left out: what can be marked. */
const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => !/^\s*>/u.test(line)).flatMap((line) => line.split(/(?<=[.!?।])\s+/u)).map((line) => line.trim()).filter((line) => line !== '').slice(0, MOST_LINES);

/** Marks a line of an entry. Arrows choose the line, 1 to 4 the kind, Enter marks it. */
export default function MarkDialog({ entryId, quote, onClose }: { entryId: number; quote: string; onClose: () => void }) {
  const entry = useApp((state) => state.entries[entryId]);
  const lines = useMemo(() => (quote !== '' ? [quote] : linesOf(entry?.text ?? '')), [quote, entry?.text]);
  const [kind, setKind] = useState<PromiseKind>(entry?.direction === 'inbound' && entry.kind !== 'call' ? 'said' : 'promise');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const chosen = lines[at];
  const mark = async (): Promise<void> => {
    if (chosen === undefined) return;
    const marked = await call('promise.add', { messageId: entryId, kind, quote: chosen.slice(0, 2_000) });
    if (marked === null) return;
    toast(t(`promise.marked.${kind}`), 'good', { label: t('common.undo'), run: () => void call('promise.remove', { promiseId: marked.promiseId }) });
    speak(t(`promise.marked.${kind}`));
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const picked = kinds[Number(event.key) - 1];
    if (picked === undefined) return;
    event.preventDefault();
    setKind(picked);
  };
  const onListKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) {
      if (event.key === 'Enter') { event.preventDefault(); void mark(); }
      return;
    }
    event.preventDefault();
    const next = Math.max(0, Math.min(lines.length - 1, at + step));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus();
  };
  return (
    <Modal title={t('promise.markTitle')} size="medium" onClose={onClose} initialFocus={first}>
      <form className="modal-form" onKeyDown={onKeyDown} onSubmit={(event) => { event.preventDefault(); void mark(); }} data-test="mark">
        <Segmented label={t('promise.kindLabel')} value={kind} onPick={setKind} options={kinds.map((value, index) => ({ value, name: t(`promise.kind.${value}`), label: <><MarkGlyph kind={value} size={13} />{t(`promise.kind.${value}`)}<kbd aria-hidden="true">{index + 1}</kbd></> }))} />
        <div ref={list} className="mark-lines" role="radiogroup" aria-label={t('promise.line')} onKeyDown={onListKey}>
          {lines.map((line, index) => (
            <button key={`${index}-${line}`} ref={index === 0 ? first : null} type="button" role="radio" aria-checked={index === at} tabIndex={index === at ? 0 : -1} className="mark-line" dir="auto" onClick={() => setAt(index)} onDoubleClick={() => void mark()}>{line}</button>
          ))}
          {lines.length === 0 && <p className="hint">{t('promise.nothing')}</p>}
        </div>
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={chosen === undefined} data-action="promise.add">{t('promise.mark')}</Button></footer>
      </form>
    </Modal>
  );
}
