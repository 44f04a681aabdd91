export { conversationApart, homeFinder } from './home.ts';
export { happen, homeOfFollowUp, homesOfMessages, keepFor, sideOf, writeSide, type Kept } from './happen.ts';
export { replay } from './replay.ts';
export { BLANK, combineSides, stateOfHistory, woken, type Side } from './side.ts';
