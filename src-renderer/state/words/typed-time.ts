import { useEffect, useState } from 'react';
import { ask } from '../../bridge.ts';

const QUIET_MS = 200;

export interface TypedTime {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What the text was understood as; null when it says no time to come, undefined while nobody knows yet. */
  readonly at: number | null | undefined;
  /** Answers the time, asking if need be; null when there is none. */
  readonly settle: () => Promise<number | null>;
}

/** A time typed in words, understood by the core while it is typed. */
export function useTypedTime(initial: number | null = null): TypedTime {
  const [text, setText] = useState('');
  const [parsed, setParsed] = useState<{ text: string; at: number | null } | null>(null);
  const typed = text.trim();
  useEffect(() => {
    if (typed === '') return undefined;
    let isOld = false;
    const timer = setTimeout(() => void ask('desk.parseTime', { text: typed }).then((answer) => { if (!isOld) setParsed({ text: typed, at: answer.ok ? answer.value.at : null }); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [typed]);
  const at = typed === '' ? (initial ?? undefined) : parsed?.text === typed ? parsed.at : undefined;
  const settle = async (): Promise<number | null> => {
    if (typed === '') return initial;
    if (at !== undefined) return at;
    const answer = await ask('desk.parseTime', { text: typed });
    const found = answer.ok ? answer.value.at : null;
    setParsed({ text: typed, at: found });
    return found;
  };
  return { text, setText, at, settle };
}
