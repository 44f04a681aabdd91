import { useState } from 'react';
import type { AgentRole, Output } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { PickField } from '../../../ui/field.tsx';
import { isPin, PinField } from './pin-field.tsx';
import { SeniorField, useSeniorYes } from '../customer/senior-yes.tsx';

type Agent = Output<'agent.list'>['agents'][number];
export const roles = ['guest', 'agent', 'senior'] as const satisfies readonly AgentRole[];

/** The role of an agent, and the PIN by which they say yes at somebody else's window. */
export function AgentAccess({ agent, agents, onChanged }: { agent: Agent; agents: readonly Agent[]; onChanged: () => void }) {
  const secondLook = useApp((state) => state.settings.secondLook);
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const yes = useSeniorYes(agents);
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (work: Promise<{ ok: true } | { ok: false; error: { message: string } }>, said: string): Promise<void> => {
    const answer = await work;
    if (!answer.ok) return setProblem(answer.error.message);
    setOld('');
    setFresh('');
    yes.type('');
    setProblem(null);
    toast(said, 'good');
    onChanged();
  };
  // Without the present PIN it was the senior agent's that was missing or wrong.
  const isOfSenior = yes.picked !== undefined && old === '';
  const canSet = isPin(fresh) && (agent.hasPin ? isPin(old) : yes.picked === undefined || yes.given !== null);
  const setPin = (pin: string | null): void => void change(ask('agent.pin', { agentId: agent.agentId, pin, old: agent.hasPin && old !== '' ? old : null, senior: yes.given }), t(pin === null ? 'agents.pinGone' : 'agents.pinSet', { name: agent.name }));
  return (
    <form className="modal-form agent-access" data-test="agent-access" onSubmit={(event) => { event.preventDefault(); if (canSet) setPin(fresh); }}>
      <SeniorField yes={yes} error={isOfSenior ? problem : null} />
      <PickField label={t('agents.role')} value={agent.role} options={roles.map((value) => ({ value, label: t(`agents.roles.${value}`) }))} onPick={(role) => void change(ask('agent.role', { agentId: agent.agentId, role, senior: yes.given }), t('agents.roleSet', { name: agent.name, role: t(`agents.roles.${role}`) }))} />
      <p className="hint">{t(`agents.roleHint.${agent.role}`)}{agent.role === 'guest' && secondLook && ` ${t('agents.guestLook')}`}</p>
      <div className="field-row">
        {agent.hasPin && <PinField label={t('agents.oldPin')} value={old} onText={setOld} />}
        <PinField label={t('agents.newPin')} value={fresh} onText={setFresh} hint={t('agents.pinHint')} error={isOfSenior ? null : problem} />
      </div>
      <div className="modal-foot">
        {agent.hasPin && <Button small onClick={() => setPin(null)}>{t('agents.dropPin')}</Button>}
        <Button small type="submit" aria-disabled={!canSet}>{t('agents.setPin')}</Button>
      </div>
    </form>
  );
}
