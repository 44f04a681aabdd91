import { importCalls } from './calls-csv.ts';
import { importCustomers } from './customers-csv.ts';
import type { Importer, ImportFormat } from './importer.ts';
import { importEml, importMaildir } from './mail-files.ts';
import { importMbox } from './mbox.ts';
import { importXArchive } from './x-archive.ts';

export { PROBLEM_COLUMN, guessMap, missingOf, signatureOf } from './call-map.ts';
export { isOwnList, previewCalls } from './calls-csv.ts';
export { readSheet } from './csv.ts';
export { detectFormat } from './detect.ts';
export { findOwnAddresses } from './own-address.ts';
export type { ImportContext, Importer, ImportFormat, ImportStep } from './importer.ts';

export const importers: Record<ImportFormat, Importer> = {
  mbox: importMbox, maildir: importMaildir, eml: importEml, 'x-archive': importXArchive, 'calls-csv': importCalls, 'customers-csv': importCustomers,
};

export const channelOfFormat: Record<ImportFormat, 'email' | 'x' | 'phone'> = {
  mbox: 'email', maildir: 'email', eml: 'email', 'x-archive': 'x', 'calls-csv': 'phone', 'customers-csv': 'phone',
};
