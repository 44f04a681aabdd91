export { checkDraft } from './check-draft.ts';
