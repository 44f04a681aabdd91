export { give, openLedger, takeGiftBack } from './operations.ts';
