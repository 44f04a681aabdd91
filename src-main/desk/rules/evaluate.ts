import type { RuleActions, RuleConditions } from '../../../src-preload/contract/index.ts';
import { findUrgentWord } from '../urgent-words.ts';

export interface RunnableRule { id: string; name: string; conditions: RuleConditions; actions: RuleActions }

/** What rules look at, of one message that came in. */
export interface RuleFacts {
  text: string;
  accountId: string | null;
  /** Handle, address and number of the customer, as written. */
  handles: readonly string[];
  language: string | null;
  tags: readonly string[];
  /** Those of whoever wrote it, when they are shown together with somebody else. */
  ownTags?: readonly string[];
  isVip: boolean;
  channel: 'x' | 'email' | 'phone' | 'note';
  isInsideHours: boolean;
}

export interface RuleEffect {
  ruleId: string;
  ruleName: string;
  priority: 'raise' | 'lower' | null;
  tags: string[];
  owner: string | null;
  cannedId: string | null;
}

const bare = (handle: string): string => handle.trim().toLowerCase().replace(/^@/, '');
const any = <T>(wanted: readonly T[], fits: (one: T) => boolean): boolean => wanted.length === 0 || wanted.some(fits);

/** All conditions must hold; within a list one is enough, and an empty list asks nothing. */
export const fits = (conditions: RuleConditions, facts: RuleFacts): boolean =>
  (conditions.channels.length === 0 || conditions.channels.some((channel) => channel === facts.channel))
  && any(conditions.accountIds, (id) => id === facts.accountId)
  && any(conditions.languages, (language) => language === facts.language)
  && (conditions.segment === 'any' || (conditions.segment === 'vip') === facts.isVip)
  && (conditions.hours === 'any' || (conditions.hours === 'inside') === facts.isInsideHours)
  && any(conditions.tags, (tag) => facts.tags.includes(tag))
  && any(conditions.handles, (handle) => facts.handles.some((own) => bare(own) === bare(handle)))
  && (conditions.words.length === 0 || findUrgentWord(facts.text, conditions.words) !== null);

/** What the rules do to a message, in their order: the first that sets a priority, an owner or a response decides it; tags add up. Product line D6. */
export function evaluateRules(rules: readonly RunnableRule[], facts: RuleFacts): RuleEffect[] {
  let { priority, owner, cannedId }: Pick<RuleEffect, 'priority' | 'owner' | 'cannedId'> = { priority: null, owner: null, cannedId: null };
  const tags = new Set<string>(facts.ownTags ?? facts.tags);
  const effects: RuleEffect[] = [];
  for (const { id, name, conditions, actions } of rules) {
    if (!fits(conditions, facts)) continue;
    const effect: RuleEffect = {
      ruleId: id, ruleName: name, priority: priority === null ? actions.priority : null, owner: owner === null ? actions.owner : null, cannedId: cannedId === null ? actions.cannedId : null,
      tags: actions.tags.filter((tag) => !tags.has(tag)),
    };
    priority ??= effect.priority;
    owner ??= effect.owner;
    cannedId ??= effect.cannedId;
    for (const tag of effect.tags) tags.add(tag);
    if (effect.priority !== null || effect.owner !== null || effect.cannedId !== null || effect.tags.length > 0) effects.push(effect);
  }
  return effects;
}
