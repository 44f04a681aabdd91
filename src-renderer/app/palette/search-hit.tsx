import { memo, useMemo, type ReactNode } from 'react';
import type { Output } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';
import { KindGlyph, PrivacyMark } from '../../ui/glyph.tsx';

type Hit = Output<'search.query'>['hits'][number];

/** An excerpt with its matches marked; `marks` are UTF-16 offsets in rising order. */
function marked(excerpt: string, marks: Hit['marks']): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  marks.forEach(([start, end], index) => {
    if (start < from) return;
    parts.push(excerpt.slice(from, start), <mark key={index}>{excerpt.slice(start, end)}</mark>);
    from = end;
  });
  parts.push(excerpt.slice(from));
  return parts;
}

interface SearchHitProps {
  readonly hit: Hit;
  readonly index: number;
  readonly isChosen: boolean;
  readonly onHover: (index: number) => void;
  readonly onPick: (index: number) => void;
}

export const SearchHit = memo(function SearchHit({ hit, index, isChosen, onHover, onPick }: SearchHitProps) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const excerpt = useMemo(() => marked(hit.excerpt, hit.marks), [hit.excerpt, hit.marks]);
  return (
    <div id={`palette-${index}`} role="option" aria-selected={isChosen} data-chosen={isChosen} data-message={hit.messageId} className="palette-row is-hit" onMouseMove={() => onHover(index)} onClick={() => onPick(index)}>
      <span className={`row-kind${hit.isPrivate ? ' is-private' : ''}`} title={t(`kind.${hit.kind}`)}><KindGlyph kind={hit.kind} /><PrivacyMark isPrivate={hit.isPrivate} /></span>
      <span className="hit-words">
        <span className="hit-head"><bdi className="hit-name">{hit.customerName}</bdi>{hit.subject !== null && <span className="hit-subject" dir="auto">{hit.subject}</span>}<span className="spacer" /><time className="age">{whenLabel(hit.at, now, zone)}</time></span>
        <span className="hit-text" dir="auto">{excerpt}</span>
      </span>
    </div>
  );
});
