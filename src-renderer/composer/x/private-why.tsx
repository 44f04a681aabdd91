import { useRef, type KeyboardEvent, type RefObject } from 'react';
import type { PrivateReason } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { refreshCapabilities } from '../../state/actions/conversation-actions.ts';

export const REASONS = ['confidential', 'asked', 'long', 'heated', 'not_allowed', 'other'] as const satisfies readonly PrivateReason[];

interface PrivateWhyProps {
  readonly conversationId: string;
  readonly first: RefObject<HTMLButtonElement | null>;
  readonly onDone: () => void;
}

/** Why a public matter goes on in private: one key each; whoever just types, writes. */
export function PrivateWhy({ conversationId, first, onDone }: PrivateWhyProps) {
  const isBusy = useRef(false);
  const pick = async (reason: PrivateReason): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    onDone();
    const done = await call('desk.goPrivate', { conversationId, reason });
    isBusy.current = false;
    if (done !== null) await refreshCapabilities(conversationId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const reason = REASONS[Number(event.key) - 1];
    if (reason !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      void pick(reason);
    } else if (event.key.length === 1 && event.key !== ' ') onDone();
  };
  return (
    <div className="why" role="group" aria-label={t('private.why')} data-test="why" onKeyDown={onKeyDown}>
      <span className="why-label">{t('private.why')}</span>
      {REASONS.map((reason, index) => <button key={reason} ref={index === 0 ? first : null} type="button" className="why-button" onClick={() => void pick(reason)}>{t(`private.reason.${reason}`)}<kbd aria-hidden="true">{index + 1}</kbd></button>)}
    </div>
  );
}
