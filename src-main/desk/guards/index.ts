export { checkDraft } from './check-draft.ts';
export { sizeProblem } from './mail-size.ts';
