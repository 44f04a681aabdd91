import { useEffect, useState, type CSSProperties } from 'react';
import { AlertCircle, CheckCircle2, X } from 'lucide-react';
import { t } from '../locales/index.ts';
import type { Toast } from '../state/model.ts';
import { getState, useApp } from '../state/store.ts';
import { focusList } from '../ui/focus-list.ts';
import { dropToast } from '../state/toasts.ts';
import { useFit } from '../ui/use-width.ts';

const STAYS_MS = { plain: 6_000, good: 6_000, bad: 12_000 } as const;

/** At the foot of the queue, never over what is read or written; where there is no queue, under the title bar. The newest lies on the far side, so that what is there stays under the pointer. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  const queueWidth = useApp((state) => state.settings.paneWidths.queue);
  const queueHidden = useApp((state) => state.queueHidden);
  const isOverQueue = useFit() !== 'one' && !queueHidden;
  return (
    <div className={`toasts${isOverQueue ? '' : ' is-top'}`} role="region" aria-label={t('common.messages')} style={{ '--queue-width': `${queueWidth}px` } as CSSProperties}>
      {toasts.map((toast) => <ToastCard key={toast.id} toast={toast} />)}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  // One after the other would never come to rest.
  const [rises] = useState(() => getState().toasts.length === 1);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dropToast(toast.id), STAYS_MS[toast.tone]);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div className={`toast is-${toast.tone}${rises ? ' is-rising' : ''}`} role={toast.tone === 'bad' ? 'alert' : 'status'} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      {toast.tone === 'bad' ? <AlertCircle size={15} aria-hidden="true" /> : toast.tone === 'good' ? <CheckCircle2 size={15} aria-hidden="true" /> : null}
      <span className="toast-text">{toast.text}</span>
      {toast.action !== null && <button type="button" className="text-button" onClick={() => { toast.action?.run(); dropToast(toast.id); focusList(); }}>{toast.action.label}</button>}
      <button type="button" className="icon-button is-tiny" aria-label={t('common.close')} onClick={() => dropToast(toast.id)}><X size={13} aria-hidden="true" /></button>
    </div>
  );
}
