import type * as Nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import { lazyPackage } from '../kernel/lazy.ts';
import { activityTexts, type Texts } from './activity-texts.ts';
import { people, type Language } from './content/index.ts';
import type { ImapPeer } from './peers/imap/index.ts';
import type { SmtpMessage } from './peers/smtp.ts';
import type { PeerEvent, XPeer } from './peers/x-api/index.ts';

const library = lazyPackage<typeof Nodemailer>('nodemailer');

/** Something of ours a customer may answer. */
type Chance =
  | { kind: 'mail'; key: string; raw: Buffer; to: string }
  | { kind: 'post'; key: string; customerId: string; postId: string; account: string }
  | { kind: 'dm'; key: string; customerId: string; accountId: string };

export type Activity = {
  set(on: boolean): void;
  /** An accepted mail of ours. */
  mailSent(message: SmtpMessage): void;
  /** A post or DM of ours. */
  xSent(event: PeerEvent): void;
  /** Resolves when every reaction that fell due has been delivered. */
  settled(): Promise<void>;
};

export type ActivityOptions = { clock: Clock; random: Random; x: XPeer; imap: ImapPeer; mailbox: string; accountIds: readonly string[]; isUp: () => boolean };

const meanMs = 90_000;

/** Makes customers write back: the first 20 to 40 s after a reply of ours, then about every 90 s, now and then unasked. */
export function createActivity(options: ActivityOptions): Activity {
  const { clock, random, x, imap } = options;
  const chances: Chance[] = [];
  let isOn = false;
  let isFirst = true;
  let cancel: (() => void) | undefined;
  let serial = 0;
  let work: Promise<void> = Promise.resolve();
  const used = new Map<readonly unknown[], number>();

  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random.unit() * list.length)];

  // Walks every list from a random start, so that nobody repeats himself soon.
  function next<T>(list: readonly T[]): T | undefined {
    const n = (used.get(list) ?? Math.floor(random.unit() * list.length)) + 1;
    used.set(list, n);
    return list[n % list.length];
  }

  const nextDelay = (): number => Math.min(300_000, Math.max(25_000, -Math.log(1 - random.unit()) * meanMs));

  function arm(delayMs: number): void {
    cancel?.();
    cancel = clock.after(delayMs, tick);
  }

  function tick(): void {
    cancel = undefined;
    if (!isOn) return;
    if (options.isUp()) work = work.then(react, react).catch(() => undefined);
    arm(nextDelay());
  }

  function offer(chance: Chance): void {
    if (!isOn) return;
    const old = chances.findIndex(c => c.key === chance.key);
    if (old >= 0) chances.splice(old, 1);
    chances.push(chance);
    if (!isFirst) return;
    isFirst = false;
    arm(20_000 + random.unit() * 20_000);
  }

  async function react(): Promise<void> {
    const chance = chances.shift();
    if (!chance) return unasked();
    if (chance.kind === 'mail') return answerMail(chance.raw, chance.to);
    const text = next(textsOf(languageOf({ xId: chance.customerId })).replies) ?? '';
    if (chance.kind === 'dm') x.addDm({ fromId: chance.customerId, toId: chance.accountId, text });
    else x.addPost({ authorId: chance.customerId, text: `@${chance.account} ${text}`, inReplyToId: chance.postId });
  }

  async function answerMail(raw: Buffer, to: string): Promise<void> {
    const ours = await PostalMime.parse(raw);
    const person = personOf(to);
    const refs = `${ours.references ?? ''} ${ours.messageId ?? ''}`.match(/<[^<>\s]+>/g) ?? [];
    const quoted = (ours.text ?? '').trim().split('\n').slice(0, 40).map(line => `> ${line}`.trimEnd()).join('\n');
    const subject = ours.subject ?? '';
    await deliver(to, {
      subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
      text: `${next(textsOf(person?.language ?? 'en').replies)}\n\n${ours.from?.name || options.mailbox}:\n${quoted}\n`,
      ...(ours.messageId ? { inReplyTo: ours.messageId } : {}), references: refs,
    });
  }

  async function unasked(): Promise<void> {
    const roll = random.unit();
    if (roll < 0.3) {
      const person = pick(people.filter(p => p.email !== undefined));
      const mail = person && next(textsOf(person.language).mails);
      if (person?.email && mail) await deliver(person.email, { subject: mail.subject, text: `${mail.text}\n${person.name}\n`, references: [] });
      return;
    }
    const person = pick(people.filter(p => p.handle !== undefined));
    const author = Object.values(x.state.users).find(u => u.username === person?.handle);
    const accountId = options.accountIds[0];
    const account = accountId === undefined ? undefined : x.state.users[accountId];
    if (!person || !author || !account) return;
    const texts = textsOf(person.language);
    if (roll < 0.5) x.addDm({ fromId: author.id, toId: account.id, text: next(texts.dms) ?? '' });
    else x.addPost({ authorId: author.id, text: `@${account.username} ${next(texts.mentions)}`, lang: person.language });
  }

  async function deliver(from: string, mail: { subject: string; text: string; inReplyTo?: string; references: readonly string[] }): Promise<void> {
    serial += 1;
    const now = clock.now();
    const transport = library().createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
    const info = await transport.sendMail({
      from: { name: personOf(from)?.name ?? '', address: from }, to: options.mailbox, date: new Date(now),
      messageId: `<${now.toString(36)}.${serial}.${Math.floor(random.unit() * 1e9).toString(36)}@${from.split('@')[1]}>`,
      subject: mail.subject, text: mail.text, references: [...mail.references], ...(mail.inReplyTo === undefined ? {} : { inReplyTo: mail.inReplyTo }),
    });
    imap.deliver(options.mailbox, info.message as Buffer, { internalDate: now });
  }

  return {
    set(on) {
      if (on === isOn) return;
      isOn = on;
      isFirst = true;
      chances.length = 0;
      cancel?.();
      cancel = undefined;
      if (on) arm(nextDelay());
    },
    mailSent(message) {
      const to = message.to.find(t => t.toLowerCase() !== options.mailbox);
      if (to !== undefined) offer({ kind: 'mail', key: `mail ${to.toLowerCase()}`, raw: message.raw, to: to.toLowerCase() });
    },
    xSent(event) {
      if (event.kind === 'dm') {
        const customerId = event.dm.participantIds.find(id => id !== event.dm.senderId);
        if (customerId !== undefined) offer({ kind: 'dm', key: `dm ${event.dm.conversationId}`, customerId, accountId: event.dm.senderId });
        return;
      }
      if (event.kind !== 'post' || event.post.inReplyToId === undefined) return;
      const customerId = x.state.posts[event.post.inReplyToId]?.authorId;
      const account = x.state.users[event.post.authorId]?.username;
      if (customerId === undefined || account === undefined || options.accountIds.includes(customerId)) return;
      offer({ kind: 'post', key: `post ${event.post.conversationId} ${customerId}`, customerId, postId: event.post.id, account });
    },
    settled: () => work,
  };

  function languageOf(who: { xId: string }): Language {
    const handle = x.state.users[who.xId]?.username;
    return people.find(p => p.handle === handle)?.language ?? 'en';
  }
}

const textsOf = (language: Language): Texts => activityTexts[language];
const personOf = (email: string): (typeof people)[number] | undefined => people.find(p => p.email === email);
