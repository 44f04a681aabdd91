export { deleteCanned, expandHere, importCanned, previewCanned, saveCanned, searchCanned, useCanned } from './operations.ts';
export { cannedFromCsv, cannedToCsv } from './csv.ts';
