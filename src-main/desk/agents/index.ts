export { addAgent, agentsOf, putOwn, useSeat } from './operations.ts';
export { assertMayRule, changesRules, checkPin, clearPin, setPin, setRole } from './access.ts';
export { assertMayChange, type AgentSeen, type SaidBy } from './may-change.ts';
export { accessHere, isToBeLookedAt, lookProblem } from './second-look.ts';
export { hashPin } from './pin.ts';
