export { numberTyped, phoneParty, readNumber } from './number.ts';
