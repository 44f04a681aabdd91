export { customerFor, takeContact, type IdSource } from './operations.ts';
export { nameOf } from './matching.ts';
