export { deleteFaq, importFaq, saveFaq, useFaq } from './operations.ts';
export { faqFromCsv, faqToCsv } from './csv.ts';
export { findFaq } from './find.ts';
