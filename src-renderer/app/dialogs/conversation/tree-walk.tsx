import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { DecisionTree } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { Button } from '../../../ui/button.tsx';

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

interface Props {
  readonly tree: DecisionTree;
  /** Where a dialog puts the focus first. */
  readonly first?: RefObject<HTMLButtonElement | null>;
  /** What the end is for; without it the walk begins anew. */
  readonly onFinish?: (answers: readonly boolean[]) => void;
}

/** Y and N answer, Backspace goes back, Enter ends. */
export function TreeWalk({ tree, first: given, onFinish }: Props) {
  const [answers, setAnswers] = useState<readonly boolean[]>([]);
  const own = useRef<HTMLButtonElement>(null);
  const first = given ?? own;
  const last = useRef<HTMLButtonElement>(null);
  const { asked, outcome } = follow(tree, answers);
  const isBegun = useRef(given !== undefined);
  useEffect(() => { if (isBegun.current) (outcome === null ? first : last).current?.focus(); }, [outcome, answers, first]);
  const go = (next: readonly boolean[]): void => {
    isBegun.current = true;
    setAnswers(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (outcome === null && (key === 'y' || key === 'n')) go([...answers, key === 'y']);
    else if (key === 'backspace') go(answers.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = outcome === null ? asked.at(-1) : undefined;
  return (
    <div className="tree" onKeyDown={onKeyDown} data-test="tree">
      <ol className="tree-path">
        {answers.map((answer, index) => <li key={index}><span dir="auto">{asked[index]?.question}</span> <strong>{answer ? t('tree.yes') : t('tree.no')}</strong></li>)}
      </ol>
      {open !== undefined && (
        <>
          <p className="tree-question" aria-live="polite" dir="auto">{open.question}</p>
          <div className="tree-answers">
            <Button ref={first} tone="primary" onClick={() => go([...answers, true])}>{t('tree.yes')}<kbd>Y</kbd></Button>
            <Button onClick={() => go([...answers, false])}>{t('tree.no')}<kbd>N</kbd></Button>
          </div>
        </>
      )}
      {outcome !== null && (
        <>
          <p className="tree-question" aria-live="polite" data-outcome={outcome}>{t(`tree.outcome.${outcome as 'thank'}`)}</p>
          <p className="hint">{t(`tree.advice.${outcome as 'thank'}`)}</p>
          <div className="tree-answers">
            <Button ref={last} tone="primary" onClick={() => (onFinish === undefined ? go([]) : onFinish(answers))}>{t(onFinish === undefined ? 'tree.again' : 'tree.finish')}<kbd>↵</kbd></Button>
            <Button onClick={() => go(answers.slice(0, -1))}>{t('tree.back')}</Button>
          </div>
        </>
      )}
    </div>
  );
}
