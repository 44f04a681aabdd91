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
  if (ids.length === 0) return 'A decision tree needs a question.';
  if (new Set(ids).size !== ids.length) return 'Two questions have the same id.';
  const depthOf = (id: string, depth: number): string | null => {
    const node = tree.nodes.find((other) => other.id === id);
    if (node === undefined) return 'An answer leads to a question that is not there.';
    if (depth > MOST_QUESTIONS) return `“${node.question}” would be question ${depth}; ${MOST_QUESTIONS} are the most.`;
    return [node.yes, node.no].map((to) => (to.type === 'outcome' ? null : depthOf(to.node, depth + 1))).find((problem) => problem !== null) ?? null;
  };
  return depthOf(ids[0] ?? '', 1);
}
