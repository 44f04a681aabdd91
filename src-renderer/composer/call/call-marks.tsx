import { X } from 'lucide-react';
import type { PromiseKind } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { MarkGlyph } from '../../ui/mark-glyph.tsx';

export interface CallMark { readonly kind: PromiseKind; readonly quote: string }

export const markKinds = ['promise', 'refusal', 'amount', 'said'] as const satisfies readonly PromiseKind[];

/** What a mark takes: the selection, else the line the caret stands in. */
export function markedText(text: string, start: number, end: number): string {
  if (start !== end) return text.slice(start, end).trim();
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', start);
  return text.slice(from, to === -1 ? undefined : to).trim();
}

/** Lines of the note that will be pinned once the call is logged. One whose words were changed since is no longer there to be marked. */
export const CallMarks = ({ marks, onRemove }: { marks: readonly CallMark[]; onRemove: (mark: CallMark) => void }) =>
  marks.length === 0 ? null : (
    <ul className="call-marks" aria-label={t('promise.marks')}>
      {marks.map((mark) => (
        <li key={`${mark.kind} ${mark.quote}`} className="call-mark" data-test="call-mark">
          <MarkGlyph kind={mark.kind} size={13} /><span>{t(`promise.kind.${mark.kind}`)}</span><span className="call-mark-quote" dir="auto">{mark.quote}</span>
          <button type="button" className="icon-button is-tiny" aria-label={t('promise.remove')} onClick={() => onRemove(mark)}><X size={12} aria-hidden="true" /></button>
        </li>
      ))}
    </ul>
  );
