export { caseEnd, markOutcome } from './operations.ts';
export { outcomeReport } from './report.ts';
