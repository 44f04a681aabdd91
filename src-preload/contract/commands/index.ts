import type { z } from 'zod';
import type { command } from '../common.ts';
import { accountCommands } from './account.ts';
import { agentCommands } from './agent.ts';
import { appCommands } from './app.ts';
import { cannedCommands } from './canned.ts';
import { composerCommands } from './composer.ts';
import { conversationCommands } from './conversation.ts';
import { customerCommands } from './customer.ts';
import { deskCommands } from './desk.ts';
import { faqCommands } from './faq.ts';
import { fileCommands } from './file.ts';
import { followUpCommands } from './follow-up.ts';
import { heardCommands } from './heard.ts';
import { ledgerCommands } from './ledger.ts';
import { incidentCommands } from './incident.ts';
import { mailCommands } from './mail.ts';
import { phoneCommands } from './phone.ts';
import { playbookCommands } from './playbook.ts';
import { postCommands } from './post.ts';
import { queueCommands } from './queue.ts';
import { ruleCommands } from './rule.ts';
import { searchCommands } from './search.ts';
import { setupCommands } from './setup.ts';
import { spellCommands } from './spell.ts';
import { spendCommands } from './spend.ts';
import { unplacedCommands } from './unplaced.ts';

export { ruleActions, ruleConditions } from './rule.ts';
export { faqInput } from './faq.ts';
export { cannedInput } from './canned.ts';
export type { Rule, RuleActions, RuleConditions, RuleHit, RuleLogEntry } from './rule.ts';
export type { Faq, SuggestionHit } from './faq.ts';
export type { CannedHit, CannedResponse, CannedTexts } from './canned.ts';
export { setupArea, setupPart, type SetupArea, type SetupPart, type SetupPreview } from './setup.ts';
export type { OutcomeFigure, OutcomeRow } from './desk.ts';
export type { ScenarioHere } from './playbook.ts';
export type { Incident, IncidentPhase, Trend } from './incident.ts';
export type { LedgerLine, LedgerRoom } from './ledger.ts';
export { accountInput, type AccountInput, type FoundMailbox, type MailChange, type MailFolder, type MailSettings, type SignInInput, type SignInProvider, type TestStep } from './account.ts';

/** Every command there is, by its name `area.verb`. */
export const commands = {
  ...appCommands,
  ...queueCommands,
  ...conversationCommands,
  ...deskCommands,
  ...followUpCommands,
  ...agentCommands,
  ...composerCommands,
  ...postCommands,
  ...cannedCommands,
  ...faqCommands,
  ...ruleCommands,
  ...ledgerCommands,
  ...incidentCommands,
  ...playbookCommands,
  ...customerCommands,
  ...phoneCommands,
  ...searchCommands,
  ...accountCommands,
  ...spendCommands,
  ...spellCommands,
  ...setupCommands,
  ...heardCommands,
  ...fileCommands,
  ...mailCommands,
  ...unplacedCommands,
} as const satisfies Record<string, ReturnType<typeof command>>;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type Input<N extends CommandName> = z.input<Commands[N]['input']>;
export type Output<N extends CommandName> = z.output<Commands[N]['output']>;
