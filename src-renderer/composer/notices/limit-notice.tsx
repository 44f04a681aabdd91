import { CircleDollarSign } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { AskNotice } from './ask-notice.tsx';

/** Sending this would go over what this account may spend: what it costs, and the choice. */
export function LimitNotice(props: { message: string; onSend: () => void; onKeep: () => void }) {
  return <AskNotice {...props} label={t('spend.overLimit')} icon={<CircleDollarSign size={15} aria-hidden="true" />} data-test="over-limit" sendAction="composer.sendOverLimit" />;
}
