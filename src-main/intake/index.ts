export { accept, placeWaiting, type AcceptArgs, type AcceptResult } from './accept.ts';
export { dismissHeard, takeHeard } from './heard.ts';
export { recordCall, type RecordCallArgs } from './record-call.ts';
export { importFile, type ImportDeps, type ImportOptions, type ImportProgress, type ImportReport } from './import-file.ts';
export { assignUnplaced, dismissUnplaced, makeCustomerOfUnplaced, restoreUnplaced } from './unplaced.ts';
export { callMaps, lookAtCalls, putCallMaps, readMap } from './call-maps.ts';
