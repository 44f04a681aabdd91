import type { Entry, EntryDetail } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { stopwatch } from '../../state/words/time.ts';
import { Chip } from '../../ui/bits.tsx';
import { CallGlyph } from '../../ui/glyph.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';

type CallDetail = Extract<EntryDetail, { type: 'call' }>;

/** A call this long fills the bar; the scale is logarithmic, so that 20 s and 2 min differ as 2 min and 12 min do. */
const FULL_MS = 45 * 60_000;
const share = (ms: number): number => Math.min(100, (Math.log1p(ms / 1000) / Math.log1p(FULL_MS / 1000)) * 100);

export function CallCard({ entry, detail }: { entry: Entry; detail: CallDetail }) {
  const missed = detail.outcome !== 'answered' && detail.outcome !== 'callback';
  return (
    <div className="call-card">
      <div className="call-line">
        <span className={missed ? 'call-arrow is-missed' : 'call-arrow'}><CallGlyph direction={detail.callDirection} missed={missed} size={15} /></span>
        <span>{t(`call.direction.${detail.callDirection}`)}</span>
        <bdi className="call-number">{detail.number}</bdi>
        <Chip tone={missed ? 'warn' : 'good'}>{t(`call.outcome.${detail.outcome}`)}</Chip>
        {detail.outsideHours === true && <Chip>{t('call.outsideHours')}</Chip>}
        {detail.disposition !== null && <Chip>{detail.disposition}</Chip>}
        <span className="spacer" />
        <span className="call-length">{detail.durationMs > 0 ? stopwatch(detail.durationMs) : '–'}</span>
      </div>
      <div className="call-bar" aria-hidden="true"><span style={{ width: `${share(detail.durationMs)}%` }} /></div>
      {entry.text !== '' && <p className="entry-text" dir="auto"><LinkedText text={entry.text} /></p>}
    </div>
  );
}
