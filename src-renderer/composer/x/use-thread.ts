import { useEffect, useState } from 'react';
import type { ComposerMode, Output } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import type { Split } from '../drafts/send.ts';

const QUIET_MS = 150;

export type Parts = Output<'draft.parts'>['parts'];

export interface Thread {
  /** The posts this text becomes; null while it fits one, or until the core has said it. */
  readonly parts: Parts | null;
  /** The writer wants it so. */
  readonly isOn: boolean;
  readonly split: Split;
  turnOn(): void;
  number(isNumbered: boolean): void;
}

/** A text too long for one post, as several: offered, and shown once the writer wants it. */
export function useThread(mode: ComposerMode, text: string, isLong: boolean, inReplyTo: number | null): Thread {
  const [parts, setParts] = useState<Parts | null>(null);
  const [isWanted, setWanted] = useState(false);
  const [isNumbered, setNumbered] = useState(false);
  const on = isLong && (mode === 'reply' || mode === 'post');
  useEffect(() => {
    if (!on || (mode !== 'reply' && mode !== 'post')) {
      setParts(null);
      setWanted(false);
      return undefined;
    }
    let isOld = false;
    const timer = setTimeout(() => void ask('draft.parts', { mode, text, isNumbered, inReplyTo }).then((answer) => {
      if (!isOld && answer.ok) setParts(answer.value.parts);
    }), QUIET_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [on, mode, text, isNumbered, inReplyTo]);
  return { parts: on ? parts : null, isOn: on && isWanted && parts !== null, split: isNumbered ? 'numbered' : 'plain', turnOn: () => setWanted(true), number: setNumbered };
}
