import { Eye, Lock, Megaphone } from 'lucide-react';
import type { Capability, ComposerMode } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';

interface AudienceProps {
  readonly mode: ComposerMode;
  readonly capability: Capability | undefined;
  readonly customerName: string;
  /** Mail: how many it goes to besides the customer. */
  readonly others: number;
  /** Mail that is passed on: to whom; null where the customer is answered. */
  readonly forwardedTo: string | null;
}

/** Who will see what is written, in words and as a shape. */
export function Audience({ mode, capability, customerName, others, forwardedTo }: AudienceProps) {
  const icon = mode === 'reply' || mode === 'post' ? <Megaphone size={13} aria-hidden="true" /> : mode === 'note' ? <Eye size={13} aria-hidden="true" /> : <Lock size={13} aria-hidden="true" />;
  return (
    <p className="audience" data-test="audience" title={mode === 'reply' || mode === 'dm' ? (capability?.to.join(', ') ?? '') : ''}>
      {icon}<span>{forwardedTo !== null ? t('composer.audienceForward', { context: forwardedTo === '' ? 'nobody' : 'somebody', to: forwardedTo, name: customerName }) : mode === 'mail' && others > 0 ? t('composer.audienceMore', { name: customerName, count: others }) : t(`composer.audience.${mode}`, { name: customerName })}</span>
    </p>
  );
}
