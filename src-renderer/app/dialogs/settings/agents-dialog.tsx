import { useEffect, useRef, useState } from 'react';
import { Check, KeyRound } from 'lucide-react';
import type { Failure, Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { leaveDrafts } from '../../../composer/drafts/local-drafts.ts';
import { t } from '../../../locales/index.ts';
import { flushSettings } from '../../../state/preferences.ts';
import { Initials } from '../../../ui/bits.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { AgentAccess } from './agent-access.tsx';
import { isPin, PinField } from './pin-field.tsx';
import { SeniorField, useSeniorYes } from '../customer/senior-yes.tsx';

type Agent = Output<'agent.list'>['agents'][number];

/** Who works in this window: somebody known, or somebody new. */
export default function AgentsDialog({ onClose }: { onClose: () => void }) {
  const [agents, setAgents] = useState<readonly Agent[]>([]);
  const [name, setName] = useState('');
  const [initials, setInitials] = useState('');
  const [problem, setProblem] = useState<Failure | null>(null);
  /** Whose PIN is asked for, or whose role and PIN are being set. */
  const [open, setOpen] = useState<{ readonly type: 'pin' | 'access'; readonly agentId: string | null } | null>(null);
  const [pin, setPin] = useState('');
  const [pinProblem, setPinProblem] = useState<string | null>(null);
  const yes = useSeniorYes(agents);
  /** Initials that are taken are said beside them, a PIN that is wrong beside it. */
  const isOfPin = yes.picked !== undefined && problem?.code !== 'conflict';
  const first = useRef<HTMLButtonElement>(null);
  const load = (): void => void call('agent.list', {}).then((answer) => setAgents(answer?.agents ?? []));
  useEffect(load, []);
  const isKnown = agents.length > 0;
  useEffect(() => { if (isKnown) first.current?.focus(); }, [isKnown]);
  // What the one who leaves has written and chosen is theirs: it is saved before the next one sits down.
  const leave = async (): Promise<void> => {
    flushSettings();
    await leaveDrafts();
  };
  const use = async (agent: Agent): Promise<void> => {
    if (agent.isHere) return onClose();
    if (agent.hasPin && (open?.type !== 'pin' || open.agentId !== agent.agentId)) {
      setPin('');
      setPinProblem(null);
      return setOpen({ type: 'pin', agentId: agent.agentId });
    }
    if (agent.hasPin && !isPin(pin)) return undefined;
    await leave();
    const answer = await ask('agent.use', { agentId: agent.agentId, ...(agent.hasPin ? { pin } : {}) });
    if (answer.ok) onClose();
    else setPinProblem(answer.error.message);
    return undefined;
  };
  const isWhole = name.trim() !== '' && initials.trim() !== '' && initials.trim().length <= 4 && (yes.picked === undefined || yes.given !== null);
  const add = async (): Promise<void> => {
    if (!isWhole) return;
    await leave();
    const answer = await ask('agent.add', { name: name.trim(), initials: initials.trim(), senior: yes.given });
    if (answer.ok) onClose();
    else setProblem(answer.error);
  };
  return (
    <Modal title={t('agents.title')} description={t('agents.lead')} size="small" onClose={onClose} initialFocus={first}>
      <div className="preset-list" data-test="agents">
        {agents.map((agent, index) => (
          <div key={agent.agentId ?? ''}>
            <div className="agent-line">
              <button ref={index === 0 ? first : null} type="button" className="preset" onClick={() => void use(agent)}>
                <Initials text={agent.initials} mine={agent.isHere} /><span dir="auto">{agent.name}</span><span className="spacer" />
                <span className="hint">{t(`agents.roles.${agent.role}`)}{agent.hasPin && <> · {t('agents.hasPin')}</>}</span>{agent.isHere && <span className="hint agent-here"><Check size={13} aria-hidden="true" /> {t('agents.here')}</span>}
              </button>
              <IconButton label={t('agents.access', { name: agent.name })} aria-expanded={open?.type === 'access' && open.agentId === agent.agentId} onClick={() => setOpen((now) => (now?.type === 'access' && now.agentId === agent.agentId ? null : { type: 'access', agentId: agent.agentId }))}><KeyRound size={14} aria-hidden="true" /></IconButton>
            </div>
            {open?.agentId === agent.agentId && open.type === 'access' && <AgentAccess agent={agent} agents={agents} onChanged={load} />}
            {open?.agentId === agent.agentId && open.type === 'pin' && (
              <form className="modal-form agent-access" onSubmit={(event) => { event.preventDefault(); void use(agent); }}>
                <PinField label={t('agents.pinOf', { name: agent.name })} value={pin} onText={(text) => { setPin(text); setPinProblem(null); }} error={pinProblem} />
                <div className="modal-foot"><Button small type="submit" aria-disabled={!isPin(pin)}>{t('agents.go')}</Button></div>
              </form>
            )}
          </div>
        ))}
      </div>
      <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <p className="form-title">{t('agents.add')}</p>
        <div className="field-row">
          <TextField label={t('agents.name')} value={name} onText={setName} dir="auto" maxLength={80} />
          <TextField label={t('agents.initials')} value={initials} onText={(text) => { setInitials(text); setProblem(null); }} maxLength={4} hint={t('agents.initialsHint')} error={isOfPin ? null : (problem?.message ?? null)} />
        </div>
        <SeniorField yes={yes} error={isOfPin ? (problem?.message ?? null) : null} />
        <footer className="modal-foot"><Button onClick={onClose}>{t('common.cancel')}</Button><Button tone="primary" type="submit" aria-disabled={!isWhole}>{t('agents.go')}</Button></footer>
      </form>
    </Modal>
  );
}
