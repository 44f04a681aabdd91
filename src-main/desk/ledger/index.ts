export { give, giveOrAsk, openLedger, takeGiftBack } from './operations.ts';
export { giftWords } from './room.ts';
