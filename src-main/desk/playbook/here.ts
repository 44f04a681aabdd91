import type { ComposerMode, Output, Scenario } from '../../../src-preload/contract/index.ts';
import { tables, type ReadDb } from '../../store/index.ts';
import { textFor } from '../canned/operations.ts';
import { expandCanned } from '../canned/expand.ts';
import { variablesOf } from '../canned/variables.ts';
import { detectLanguage } from '../language.ts';
import { fitScenarios, shortForm } from './fit.ts';

const LOOK_BACK = 30;
/** What a post holds, less what our initials take. */
const POST = 270;

/** A text with its variables filled for a customer. */
export const expandFor = (db: ReadDb, text: string, conversationId: string, mode: ComposerMode, now: number): string => expandCanned(text, variablesOf(db, conversationId, mode, null, now)).text;

/** The same words on every channel: where a post has none of its own it takes the sentences that fit. Product line D37. */
export function scenarioText(db: ReadDb, scenario: Scenario, conversationId: string, mode: ComposerMode, now: number): string {
  const text = expandFor(db, textFor(scenario.texts, mode), conversationId, mode, now);
  return mode === 'reply' || mode === 'post' ? shortForm(text, POST) : text;
}

/** The playbook as it opens for a conversation: what fits what the customer wrote last comes first. Works on this machine alone. */
export function playbookHere(db: ReadDb, conversationId: string, mode: ComposerMode, now: number): Output<'playbook.here'> {
  const { playbook, limits } = tables.settingsOf(db);
  const message = tables.messagesBefore(db, conversationId, null, LOOK_BACK).find((m) => m.direction === 'inbound' && m.deleted_at === null);
  const text = message === undefined ? '' : `${message.subject ?? ''}\n${message.shown_text ?? message.text}`;
  const channel = message === undefined ? 'note' : message.kind === 'mail' ? 'email' : message.kind === 'call' ? 'phone' : 'x';
  const fits = fitScenarios(playbook, { text, language: detectLanguage(text), channel });
  const rest = playbook.filter((scenario) => !fits.some((fit) => fit.scenario.id === scenario.id)).map((scenario) => ({ scenario, words: [] }));
  return {
    scenarios: [...fits, ...rest].map(({ scenario, words }) => ({
      scenarioId: scenario.id, title: scenario.title, words: words.slice(0, 3), steps: scenario.steps, limitName: limits.find((limit) => limit.id === scenario.limitId)?.name ?? null,
      text: scenarioText(db, scenario, conversationId, mode, now),
    })),
  };
}

