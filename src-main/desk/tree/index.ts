export { treeProblem, unreached } from './walk.ts';
export { evaluatePost, goPrivate } from './operations.ts';
