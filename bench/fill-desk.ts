// A workspace with many conversations, filled past the intake so that it takes seconds: for benches only.
import { createIds, manualClock, seededRandom } from '../src-main/kernel/index.ts';
import { refreshConversation } from '../src-main/desk/index.ts';
import { openStore, tables, type Store } from '../src-main/store/index.ts';

const PAGE = 500;
const WORDS = 'router fibre invoice parcel line outage refund engineer visit appointment number street morning speed contract cable modem light password station charge delay answer letter neighbour office signal'.split(' ');

export interface Filled { store: Store; conversations: string[]; /** The one with `longest` messages. */ longest: string; end: number; accountId: string }

/** `vocabulary`: words beside the common ones, the first of them often, the last hardly ever. `messages` spread over `open` conversations, each waiting; one of them has `longest`. */
export function fillDesk(path: string, { open, messages, longest, vocabulary = 0 }: { open: number; messages: number; longest: number; vocabulary?: number }): Filled {
  const store = openStore(path);
  const random = seededRandom(11);
  const ids = createIds(manualClock(), random);
  const end = Date.now() - 60_000;
  const begin = end - 20 * 86_400_000;
  const accountId = ids.next();
  const conversations: string[] = [];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.unit() * from.length)] as T;
  const sentence = (): string => Array.from({ length: 6 + Math.floor(random.unit() * 40) }, () => (vocabulary > 0 && random.unit() < 0.6 ? `w${Math.floor(vocabulary * random.unit() ** 3).toString(36)}` : pick(WORDS))).join(' ');
  const by = { at: begin, agent: 'bench' };
  store.run({ name: 'bench.account', apply: ({ db }) => tables.putAccount(db, { id: accountId, channel: 'x', name: 'Care', address: '@acmecare', config: {}, isConnected: false }, begin) }, null, by);
  const each = Math.max(1, Math.floor((messages - longest) / open));
  for (let from = 0; from < open; from += PAGE) {
    store.run({
      name: 'bench.fill', summarise: () => null,
      apply: (tx) => {
        for (let n = from; n < Math.min(open, from + PAGE); n += 1) {
          const customerId = ids.next();
          const conversationId = ids.next();
          const identityId = ids.next();
          tables.insertCustomer(tx.db, { id: customerId, name: `Customer ${n}`, isNamed: true, createdAt: begin });
          tables.insertIdentity(tx.db, { id: identityId, customerId, kind: 'x', value: String(10_000 + n), display: `@customer${n}`, basis: 'contact', linkedBy: 'bench', linkedAt: begin });
          tables.insertConversation(tx.db, { id: conversationId, customerId, state: 'open', createdAt: begin });
          conversations.push(conversationId);
          const count = n === 0 ? longest : each;
          const at = Array.from({ length: count }, () => begin + Math.floor(random.unit() * (end - begin))).sort((a, b) => a - b);
          at.forEach((time, i) => {
            const isOurs = i < count - 1 && random.unit() < 0.4;
            tables.insertMessage(tx.db, {
              conversationId, identityId, accountId, externalId: `b${n}-${i}`, kind: 'post', direction: isOurs ? 'outbound' : 'inbound', at: time, author: isOurs ? '@acmecare' : `Customer ${n}`, address: `@customer${n}`,
              subject: null, text: `${i === count - 1 && n % 40 === 0 ? 'urgent ' : ''}${sentence()}`, refs: null, requestId: null, arrivedAt: time,
              detail: { type: 'post', postId: `${n}-${i}`, url: '', inReplyTo: null, conversationId: `${n}`, quoted: null, isPromoted: false, replyAllowed: true },
            });
          });
          refreshConversation(tx, conversationId);
        }
      },
    }, null, { at: end, agent: 'bench' });
  }
  return { store, conversations, longest: conversations[0] ?? '', end, accountId };
}

export function figures(name: string, times: number[], limit?: string): string {
  times.sort((a, b) => a - b);
  const at = (share: number): string => `${(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2)} ms`;
  return `${name.padEnd(46)}  p50 ${at(0.5)}  p95 ${at(0.95)}  worst ${at(1)}  n ${times.length}${limit === undefined ? '' : `  (wanted: ${limit})`}\n`;
}
