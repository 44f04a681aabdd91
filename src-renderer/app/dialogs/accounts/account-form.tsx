import { useState, type ReactNode } from 'react';
import { Check, LoaderCircle, X } from 'lucide-react';
import type { AccountInput, Output, TestStep } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { FolderChoice } from './mail-folders.tsx';

type TestResult = Output<'account.test'>;

interface AccountFormProps {
  readonly title: string;
  readonly description: string;
  /** null while something needed is missing. */
  readonly account: AccountInput | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function AccountForm({ title, description, ...rest }: AccountFormProps) {
  return <Modal title={title} description={description} onClose={rest.onClose}><AccountFields {...rest} /></Modal>;
}

const intoView = (node: HTMLElement | null): void => node?.scrollIntoView({ block: 'nearest' });

/** Test first, then save; what went wrong stands beside what was typed. */
export function AccountFields({ account, onClose, children }: Omit<AccountFormProps, 'title' | 'description'>) {
  const [work, setWork] = useState<'none' | 'test' | 'save'>('none');
  const [result, setResult] = useState<TestResult | null>(null);
  const [folders, setFolders] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (kind: 'test' | 'save'): Promise<void> => {
    if (account === null || work !== 'none') return;
    setWork(kind);
    setProblem(null);
    if (kind === 'test') {
      setResult(null);
      const answer = await ask('account.test', { account });
      if (answer.ok) setResult(answer.value);
      else setProblem(answer.error.message);
    } else {
      const answer = await ask('account.add', { account: account.channel === 'email' ? { ...account, folders: [...folders] } : account });
      if (answer.ok) {
        toast(t('account.added', { name: account.name }), 'good');
        onClose();
        return;
      }
      setProblem(answer.error.message);
    }
    setWork('none');
  };
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); void run('save'); }}>
      {children}
      {work === 'test' && <p className="test-step" role="status"><LoaderCircle size={14} className="spin" aria-hidden="true" />{t('account.testing')}</p>}
      {result !== null && <TestSteps steps={result.steps} />}
      {result !== null && result.folders.length > 2 && <fieldset className="field-set" ref={intoView}><legend>{t('folders.which')}</legend><FolderChoice folders={result.folders} chosen={folders} fresh={[]} onChoose={setFolders} /></fieldset>}
      {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
      <footer className="modal-foot">
        <Button onClick={() => void run('test')} aria-disabled={account === null || work !== 'none'} data-action="account.test">{t('account.test')}</Button>
        <span className="spacer" />
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="primary" type="submit" aria-disabled={account === null || work !== 'none'} data-action="account.save">{work === 'save' ? t('account.saving') : t('account.save')}</Button>
      </footer>
    </form>
  );
}

/** What was tried, in order; a failed step is the last. */
export function TestSteps({ steps }: { steps: readonly TestStep[] }) {
  return (
    <ol className="test-steps" aria-label={t('account.testSteps')} role="list">
      {steps.map((step) => (
        <li key={step.step} className={`test-step ${step.ok ? 'is-good' : 'is-bad'}`}>
          {step.ok ? <Check size={14} aria-hidden="true" /> : <X size={14} aria-hidden="true" />}
          <span><strong>{step.step}</strong> {step.message}{step.advice !== undefined && <em className="test-advice">{step.advice}</em>}</span>
        </li>
      ))}
    </ol>
  );
}
