import { useEffect, useState } from 'react';
import { LockKeyhole } from 'lucide-react';
import type { Output } from '../../src-preload/contract/index.ts';
import { ask } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { Initials } from '../ui/bits.tsx';
import { Button } from '../ui/button.tsx';
import { isPin, PinField } from './dialogs/settings/pin-field.tsx';

type Agent = Output<'agent.list'>['agents'][number];

/** A window on the place of an agent with a PIN shows nothing of the desk before somebody has sat down. */
export function SitDown() {
  const [agents, setAgents] = useState<readonly Agent[]>([]);
  const [picked, setPicked] = useState<Agent | null>(null);
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void ask('agent.list', {}).then((answer) => {
      if (!answer.ok) return setProblem(answer.error.message);
      setAgents(answer.value.agents);
      setPicked(answer.value.agents.find((agent) => agent.isHere) ?? null);
    });
  }, []);
  const use = async (agent: Agent): Promise<void> => {
    setPicked(agent);
    setProblem(null);
    if (agent.hasPin && !(picked?.agentId === agent.agentId && isPin(pin))) return setPin('');
    const answer = await ask('agent.use', { agentId: agent.agentId, ...(agent.hasPin ? { pin } : {}) });
    if (answer.ok) return undefined;
    setPin('');
    return setProblem(answer.error.message);
  };
  return (
    <main className="sit-down" data-test="sit-down">
      <LockKeyhole size={20} aria-hidden="true" />
      <h1>{t('agents.whoSits')}</h1>
      <div className="preset-list">
        {agents.map((agent) => (
          <div key={agent.agentId ?? ''}>
            <div className="agent-line"><button type="button" className="preset" aria-pressed={picked?.agentId === agent.agentId} onClick={() => void use(agent)}>
              <Initials text={agent.initials} mine={agent.isHere} /><span dir="auto">{agent.name}</span><span className="spacer" /><span className="hint">{t(`agents.roles.${agent.role}`)}{agent.hasPin && <> · {t('agents.hasPin')}</>}</span>
            </button></div>
            {agent.hasPin && picked?.agentId === agent.agentId && (
              <form className="modal-form agent-access" onSubmit={(event) => { event.preventDefault(); void use(agent); }}>
                <PinField key={agent.agentId ?? ''} label={t('agents.pinOf', { name: agent.name })} value={pin} onText={(text) => { setPin(text); setProblem(null); }} error={problem} autoFocus />
                <div className="modal-foot"><Button small tone="primary" type="submit" aria-disabled={!isPin(pin)}>{t('agents.go')}</Button></div>
              </form>
            )}
          </div>
        ))}
      </div>
      {picked?.hasPin !== true && problem !== null && <p role="alert">{problem}</p>}
      <p className="hint">{t('agents.forgotten')}</p>
    </main>
  );
}
