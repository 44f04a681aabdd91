import { useEffect, useState } from 'react';
import { AlertCircle, CheckCircle2, X } from 'lucide-react';
import { t } from '../locales/index.ts';
import type { Toast } from '../state/model.ts';
import { useApp } from '../state/store.ts';
import { focusList } from '../ui/focus-list.ts';
import { dropToast } from '../state/toasts.ts';

const STAYS_MS = { plain: 6_000, good: 6_000, bad: 12_000 } as const;

export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  return <div className="toasts" role="region" aria-label={t('common.messages')}>{toasts.map((toast) => <ToastCard key={toast.id} toast={toast} />)}</div>;
}

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dropToast(toast.id), STAYS_MS[toast.tone]);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div className={`toast is-${toast.tone}`} role={toast.tone === 'bad' ? 'alert' : 'status'} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      {toast.tone === 'bad' ? <AlertCircle size={15} aria-hidden="true" /> : toast.tone === 'good' ? <CheckCircle2 size={15} aria-hidden="true" /> : null}
      <span className="toast-text">{toast.text}</span>
      {toast.action !== null && <button type="button" className="text-button" onClick={() => { toast.action?.run(); dropToast(toast.id); focusList(); }}>{toast.action.label}</button>}
      <button type="button" className="icon-button is-tiny" aria-label={t('common.close')} onClick={() => dropToast(toast.id)}><X size={13} aria-hidden="true" /></button>
    </div>
  );
}
