import type { DecisionTree, TreeOutcome } from '../../../src-preload/contract/index.ts';

/** A post is evaluated in at most this many answers (product line D27). */
export const MOST_QUESTIONS = 5;

export interface Walk {
  path: { question: string; yes: boolean }[];
  /** Null while a question is open. */
  outcome: TreeOutcome | null;
  /** The question that is open; null at an outcome. */
  question: string | null;
}

/** Follows answers from the first question on. Answers after an outcome are not looked at. */
export function walkTree(tree: DecisionTree, answers: readonly boolean[]): Walk {
  const path: Walk['path'] = [];
  let node = tree.nodes[0];
  for (const yes of answers) {
    if (node === undefined) break;
    path.push({ question: node.question, yes });
    const to: DecisionTree['nodes'][number]['yes'] = yes ? node.yes : node.no;
    if (to.type === 'outcome') return { path, outcome: to.outcome, question: null };
    node = tree.nodes.find((other) => other.id === to.node);
  }
  return { path, outcome: null, question: node?.question ?? null };
}

/** Why a tree cannot be walked, in one sentence; null when every way ends in time. */
export function treeProblem(tree: DecisionTree): string | null {
  const ids = tree.nodes.map((node) => node.id);
  const [first] = ids;
  if (first === undefined) return 'A decision tree needs a question.';
  if (new Set(ids).size !== ids.length) return 'Two questions have the same id.';
  const unasked = tree.nodes.find((node) => node.question.trim() === '');
  if (unasked !== undefined) return `Question ${ids.indexOf(unasked.id) + 1} has no words yet.`;
  const below = (id: string, before: readonly DecisionTree['nodes'][number][]): string | null => {
    const from = before.at(-1);
    const node = tree.nodes.find((other) => other.id === id);
    if (node === undefined) return `An answer to “${from?.question ?? ''}” leads to a question that is not there.`;
    if (node === from) return `“${node.question}” leads back to itself: it would never end.`;
    if (before.includes(node)) return `“${from?.question ?? ''}” leads back to “${node.question}”: it would never end.`;
    if (before.length >= MOST_QUESTIONS) return `“${node.question}” would be question ${before.length + 1}; ${MOST_QUESTIONS} are the most.`;
    return [node.yes, node.no].map((to) => (to.type === 'outcome' ? null : below(to.node, [...before, node]))).find((problem) => problem !== null) ?? null;
  };
  return below(first, []);
}

/** Questions no answer leads to, by their place. */
export function unreached(tree: DecisionTree): number[] {
  const reached = new Set<string>();
  const walk = (id: string | undefined): void => {
    const node = tree.nodes.find((other) => other.id === id);
    if (node === undefined || reached.has(node.id)) return;
    reached.add(node.id);
    for (const to of [node.yes, node.no]) if (to.type === 'question') walk(to.node);
  };
  walk(tree.nodes[0]?.id);
  return tree.nodes.flatMap((node, index) => (reached.has(node.id) ? [] : [index]));
}
