import { Scale } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { AskNotice } from './ask-notice.tsx';

interface DiffersNoticeProps {
  readonly message: string;
  readonly quote: string;
  readonly written: string;
  readonly onSend: () => void;
  readonly onKeep: () => void;
}

/** The draft says something else than what is pinned: both, side by side, and the choice. */
export function DiffersNotice({ quote, written, ...ask }: DiffersNoticeProps) {
  return (
    <AskNotice {...ask} label={t('composer.differs')} icon={<Scale size={15} aria-hidden="true" />} data-test="differs">
      <dl className="differs-both">
        <dt>{t('composer.pinned')}</dt><dd dir="auto">{quote}</dd>
        <dt>{t('composer.written')}</dt><dd dir="auto">{written}</dd>
      </dl>
    </AskNotice>
  );
}
