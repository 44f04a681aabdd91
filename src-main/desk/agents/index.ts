export { addAgent, agentsOf, putOwn, useSeat } from './operations.ts';
