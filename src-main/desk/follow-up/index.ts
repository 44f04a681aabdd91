export { dropFollowUp, finishFollowUp, reopenFollowUp, saveFollowUp } from './operations.ts';
export { endOnReply } from './coming.ts';
