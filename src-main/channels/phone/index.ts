export { phoneParty, readNumber } from './number.ts';
