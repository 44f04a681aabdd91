import { useState } from 'react';
import type { Input, Output } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { PickField } from '../../../ui/field.tsx';
import { isPin, PinField } from '../settings/pin-field.tsx';

type Agent = Output<'agent.list'>['agents'][number];

export interface SeniorYes {
  /** Once one of them has a PIN, a senior agent says yes to changes of the team. */
  readonly seniors: readonly Agent[];
  readonly picked: Agent | undefined;
  readonly pin: string;
  pick(agentId: string): void;
  type(pin: string): void;
  /** What the command takes; null while nothing whole is typed. */
  readonly given: Input<'agent.role'>['senior'];
}

export function useSeniorYes(agents: readonly Agent[]): SeniorYes {
  const [who, pick] = useState<string | null>(null);
  const [pin, type] = useState('');
  const seniors = agents.filter((agent) => agent.role === 'senior' && agent.hasPin);
  const picked = seniors.find((agent) => (agent.agentId ?? '') === who) ?? seniors[0];
  return { seniors, picked, pin, pick, type, given: picked !== undefined && isPin(pin) ? { agentId: picked.agentId, pin } : null };
}

export function SeniorField({ yes, error }: { yes: SeniorYes; error: string | null }) {
  if (yes.picked === undefined) return null;
  return (
    <>
      <p className="hint" data-test="senior-yes">{t('agents.seniorYes')}</p>
      <div className="field-row">
        {yes.seniors.length > 1 && <PickField label={t('agents.roles.senior')} value={yes.picked.agentId ?? ''} options={yes.seniors.map((agent) => ({ value: agent.agentId ?? '', label: agent.name }))} onPick={yes.pick} />}
        <PinField label={t('agents.pinOf', { name: yes.picked.name })} value={yes.pin} onText={yes.type} error={error} />
      </div>
    </>
  );
}
