import type { Input, Settings } from '../../../src-preload/contract/index.ts';
import { adoption } from '../../calls/index.ts';
import { numberTyped, phoneParty } from '../../channels/phone/index.ts';
import {
  addNote, capabilitiesOf, discardDraft, logCall, markDone, markRead, parseTime, reopen, saveDraft, snooze, updateCustomer, zoneOffsetMinutes,
} from '../../desk/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { again, approve, composeSend, discard, enqueue, giveBack, isContinued, leadingOf, lookAt, previewParts, retry, sendNow, settle, undo } from '../../outbox/index.ts';
import { assertWithinLimit } from '../../spending/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, assertProved, by, bytesIn, did, settingsNow, type HandlerContext } from './context.ts';

type Names =
  | 'conversation.open' | 'conversation.older' | 'conversation.newer' | 'conversation.markRead' | 'desk.claim' | 'desk.keep' | 'desk.release' | 'desk.assign' | 'desk.done' | 'desk.reopen' | 'desk.snooze' | 'desk.parseTime'
  | 'draft.save' | 'draft.discard' | 'draft.parts' | 'reply.send' | 'outbox.undo' | 'outbox.sendNow' | 'outbox.retry' | 'outbox.discard' | 'outbox.settle' | 'outbox.again' | 'outbox.look' | 'outbox.approve' | 'outbox.giveBack' | 'outbox.list' | 'note.add'
  | 'call.log' | 'customer.find' | 'customer.update' | 'customer.entries' | 'search.query';

/** Entries looked through for what can be answered: the newest of each channel lie well within. */
const COMPOSE_LOOK_BACK = 100;

