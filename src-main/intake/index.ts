export { accept, type AcceptArgs, type AcceptResult } from './accept.ts';
export { importFile, type ImportDeps, type ImportOptions, type ImportProgress, type ImportReport } from './import-file.ts';
