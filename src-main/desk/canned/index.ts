export { deleteCanned, expandHere, importCanned, previewCanned, saveCanned, searchCanned, useCanned } from './operations.ts';
export { blanksOf } from './expand.ts';
export { cannedFromCsv, cannedToCsv } from './csv.ts';