export const conversationHandlers = (c: HandlerContext): Pick<Handlers, Names> => {
  const db = () => c.workspace().store.read;
  /** What is to leave, made from what was asked for by whoever has these settings. */
  const composed = (input: Input<'reply.send'>, settings: Settings): ReturnType<typeof composeSend> => {
    const { ids, fileProblem, splitPost, priceOf, files } = c.workspace();
    const args = composeSend(db(), input, { ids, agent: settings.agentName, settings, now: c.clock.now(), fileProblem, splitPost, bytesOf: bytesIn(files) });
    if (input.evenOverLimit !== true) {
      assertWithinLimit(db(), { accountId: args.accountId, usd: [args, ...(args.thread?.rest ?? [])].reduce((usd, { item }) => usd + priceOf(args.mode, item.text, isContinued(item)), 0) }, (o) => priceOf(o.mode, o.item.text, isContinued(o.item)), c.clock.now());
    }
    return args;
  };
  return {
    'conversation.open': ({ conversationId: asked, limit, around }) => {
      // Links, windows and lists may still name a conversation that was merged into another one.
      const conversationId = tables.shownConversation(db(), asked) ?? asked;
      const [conversation] = tables.conversationRows(db(), [conversationId]);
      const customer = conversation && tables.customerView(db(), conversation.customerId);
      if (!conversation || !customer) throw new ParleyError('not_found', 'This conversation is not here any more.');
      const page = tables.entriesBefore(db(), conversationId, null, limit);
      const newest = limit >= COMPOSE_LOOK_BACK ? page.entries : tables.entriesBefore(db(), conversationId, null, COMPOSE_LOOK_BACK).entries;
      return {
        conversation, customer, ...page, around: around === null ? null : tables.entriesAround(db(), conversationId, around, limit), drafts: tables.draftsOf(db(), conversationId, settingsNow(c).agentInitials),
        capabilities: capabilitiesOf({
          accounts: tables.accounts(db()), identities: customer.identities, newest: newest.toReversed(), prices: c.workspace().prices,
          competitors: settingsNow(c).competitors,
          readLimits: { customer: tables.readLimitOf(db(), customer.id), ...settingsNow(c).readLimits },
        }),
      };
    },
    'conversation.older': ({ conversationId, before, limit }) => tables.entriesBefore(db(), conversationId, before, limit),
    'conversation.newer': ({ conversationId, after, limit }) => tables.entriesAfter(db(), conversationId, after, limit),
    'conversation.markRead': (input) => did(c, markRead, input),
    'desk.claim': ({ conversationId, takeOver, word }) => c.workspace().claims.claim(by(c).agent, conversationId, { takeOver, word }),
    'desk.keep': ({ conversationId }) => c.workspace().claims.keep(by(c).agent, conversationId),
    'desk.release': ({ conversationId }) => c.workspace().claims.release(by(c).agent, conversationId),
    'desk.assign': ({ conversationId, owner, word }) => c.workspace().claims.assign(by(c).agent, conversationId, { owner, word }),
    'desk.done': (input) => did(c, markDone, input),
    'desk.reopen': (input) => did(c, reopen, input),
    'desk.snooze': (input) => did(c, snooze, input),
    'desk.parseTime': ({ text }) => ({ at: parseTime(text, settingsNow(c).officeZone, c.clock.now()) }),
    'draft.save': (input) => did(c, saveDraft, input),
    'draft.discard': (input) => did(c, discardDraft, input),
    'reply.send': (input) => {
      const args = composed(input, settingsNow(c));
      const { seq, value } = act(c, enqueue, args);
      return { seq, ...value };
    },
    'draft.parts': ({ mode, text, isNumbered, inReplyTo }) => {
      const { priceOf, splitPost } = c.workspace();
      const accountId = inReplyTo === null ? null : tables.messageById(db(), inReplyTo)?.account_id;
      const leading = mode === 'reply' && accountId != null ? leadingOf(db(), inReplyTo, tables.accountById(db(), accountId)?.address ?? '') : [];
      return { parts: previewParts({ mode, text, isNumbered, leading }, settingsNow(c), splitPost).map((part, i) => ({ text: part.text, weight: part.weight, usd: priceOf(mode, part.text, i > 0) })) };
    },
    'outbox.undo': (input) => {
      const { seq, value } = act(c, undo, input);
      return { seq, draft: value };
    },
    'outbox.discard': (input) => {
      const { seq, value } = act(c, discard, input);
      return { seq, draft: value };
    },
    'outbox.sendNow': (input) => did(c, sendNow, input),
    'outbox.retry': (input) => did(c, retry, input),
    'outbox.settle': (input) => did(c, settle, input),
    'outbox.again': (input) => {
      const { seq, value } = act(c, again, { ...input, ids: c.workspace().ids });
      return { seq, draft: value };
    },
    'outbox.look': ({ outboxId }) => lookAt(db(), outboxId),
    'outbox.approve': ({ outboxId, text, evenOverLimit, ...consent }) => {
      assertProved(c);
      const asked = tables.outboxById(db(), outboxId);
      const input = asked?.look?.input ?? null;
      if (asked === undefined || input === null || text === null || text === lookAt(db(), outboxId).text) return did(c, approve, { outboxId, ...consent, changed: null });
      const { schedule, ...rest } = input;
      const isPlanned = (asked.heldUntil ?? 0) > c.clock.now();
      const writer = tables.agents(db()).find((agent) => agent.initials === asked.agent);
      const changed = composed({ ...rest, requestId: c.workspace().ids.next(), text, evenOverLimit, readAgain: consent.readAgain, ...(isPlanned && schedule !== undefined ? { schedule } : {}) }, tables.settingsFor(db(), writer?.id ?? null));
      return did(c, approve, { outboxId, ...consent, changed });
    },
    'outbox.giveBack': (input) => {
      assertProved(c);
      return did(c, giveBack, input);
    },
    'outbox.list': () => ({ rows: tables.outboxViews(db(), 'unfinished') }),
    'note.add': (input) => {
      const { seq, value } = act(c, addNote, { ...input, author: settingsNow(c).agentName });
      return { seq, ...value };
    },
    'call.log': (input) => {
      const settings = settingsNow(c);
      const party = phoneParty(input.number, settings.defaultRegion, null);
      if (party === null && input.number.trim() !== '') throw new ParleyError('bad_input', `"${input.number.slice(0, 40)}" is no telephone number.`);
      if (input.startedAt > c.clock.now() + 60_000) throw new ParleyError('bad_input', 'A call cannot have begun in the future.');
      const { phoneAccountId, ids } = c.workspace();
      const adopts = input.callId === null || input.conversationId === null ? null : adoption(db(), phoneAccountId, input.callId, input.conversationId);
      if (adopts) act(c, adopts.operation, { survivorId: adopts.survivorId, mergedId: adopts.mergedId, reason: 'The call was logged here', ids });
      const { seq, value } = act(c, logCall, {
        requestId: input.requestId, conversationId: input.conversationId, accountId: c.workspace().phoneAccountId, party, at: Math.min(input.startedAt, c.clock.now()),
        author: settings.agentName, text: input.note, ids: c.workspace().ids, externalId: input.callId === null ? null : `call:${input.callId}`,
        marks: input.marks.map((mark) => ({ ...mark, id: c.workspace().ids.next() })),
        callBack: input.callBackAt === null ? null : { id: c.workspace().ids.next(), at: input.callBackAt, note: `Call back${party === null ? '' : ` ${party.display}`}` },
        detail: {
          type: 'call', number: party?.display ?? '', callDirection: input.direction, startedAt: input.startedAt, durationMs: input.durationMs, outcome: input.outcome,
          agent: settings.agentInitials, disposition: input.disposition,
        },
      });
      if (input.callId !== null) c.workspace().calls.logged(input.callId);
      return { seq, ...value };
    },
    'customer.find': ({ text, limit }) => {
      const wanted = text.trim();
      if (wanted === '') return { customers: [] };
      return {
        customers: tables.findCustomers(db(), { text: wanted, number: numberTyped(wanted, settingsNow(c).defaultRegion) }, limit)
          .map((row) => ({ id: row.id, name: row.name, isVip: row.is_vip === 1, match: row.match, conversationId: row.conversation_id })),
      };
    },
    'customer.update': (input) => did(c, updateCustomer, input),
    'customer.entries': ({ customerId, kind, before, limit }) => {
      const conversation = tables.conversationOfCustomer(db(), customerId);
      return conversation ? tables.entriesOfKindBefore(db(), conversation.id, kind, before, limit) : { entries: [], hasOlder: false };
    },
    'search.query': async ({ text, before, limit }) => {
      const started = performance.now();
      const found = await c.workspace().reader.search({ text, before, limit, zoneOffsetMinutes: zoneOffsetMinutes(settingsNow(c).officeZone, c.clock.now()) });
      return { ...found, tookMs: performance.now() - started };
    },
  };
};
