export { accept, type AcceptArgs, type AcceptResult } from './accept.ts';
