import { useEffect, useRef, useState } from 'react';
import { Check } from 'lucide-react';
import type { Output } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { leaveDrafts } from '../../composer/local-drafts.ts';
import { t } from '../../locales/index.ts';
import { flushSettings } from '../../state/preferences.ts';
import { Initials } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';

type Agent = Output<'agent.list'>['agents'][number];

/** Who works in this window: somebody known, or somebody new. */
export default function AgentsDialog({ onClose }: { onClose: () => void }) {
  const [agents, setAgents] = useState<readonly Agent[]>([]);
  const [name, setName] = useState('');
  const [initials, setInitials] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => { void call('agent.list', {}).then((answer) => setAgents(answer?.agents ?? [])); }, []);
  useEffect(() => { if (agents.length > 0) first.current?.focus(); }, [agents]);
  // What the one who leaves has written and chosen is theirs: it is saved before the next one sits down.
  const leave = async (): Promise<void> => {
    flushSettings();
    await leaveDrafts();
  };
  const use = async (agent: Agent): Promise<void> => {
    if (agent.isHere) return onClose();
    await leave();
    if ((await call('agent.use', { agentId: agent.agentId })) !== null) onClose();
  };
  const isWhole = name.trim() !== '' && initials.trim() !== '' && initials.trim().length <= 4;
  const add = async (): Promise<void> => {
    if (!isWhole) return;
    await leave();
    const answer = await ask('agent.add', { name: name.trim(), initials: initials.trim() });
    if (answer.ok) onClose();
    else setProblem(answer.error.message);
  };
  return (
    <Modal title={t('agents.title')} description={t('agents.lead')} size="small" onClose={onClose} initialFocus={first}>
      <div className="preset-list" data-test="agents">
        {agents.map((agent, index) => (
          <button key={agent.agentId ?? ''} ref={index === 0 ? first : null} type="button" className="preset" onClick={() => void use(agent)}>
            <Initials text={agent.initials} mine={agent.isHere} /><span dir="auto">{agent.name}</span><span className="spacer" />{agent.isHere && <span className="hint agent-here"><Check size={13} aria-hidden="true" /> {t('agents.here')}</span>}
          </button>
        ))}
      </div>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <p className="form-title">{t('agents.add')}</p>
        <div className="field-row">
          <TextField label={t('agents.name')} value={name} onText={setName} dir="auto" maxLength={80} />
          <TextField label={t('agents.initials')} value={initials} onText={(text) => { setInitials(text); setProblem(null); }} maxLength={4} hint={t('agents.initialsHint')} error={problem} />
        </div>
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={!isWhole}>{t('agents.go')}</Button></footer>
      </form>
    </Modal>
  );
}
