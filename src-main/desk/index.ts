export * from './operations.ts';
export { refreshConversation, channelOf } from './refresh.ts';
export { rankConversation, type PriorityFacts } from './priority.ts';
export { findUrgentWord } from './urgent-words.ts';
export { waitingTurns, weightOf, type Turn } from './waiting.ts';
export { parseTime } from './parse-time.ts';
export { startAlarms } from './alarms.ts';
