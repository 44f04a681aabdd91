import { useEffect, useState } from 'react';
import { ask } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { useApp } from '../state/store.ts';
import { useMinute } from '../state/ticker.ts';
import { whenLabel } from '../state/time.ts';

const QUIET_MS = 200;

export interface CallBackTime {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** undefined while nobody knows yet, null when it says no time. */
  readonly at: number | null | undefined;
  readonly settle: () => Promise<number | null>;
}

/** When to call back, in words, understood by the core while it is typed. */
export function useCallBack(): CallBackTime {
  const [text, setText] = useState('');
  const [parsed, setParsed] = useState<{ text: string; at: number | null } | null>(null);
  const typed = text.trim();
  useEffect(() => {
    if (typed === '') return undefined;
    let isOld = false;
    const timer = setTimeout(() => void ask('desk.parseTime', { text: typed }).then((answer) => { if (!isOld) setParsed({ text: typed, at: answer.ok ? answer.value.at : null }); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [typed]);
  return {
    text, setText, at: parsed?.text === typed ? parsed.at : undefined,
    // Fast fingers log before the preview is there.
    settle: async () => {
      const answer = await ask('desk.parseTime', { text: typed });
      const at = answer.ok ? answer.value.at : null;
      setParsed({ text: typed, at });
      return at;
    },
  };
}

export function CallBackField({ back }: { back: CallBackTime }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const isBad = back.text.trim() !== '' && back.at === null;
  return (
    <label className="call-field is-back"><span>{t('call.back')}</span>
      <input className="input" dir="auto" value={back.text} aria-invalid={isBad} placeholder={t('call.backPlaceholder')} onChange={(event) => back.setText(event.target.value)} autoComplete="off" data-test="call-back" />
      {back.text.trim() !== '' && back.at !== undefined && <span className={`call-understood${isBad ? ' is-bad' : ''}`} role="status">{back.at === null ? t('call.backUnclear') : whenLabel(back.at, now, zone)}</span>}
    </label>
  );
}
