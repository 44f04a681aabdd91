import type { Migration } from './migration.ts';

/** The mark of the present matter, for its row; the marks themselves are lines of the timeline. */
export const outcomes = { version: 240, name: 'outcomes', rewrites: false, up: (exec) => exec('ALTER TABLE conversation ADD COLUMN outcome TEXT;') } satisfies Migration;
