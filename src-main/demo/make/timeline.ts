import twitter from 'twitter-text';
import { seededRandom } from '../../kernel/ids.ts';
import { people, type Agent, type Extra, type Person, type Story } from '../content/index.ts';
import { conversationOf, snowflakeAt } from '../peers/x-api/ids.ts';
import { SAMPLE_NOW } from '../sample-time.ts';

/** A person of the content with her ids. */
export type Customer = Person & { customerId: string; xUserId?: string };
export type MailItem = { customer: Customer; thread: number; index: number; at: number; from: 'in' | 'out'; subject: string; text: string; agent?: Agent; extra: Extra };
export type PostItem = { id: string; authorId: string; at: number; text: string; lang: string; inReplyToId?: string; deletedAt?: number };
export type DmItem = { id: string; conversationId: string; fromId: string; toId: string; at: number; text: string };
export type CallItem = Extract<Story, { kind: 'call' }> & { customer: Customer; at: number };
export type Timeline = { customers: Customer[]; mails: MailItem[]; posts: PostItem[]; dms: DmItem[]; calls: CallItem[] };

export const careAccount = { id: snowflakeAt(Date.UTC(2019, 2, 4, 9)), username: 'acmecare', name: 'Acme Broadband Care', createdAt: Date.UTC(2019, 2, 4, 9) };
export const mainAccount = { id: snowflakeAt(Date.UTC(2016, 8, 12, 9)), username: 'acme', name: 'Acme Broadband', createdAt: Date.UTC(2016, 8, 12, 9) };

const units = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** `2d3h10m` before SAMPLE_NOW, ms UTC. */
export function atOf(ago: string): number {
  if (!/^(?:\d+[dhm])+$/.test(ago)) throw new Error(`bad time ${ago}`);
  let ms = 0;
  for (const [, n, unit] of ago.matchAll(/(\d+)([dhm])/g)) ms += Number(n) * units[unit as keyof typeof units];
  return SAMPLE_NOW - ms;
}

const notices: readonly { account: typeof careAccount; ago: string; text: string; deletedAgo?: string }[] = [
  { account: careAccount, ago: '54d1h', text: 'Good morning from the care desk! Here for you from 7 to 22 h, every day. For anything with account numbers please write us a DM. ^RB' },
  { account: mainAccount, ago: '35d3h', text: 'Version 8.2 of our app is in the stores: no more daily log-outs, and Bengali is back.' },
  { account: careAccount, ago: '13d22h', text: 'Dock Road: a digger has cut a cable, 40 lines are out. Repair until 18 h. Business boxes with a backup card switch to mobile. ^DK' },
  { account: careAccount, ago: '3d23h', text: 'Planned works in Quaysdie on Saturday from 2 to 9 h. ^TC', deletedAgo: '3d22h' },
  { account: careAccount, ago: '3d22h', text: 'Planned works in Quayside on Saturday from 2 to 9 h. Telephone and internet are off in that time. ^TC' },
];

/** Resolves the content into dated items with ids; the same on every run. Throws when a story runs backwards or a post is too long. */
export function buildTimeline(): Timeline {
  const random = seededRandom(20_260_615);
  const customers: Customer[] = people.map((person, n) => ({
    ...person, customerId: `C-${10_001 + n * 7}`,
    ...(person.handle === undefined ? {} : { xUserId: snowflakeAt(Date.UTC(2013, 0, 5) + Math.floor(random.unit() * 11 * 365) * units.d, n) }),
  }));
  const out: Timeline = { customers, mails: [], posts: [], dms: [], calls: [] };
  let thread = 0;
  let serial = 0;

  for (const customer of customers) {
    for (const story of customer.stories) {
      thread += 1;
      if (story.kind === 'call') {
        out.calls.push({ ...story, customer, at: atOf(story.ago) - Math.floor(random.unit() * 50) * 1000 });
        continue;
      }
      let before = 0;
      const times = story.turns.map(turn => {
        const at = atOf(turn.ago) - Math.floor(random.unit() * 50) * 1000;
        if (at < before - 600_000) throw new Error(`${customer.name}: ${turn.ago} runs backwards`);
        before = Math.max(at, before + 95_000);
        if (before > SAMPLE_NOW) throw new Error(`${customer.name}: ${turn.ago} lies after SAMPLE_NOW`);
        return before;
      });
      if (story.kind === 'mail') {
        story.turns.forEach((turn, index) => out.mails.push({
          customer, thread, index, at: times[index] ?? 0, from: turn.from, subject: story.subject, text: turn.text, extra: turn.extra ?? {}, ...(turn.agent ? { agent: turn.agent } : {}),
        }));
        continue;
      }
      const self = customer.xUserId;
      if (self === undefined) throw new Error(`${customer.name} has no handle`);
      const account = story.kind === 'x' && story.to === 'acme' ? mainAccount : careAccount;
      if (story.kind === 'dm') {
        story.turns.forEach((turn, n) => {
          const at = times[n] ?? 0;
          const [fromId, toId] = turn.from === 'in' ? [self, account.id] : [account.id, self];
          out.dms.push({ id: snowflakeAt(at, serial++ % 4000), conversationId: conversationOf(fromId, toId), fromId, toId, at, text: turn.text });
        });
        continue;
      }
      let parent: string | undefined;
      story.turns.forEach((turn, n) => {
        const at = times[n] ?? 0;
        const prefix = n === 0 ? '' : turn.from === 'in' ? `@${account.username} ` : `@${customer.handle} `;
        const text = prefix + turn.text + (turn.agent ? ` ^${turn.agent}` : '');
        checkPost(text, prefix, customer.name, n === 0 && story.to !== 'none' ? `@${story.to}` : '');
        const id = snowflakeAt(at, serial++ % 4000);
        out.posts.push({
          id, authorId: turn.from === 'in' ? self : account.id, at, text, lang: customer.language,
          ...(parent === undefined ? {} : { inReplyToId: parent }), ...(turn.extra?.deleted ? { deletedAt: at + 40 * units.m } : {}),
        });
        parent = id;
      });
    }
  }
  for (const notice of notices) {
    const at = atOf(notice.ago);
    out.posts.push({ id: snowflakeAt(at, serial++ % 4000), authorId: notice.account.id, at, text: notice.text, lang: 'en', ...(notice.deletedAgo === undefined ? {} : { deletedAt: atOf(notice.deletedAgo) }) });
  }
  const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at;
  out.mails.sort(byTime);
  out.posts.sort(byTime);
  out.dms.sort(byTime);
  out.calls.sort(byTime);
  return out;
}

function checkPost(text: string, prefix: string, who: string, mention: string): void {
  const weight = twitter.parseTweet(text.slice(prefix.length)).weightedLength;
  if (weight > 280) throw new Error(`${who}: post weighs ${weight}: ${text}`);
  if (mention !== '' && !twitter.extractMentions(text).includes(mention.slice(1))) throw new Error(`${who}: first post does not mention ${mention}`);
}
