export { dropFollowUp, finishFollowUp, reopenFollowUp, saveFollowUp } from './operations.ts';
