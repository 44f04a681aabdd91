import { useState, type ReactNode } from 'react';
import { KeyRound } from 'lucide-react';
import type { Settings } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { useUntilSaved } from '../desk/use-until-saved.ts';
import { useProof } from './use-proof.tsx';

type Rules = Pick<Settings, 'limits' | 'secondLook'>;

/**
 * Rules of the team as they are, or as they will be once whoever changes them has shown that it is them. Until then a change is on screen
 * only; `save` answers whether it is kept.
 */
export function useRules(): { rules: Rules; save: (patch: Partial<Rules>) => Promise<boolean>; bar: ReactNode } {
  const limits = useApp((state) => state.settings.limits);
  const secondLook = useApp((state) => state.settings.secondLook);
  const shown = useUntilSaved<Rules>({ limits, secondLook });
  const [problem, setProblem] = useState<string | null>(null);
  const proof = useProof();
  const save = async (patch: Partial<Rules>): Promise<boolean> => {
    const next = { ...shown.latest(), ...patch };
    shown.show(next);
    const answer = await ask('settings.update', { patch: { ...(next.limits === limits ? {} : { limits: next.limits }), ...(next.secondLook === secondLook ? {} : { secondLook: next.secondLook }) } });
    const isAsked = !answer.ok && proof.asks(answer.error);
    if (!answer.ok && !isAsked) shown.drop();
    setProblem(answer.ok || isAsked ? null : answer.error.message);
    return answer.ok;
  };
  const bar = (
    <>
      {proof.isAsked && (shown.now.limits !== limits || shown.now.secondLook !== secondLook) && (
        <form className="proof-bar" data-test="proof-bar" aria-label={t('proof.title')} onSubmit={(event) => { event.preventDefault(); void proof.prove().then((isProved) => (isProved ? save({}) : false)); }}>
          <p className="proof-words" role="status"><KeyRound size={14} aria-hidden="true" />{t('proof.waits')}</p>
          {proof.field}
          <Button small type="button" onClick={shown.drop}>{t('proof.drop')}</Button>
          <Button small tone="primary" type="submit" aria-disabled={!proof.isReady} data-action="proof.save">{t('proof.save')}</Button>
        </form>
      )}
      {problem !== null && <p className="hint is-bad" role="alert">{problem}</p>}
    </>
  );
  return { rules: shown.now, save, bar };
}
