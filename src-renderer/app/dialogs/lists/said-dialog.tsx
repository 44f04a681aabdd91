import { useEffect, useState } from 'react';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { officeTime, officeWeekday, whenLabel } from '../../../state/words/time.ts';
import { Button } from '../../../ui/button.tsx';
import { KindGlyph } from '../../../ui/glyph.tsx';
import { Modal } from '../../../ui/modal.tsx';

type Row = Output<'promise.said'>['rows'][number];

/** What customers said, one week at a time, each with the call, mail or post it is from. */
export default function SaidDialog({ onClose }: { onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const [now] = useState(() => Date.now());
  const [back, setBack] = useState(0);
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  // Weeks end on Sunday night; Sunday counts as the seventh day.
  const before = officeTime(now, zone, 8 - (officeWeekday(now, zone) || 7) - back * 7, 0);
  useEffect(() => {
    let isOld = false;
    void call('promise.said', { before }).then((answer) => { if (!isOld) setRows(answer?.rows ?? []); });
    return () => { isOld = true; };
  }, [before]);
  const day = (at: number): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long' }).format(at);
  return (
    <Modal title={t('promise.saidTitle')} size="medium" onClose={onClose}>
      <div className="said-week">
        <Button small tone="quiet" onClick={() => setBack(back + 1)} aria-label={t('promise.weekBefore')}><ChevronLeft size={14} aria-hidden="true" /></Button>
        <span className="figures">{t('promise.week', { from: day(officeTime(before, zone, -7, 12)), to: day(officeTime(before, zone, -1, 12)) })}</span>
        <Button small tone="quiet" aria-disabled={back === 0} onClick={() => setBack(Math.max(0, back - 1))} aria-label={t('promise.weekAfter')}><ChevronRight size={14} aria-hidden="true" /></Button>
      </div>
      <ul className="contact-list">
        {rows?.map(({ promise, customerName }) => (
          <li key={promise.id}>
            <button type="button" className="contact" onClick={() => { onClose(); void openConversation(promise.conversationId, promise.messageId); }}>
              <span className="identity-glyph"><KindGlyph kind={promise.source} /></span>
              <span className="contact-words"><span className="contact-who"><bdi>{customerName}</bdi></span><span className="said-quote" dir="auto">{promise.quote}</span></span>
              <time>{whenLabel(promise.at, now, zone)}</time>
            </button>
          </li>
        ))}
      </ul>
      {rows !== null && rows.length === 0 && <p className="hint said-none">{t('promise.saidNone')}</p>}
    </Modal>
  );
}
