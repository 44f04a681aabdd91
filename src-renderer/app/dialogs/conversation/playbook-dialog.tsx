import { useEffect, useRef, useState } from 'react';
import type { ComposerMode, ScenarioHere } from '../../../../src-preload/contract/index.ts';
import { usePlaybook } from '../../../composer/responses/playbook-button.tsx';
import { editDraft, localDraft } from '../../../composer/drafts/local-drafts.ts';
import { t } from '../../../locales/index.ts';
import { setMode } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

const ways = ['reply', 'dm', 'mail'] as const satisfies readonly ComposerMode[];
type Way = (typeof ways)[number];
const NONE: readonly never[] = [];

/** The playbook, open at the scenario that fits: its steps, and its words for the channel answered on. */
export default function PlaybookDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const capabilities = useApp((state) => state.timelines[conversationId]?.capabilities ?? NONE);
  const chosen = useApp((state) => state.modes[conversationId]);
  const kind = useApp((state) => state.conversations[conversationId]?.kind);
  const usable = ways.filter((way) => capabilities.some((capability) => capability.mode === way && capability.available));
  const natural: Way = kind === 'mail' ? 'mail' : kind === 'dm' ? 'dm' : 'reply';
  const [picked, setPicked] = useState<Way | null>(null);
  const mode = picked ?? usable.find((way) => way === chosen) ?? usable.find((way) => way === natural) ?? usable[0] ?? natural;
  const scenarios = usePlaybook(conversationId, mode);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = scenarios.find((scenario) => scenario.scenarioId === openId) ?? scenarios[0];
  const go = useRef<HTMLButtonElement>(null);
  const isKnown = open !== undefined;
  useEffect(() => { if (isKnown) go.current?.focus(); }, [isKnown]);
  const insert = (scenario: ScenarioHere): void => {
    const before = localDraft(conversationId, mode).text;
    editDraft(conversationId, mode, { text: before.trim() === '' ? scenario.text : `${before.trimEnd()}\n\n${scenario.text}` });
    onClose();
    // After the dialog gave the focus back, or it would take it away again.
    setTimeout(() => setMode(conversationId, mode), 0);
    toast(t('playbook.inserted', { title: scenario.title }), 'good', { label: t('common.undo'), run: () => editDraft(conversationId, mode, { text: before }) });
  };
  return (
    <Modal title={t('playbook.title')} size="large" onClose={onClose}>
      {open === undefined ? <p className="hint">{t('playbook.none')}</p> : (
        <div className="responses-page" data-test="playbook">
          <div className="responses-side">
            <div className="responses-list">
              {scenarios.map((scenario) => (
                <button key={scenario.scenarioId} type="button" className="responses-line" aria-current={scenario.scenarioId === open.scenarioId} onClick={() => setOpenId(scenario.scenarioId)}>
                  <span className="responses-name" dir="auto">{scenario.title}</span>{scenario.words.length > 0 && <span className="responses-meta">{t('playbook.fitsWords', { words: scenario.words.join(', ') })}</span>}
                </button>
              ))}
            </div>
          </div>
          <form className="responses-editor" onSubmit={(event) => { event.preventDefault(); insert(open); }}>
            <h3 className="playbook-title" dir="auto">{open.title}</h3>
            <ol className="playbook-steps">{open.steps.map((step) => <li key={step} dir="auto">{step}</li>)}</ol>
            {open.limitName !== null && <p className="hint">{t('playbook.limitIs', { name: open.limitName })}</p>}
            {usable.length > 1 && <Segmented label={t('responses.channel')} value={mode} onPick={setPicked} options={usable.map((value) => ({ value, label: t(`composer.mode.${value}`) }))} />}
            <div className="responses-preview"><p className="hint">{t('playbook.text', { channel: t(`composer.mode.${mode}`) })}</p><p dir="auto" className="playbook-text">{open.text.split(/(\[\[[^[\]\n]{1,80}\]\])/u).map((part, index) => (part.startsWith('[[') ? <mark key={index}>{part.slice(2, -2)}</mark> : part))}</p></div>
            <footer className="modal-foot">{usable.length === 0 && <span className="hint">{t('playbook.noWay')}</span>}<Button ref={go} tone="primary" type="submit" disabled={usable.length === 0 || open.text === ''} data-action="playbook.insert">{t('playbook.insert')}</Button></footer>
          </form>
        </div>
      )}
    </Modal>
  );
}
