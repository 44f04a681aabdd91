import { useEffect, useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import type { DecisionTree, Settings } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';
import { TreeWalk } from '../conversation/tree-walk.tsx';

type Node = Settings['decisionTree']['nodes'][number];
type Step = Node['yes'];
const OUTCOMES = ['no_answer', 'monitor', 'thank', 'fix', 'restore', 'share'] as const;
const wordOf = (step: Step): string => (step.type === 'outcome' ? `outcome:${step.outcome}` : `question:${step.node}`);

/** What can be walked is for the core to judge: it looks at every change, and refuses to keep what cannot. */
export function TreePage() {
  const saved = useApp((state) => state.settings.decisionTree);
  const [tree, setTree] = useState<DecisionTree>(saved);
  const [problem, setProblem] = useState<string | null>(null);
  const [unreached, setUnreached] = useState<readonly number[]>([]);
  const [isTrying, setTrying] = useState(false);
  useEffect(() => {
    let isOld = false;
    void ask('desk.checkTree', { tree }).then((answer) => {
      if (isOld || !answer.ok) return;
      setProblem(answer.value.problem);
      setUnreached(answer.value.unreached);
    });
    return () => { isOld = true; };
  }, [tree]);
  const isChanged = JSON.stringify(tree) !== JSON.stringify(saved);
  const set = (index: number, patch: Partial<Node>): void => setTree({ nodes: tree.nodes.map((node, i) => (i === index ? { ...node, ...patch } : node)) });
  const save = async (): Promise<void> => {
    if (!isChanged || problem !== null) return;
    const answer = await ask('settings.update', { patch: { decisionTree: tree } });
    if (!answer.ok) return setProblem(answer.error.message);
    toast(t('tree.saved'), 'good');
  };
  const options = (own: string) => [
    ...OUTCOMES.map((outcome) => ({ value: `outcome:${outcome}`, label: t(`tree.outcome.${outcome}`) })),
    ...tree.nodes.flatMap((node, index) => (node.id === own ? [] : [{ value: `question:${node.id}`, label: t('tree.goTo', { number: index + 1, question: node.question }) }])),
  ];
  const stepOf = (value: string): Step => (value.startsWith('outcome:') ? { type: 'outcome', outcome: OUTCOMES.find((one) => `outcome:${one}` === value) ?? 'no_answer' } : { type: 'question', node: value.slice('question:'.length) });
  return (
    <form className="modal-form" data-test="tree-page" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <p className="hint">{t('tree.editLead')}</p>
      {tree.nodes.map((node, index) => (
        <fieldset key={node.id} className="hours-card">
          <legend className="visually-hidden">{t('tree.question', { number: index + 1 })}</legend>
          <div className="hours-line is-wide"><TextField label={t('tree.question', { number: index + 1 })} value={node.question} dir="auto" onText={(question) => set(index, { question })} />
            {index > 0 && <IconButton label={t('tree.remove', { number: index + 1 })} onClick={() => setTree({ nodes: tree.nodes.toSpliced(index, 1) })}><Trash2 size={14} aria-hidden="true" /></IconButton>}</div>
          <div className="field-row">
            {(['yes', 'no'] as const).map((way) => <PickField key={way} label={t(`tree.${way}`)} value={wordOf(node[way])} options={options(node.id)} onPick={(value) => set(index, { [way]: stepOf(value) })} />)}
          </div>
          {unreached.includes(index) && <p className="hint">{t('tree.unreached')}</p>}
        </fieldset>
      ))}
      {isTrying && problem === null && <section className="tree-try" aria-label={t('tree.try')}><TreeWalk key={JSON.stringify(tree)} tree={tree} /></section>}
      <p className="hint is-bad" role="alert" data-test="tree-problem">{problem}</p>
      <footer className="modal-foot">
        <Button onClick={() => setTree({ nodes: [...tree.nodes, { id: crypto.randomUUID(), question: '', yes: { type: 'outcome', outcome: 'monitor' }, no: { type: 'outcome', outcome: 'no_answer' } }] })}><Plus size={13} aria-hidden="true" />{t('tree.add')}</Button>
        <Button aria-pressed={isTrying} aria-disabled={problem !== null} data-action="tree.try" onClick={() => setTrying(!isTrying)}>{t(isTrying ? 'tree.tryEnd' : 'tree.try')}</Button>
        <span className="spacer" />
        <Button tone="primary" type="submit" aria-disabled={!isChanged || problem !== null}>{t('tree.save')}</Button>
      </footer>
    </form>
  );
}
