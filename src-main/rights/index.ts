export { erasePerson, type EraseReport } from './erase.ts';
export { exportPerson } from './export.ts';
