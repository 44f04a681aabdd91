import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { DecisionTree } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { setMode } from '../../state/conversation-actions.ts';
import { useApp } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';

/** Where answers lead, for showing the next question; the core walks the tree again before it writes anything down. */
function follow(tree: DecisionTree, answers: readonly boolean[]): { asked: DecisionTree['nodes'][number][]; outcome: string | null } {
  const asked: DecisionTree['nodes'][number][] = [];
  let node = tree.nodes[0];
  for (let step = 0; node !== undefined; step += 1) {
    asked.push(node);
    const answer = answers[step];
    if (answer === undefined) return { asked, outcome: null };
    const to: DecisionTree['nodes'][number]['yes'] = answer ? node.yes : node.no;
    if (to.type === 'outcome') return { asked, outcome: to.outcome };
    node = tree.nodes.find((other) => other.id === to.node);
  }
  return { asked, outcome: null };
}

/** Evaluates a public post by keys: Y and N answer, Backspace goes back, Enter writes the path down. */
export default function TreeDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const tree = useApp((state) => state.settings.decisionTree);
  const [answers, setAnswers] = useState<readonly boolean[]>([]);
  const first = useRef<HTMLButtonElement>(null);
  const last = useRef<HTMLButtonElement>(null);
  const { asked, outcome } = follow(tree, answers);
  const isWriting = useRef(false);
  useEffect(() => (outcome === null ? first : last).current?.focus(), [outcome, answers]);
  const finish = async (): Promise<void> => {
    if (isWriting.current) return;
    isWriting.current = true;
    const done = await call('desk.evaluate', { conversationId, answers: [...answers] });
    isWriting.current = false;
    if (done === null) return;
    onClose();
    // After the dialog gave the focus back, or it would take it away again.
    if (done.outcome !== 'no_answer' && done.outcome !== 'monitor') setTimeout(() => requestAnimationFrame(() => setMode(conversationId, 'reply')), 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (outcome === null && (key === 'y' || key === 'n')) setAnswers([...answers, key === 'y']);
    else if (key === 'backspace') setAnswers(answers.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = outcome === null ? asked.at(-1) : undefined;
  return (
    <Modal title={t('tree.title')} description={t('tree.lead')} onClose={onClose} initialFocus={first}>
      <div className="tree" onKeyDown={onKeyDown} data-test="tree">
        <ol className="tree-path">
          {answers.map((answer, index) => <li key={index}><span>{asked[index]?.question}</span> <strong>{answer ? t('tree.yes') : t('tree.no')}</strong></li>)}
        </ol>
        {open !== undefined && (
          <>
            <p className="tree-question" aria-live="polite">{open.question}</p>
            <div className="tree-answers">
              <Button ref={first} tone="primary" onClick={() => setAnswers([...answers, true])}>{t('tree.yes')}<kbd>Y</kbd></Button>
              <Button onClick={() => setAnswers([...answers, false])}>{t('tree.no')}<kbd>N</kbd></Button>
            </div>
          </>
        )}
        {outcome !== null && (
          <>
            <p className="tree-question" aria-live="polite" data-outcome={outcome}>{t(`tree.outcome.${outcome as 'thank'}`)}</p>
            <p className="hint">{t(`tree.todo.${outcome as 'thank'}`)}</p>
            <div className="tree-answers">
              <Button ref={last} tone="primary" onClick={() => void finish()}>{t('tree.finish')}<kbd>↵</kbd></Button>
              <Button onClick={() => setAnswers(answers.slice(0, -1))}>{t('tree.back')}</Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
