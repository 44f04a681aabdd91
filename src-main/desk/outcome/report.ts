import type { OutcomeFigure, OutcomeRow, ResolvedWay, Satisfaction } from '../../../src-preload/contract/index.ts';

/** A line of the console that says something about how a matter ended, oldest first. */
export interface OutcomeLine {
  messageId: number; conversationId: string; customerName: string; at: number; by: string; code: 'done' | 'reopened' | 'outcome';
  /** Null on lines that know of no case. */
  outcome: { mark: Satisfaction | null; way: ResolvedWay; case: string } | null;
}

const WAYS: readonly ResolvedWay[] = ['public', 'private', 'phone', 'none'];

/** Matters that were marked or closed, each once: by its mark, else by its closing. What was opened again and not marked is not over. */
export function outcomeReport(lines: readonly OutcomeLine[]): { figures: OutcomeFigure[]; rows: OutcomeRow[] } {
  const cases = new Map<string, OutcomeLine>();
  const open = new Map<string, string>();
  for (const line of lines) {
    const { outcome } = line;
    if (outcome === null) {
      const last = open.get(line.conversationId);
      if (line.code === 'reopened' && last !== undefined && cases.get(last)?.code === 'done') cases.delete(last);
      continue;
    }
    open.set(line.conversationId, outcome.case);
    if (line.code === 'outcome' || cases.get(outcome.case)?.code !== 'outcome') cases.set(outcome.case, line);
  }
  const rows = [...cases.values()].flatMap(({ outcome, messageId, conversationId, customerName, at, by }): OutcomeRow[] => (outcome === null ? [] : [{ messageId, conversationId, customerName, at, by, mark: outcome.mark, way: outcome.way }]));
  const count = (way: ResolvedWay, mark: Satisfaction | null): number => rows.filter((row) => row.way === way && row.mark === mark).length;
  return {
    figures: WAYS.map((way) => ({ way, satisfied: count(way, 'satisfied'), neutral: count(way, 'neutral'), dissatisfied: count(way, 'dissatisfied'), unmarked: count(way, null) })),
    rows: rows.toSorted((a, b) => b.messageId - a.messageId),
  };
}
