export { phoneParty } from './number.ts';
