import type { QueueView } from '../../../src-preload/contract/index.ts';

export const queueViews = ['open', 'mine', 'mentioned', 'unassigned', 'vip', 'overdue', 'snoozed', 'done'] as const satisfies readonly QueueView[];
