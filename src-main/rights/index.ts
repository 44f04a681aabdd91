export { erasePerson, previewErase, type EraseReport } from './erase.ts';
export { exportPerson } from './export.ts';
export { savePerson } from './save.ts';
