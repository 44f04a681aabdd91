export { evaluatePost, goPrivate } from './operations.ts';
