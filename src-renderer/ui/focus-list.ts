import { focusTarget } from './focus-target.ts';

/** Out of a text field, back to where one walks: the queue, or the timeline where the queue is hidden. */
export const focusList = (): void => (focusTarget('queue') ?? focusTarget('conversation'))?.focus();
