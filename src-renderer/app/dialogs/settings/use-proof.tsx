import { useState, type ReactNode } from 'react';
import type { Failure } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { isPin, PinField } from './pin-field.tsx';

const wantsPin = (failure: Failure | null): boolean => failure?.detail?.['reason'] === 'pin';

export interface Proof {
  readonly isAsked: boolean;
  /** Nothing is asked for, or a whole PIN is typed. */
  readonly isReady: boolean;
  /** Whether a failure was nothing but the question for the PIN; it is asked for then. */
  asks(failure: Failure): boolean;
  /** Whether it is known now who sits here. */
  prove(): Promise<boolean>;
  readonly field: ReactNode;
}

/** The PIN of whoever sits at this window, once for as long as it is open, where the core asks for it. */
export function useProof(first: Failure | null = null): Proof {
  const [isAsked, setAsked] = useState(wantsPin(first));
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const type = (text: string): void => {
    setPin(text);
    setProblem(null);
  };
  return {
    isAsked,
    isReady: !isAsked || isPin(pin),
    asks(failure) {
      if (wantsPin(failure)) setAsked(true);
      return wantsPin(failure);
    },
    async prove() {
      if (!isAsked) return true;
      if (!isPin(pin)) return false;
      const answer = await ask('agent.prove', { pin });
      setPin('');
      setProblem(answer.ok ? null : answer.error.message);
      if (answer.ok) setAsked(false);
      return answer.ok;
    },
    field: isAsked ? <PinField label={t('proof.pin')} value={pin} onText={type} error={problem} /> : null,
  };
}
