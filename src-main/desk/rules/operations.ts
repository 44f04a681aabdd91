import type { EntryDetail, RuleActions, RuleConditions, RuleHit } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables, type Operation, type ReadDb, type Tx } from '../../store/index.ts';
import { detectLanguage } from '../language.ts';
import { refreshConversation } from '../refresh.ts';
import { happen, homesOfMessages } from '../sides/index.ts';
import { isOpenAt } from '../sla/business-time.ts';
import { evaluateRules, fits, type RuleFacts } from './evaluate.ts';

/** Messages a rule is tried on before it is switched on. */
const TRIED = 200;
const EXCERPT = 140;

const channelOf = (kind: tables.MessageRow['kind']): RuleFacts['channel'] => (kind === 'post' || kind === 'dm' ? 'x' : kind === 'mail' ? 'email' : kind === 'call' ? 'phone' : 'note');

function factsOf(db: ReadDb, message: tables.MessageRow): RuleFacts {
  const customerId = tables.conversationCore(db, message.conversation_id)?.customerId ?? '';
  const customer = tables.customerRow(db, customerId);
  const settings = tables.settingsOf(db);
  const text = `${message.subject ?? ''}\n${message.shown_text ?? message.text}`;
  return {
    text, accountId: message.account_id, channel: channelOf(message.kind), isVip: customer?.is_vip === 1, tags: tables.tagsOf(db, customerId),
    handles: [...tables.identitiesOf(db, customerId).map((i) => i.display), ...(message.address === null ? [] : [message.address])],
    language: customer?.language?.slice(0, 2).toLowerCase() ?? detectLanguage(text),
    isInsideHours: isOpenAt(settings.sla.calendars[0] ?? null, settings.officeZone, message.at),
  };
}

/** Lets the rules that are on look at a message that has just come in. Its conversation is refreshed by whoever took the message in. */
export function applyRules(tx: Tx, messageId: number, rules = tables.rulesOn(tx.db)): void {
  const message = rules.length === 0 ? undefined : tables.messageById(tx.db, messageId);
  const core = message && tables.conversationCore(tx.db, message.conversation_id);
  if (!message || !core || isAutomatic(JSON.parse(message.detail) as EntryDetail)) return;
  const [home = core.customerId] = homesOfMessages(tx.db, core, [messageId]);
  for (const { ruleId, ruleName, ...effect } of evaluateRules(rules, { ...factsOf(tx.db, message), ownTags: tables.ownFields(tx.db, home).tags })) {
    const now = tables.conversationCore(tx.db, core.id) ?? core;
    const owner = now.owner === null ? effect.owner : null;
    if (effect.owner !== null) happen(tx, now, { type: 'ruled', owner: effect.owner }, [home]);
    if (effect.tags.length > 0) {
      tables.tagAtHome(tx.db, home, { add: effect.tags });
      tx.touch('customer', core.customerId);
    }
    if (effect.priority === null && owner === null && effect.cannedId === null && effect.tags.length === 0) continue;
    tables.logRule(tx.db, { ruleId, ruleName, conversationId: core.id, messageId, did: { ...effect, owner } }, tx.at);
  }
}

const isAutomatic = (detail: EntryDetail): boolean => detail.type === 'mail' && detail.automatic !== 'no';

export const saveRule: Operation<{ id: string; isNew: boolean; name: string; isOn: boolean; conditions: RuleConditions; actions: RuleActions }, void> = {
  name: 'rule.save',
  apply(tx, { isNew, ...rule }) {
    if (!isNew && !tables.hasRule(tx.db, rule.id)) throw new ParleyError('not_found', 'This rule was deleted meanwhile.');
    const { priority, owner, tags, cannedId } = rule.actions;
    if (priority === null && owner === null && cannedId === null && tags.length === 0) throw new ParleyError('bad_input', `“${rule.name}” does nothing yet.`);
    tables.putRule(tx.db, rule, tx.at, tx.agent);
  },
};

export const deleteRule: Operation<{ ruleId: string }, void> = { name: 'rule.delete', apply: (tx, { ruleId }) => tables.deleteRule(tx.db, ruleId) };

export const orderRules: Operation<{ ruleIds: string[] }, void> = { name: 'rule.order', apply: (tx, { ruleIds }) => ruleIds.forEach((id, place) => tables.setRulePlace(tx.db, id, place + 1)) };

/** Takes back what a rule did to a conversation, and keeps in its log that it was wrong. */
export const correctRule: Operation<{ logId: number }, void> = {
  name: 'rule.correct',
  apply(tx, { logId }) {
    const entry = tables.ruleLogById(tx.db, logId);
    if (!entry) throw new ParleyError('not_found', 'This is not in the log any more.');
    const core = tables.conversationCore(tx.db, entry.conversationId);
    if (!core || entry.correctedBy !== null) return;
    const [home = core.customerId] = homesOfMessages(tx.db, core, [entry.messageId]);
    if (entry.did.owner !== null) happen(tx, core, { type: 'unruled', owner: entry.did.owner }, [home]);
    if (entry.did.tags.length > 0) {
      tables.tagAtHome(tx.db, home, { remove: entry.did.tags });
      tx.touch('customer', core.customerId);
    }
    tables.correctRule(tx.db, logId, tx.at, tx.agent);
    refreshConversation(tx, core.id);
  },
};

/** What a rule would have done to the newest messages. */
export function tryRule(db: ReadDb, rule: { conditions: RuleConditions }): { looked: number; hits: RuleHit[] } {
  const newest = tables.newestInbound(db, TRIED);
  const hits = newest.flatMap(({ id, customerName }): RuleHit[] => {
    const message = tables.messageById(db, id);
    if (!message || !fits(rule.conditions, factsOf(db, message))) return [];
    return [{ messageId: id, conversationId: message.conversation_id, customerName, at: message.at, excerpt: (message.subject ?? message.shown_text ?? message.text).replace(/\s+/g, ' ').slice(0, EXCERPT) }];
  });
  return { looked: newest.length, hits };
}
