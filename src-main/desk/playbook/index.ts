export { shortForm } from './fit.ts';
export { expandFor, playbookHere } from './here.ts';
