export { customerFor, takeContact, type IdSource } from './operations.ts';
