import { Megaphone, X } from 'lucide-react';
import type { Capability, ComposerMode } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { endMove, leaveOutLine, movePrivate, privateWays } from './move-private.ts';
import { Writer } from '../writer.tsx';

interface PublicLineProps {
  readonly conversationId: string;
  readonly mode: ComposerMode;
  readonly capabilities: readonly Capability[];
  readonly customerName: string;
}

/** The line everybody sees, beside the private draft: each is sent, and taken back, by itself. */
export function PublicLine({ conversationId, mode, capabilities, customerName }: PublicLineProps) {
  const open = capabilities.find((other) => other.mode === 'reply');
  const dm = capabilities.find((other) => other.mode === 'dm');
  const others = privateWays.filter((way) => way !== mode && way !== 'dm' && capabilities.some((other) => other.mode === way && other.available));
  return (
    <section className="public-line" aria-label={t('private.publicLine')} data-test="public-line">
      <header className="public-line-head"><Megaphone size={13} aria-hidden="true" /><span>{t('composer.audience.reply')}</span><span className="spacer" /><IconButton label={t('private.leaveOut')} className="is-tiny" onClick={() => leaveOutLine(conversationId)}><X size={13} aria-hidden="true" /></IconButton></header>
      <Writer key={`${conversationId}:line`} conversationId={conversationId} mode="reply" capability={open} customerName={customerName} isAside onSent={() => endMove(conversationId)} />
      {dm?.available === false && (
        <p className="composer-reason" data-test="no-dm"><span>{t('private.noDm', { reason: dm.reason ?? '' })} {others.length > 0 && t('private.instead')}</span>
          {others.map((way) => <button key={way} type="button" className="text-button" data-action={`private.${way}`} onClick={() => movePrivate(conversationId, way)}>{t(`composer.mode.${way}`)}</button>)}
        </p>
      )}
    </section>
  );
}
