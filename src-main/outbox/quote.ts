import type { QuotedMail } from '../channels/port.ts';

/** What of an earlier mail stands under a new one. */
export interface EarlierMail { author: string; at: number; subject: string | null; text: string; from: string; to: readonly string[]; cc: readonly string[] }

/** Longer ones are a thread of threads: its newest part is what an answer is about. */
const MOST_CHARS = 60_000;

const WROTE: Readonly<Record<string, (date: string, name: string) => string>> = {
  en: (date, name) => `On ${date}, ${name} wrote:`,
  hi: (date, name) => `${date} को ${name} ने लिखा:`,
  bn: (date, name) => `${date} তারিখে ${name} লিখেছেন:`,
  pt: (date, name) => `Em ${date}, ${name} escreveu:`,
  ms: (date, name) => `Pada ${date}, ${name} menulis:`,
  es: (date, name) => `El ${date}, ${name} escribió:`,
  fr: (date, name) => `Le ${date}, ${name} a écrit :`,
  de: (date, name) => `Am ${date} schrieb ${name}:`,
  it: (date, name) => `Il ${date}, ${name} ha scritto:`,
  nl: (date, name) => `Op ${date} schreef ${name}:`,
};

const clipped = (text: string): string => (text.length <= MOST_CHARS ? text : `${text.slice(0, MOST_CHARS).toWellFormed()}\n[…]`).trim();
const when = (at: number, language: string, zone: string): string => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at).replace(/[\u202f\u00a0]/g, ' ');

/** The mail that is answered, with "On …, … wrote:" in the customer's language where we have one, else in English. Null when it says nothing. */
export function answeredMail(mail: EarlierMail, language: string | null, zone: string): QuotedMail | null {
  const text = clipped(mail.text);
  if (text === '') return null;
  const known = language?.slice(0, 2).toLowerCase() ?? 'en';
  const wrote = WROTE[known] ?? WROTE['en'];
  return { kind: 'answer', lead: wrote?.(when(mail.at, WROTE[known] === undefined ? 'en' : (language ?? 'en'), zone), mail.author) ?? '', text };
}

/** The mail that is passed on, with its head. Read by colleagues and suppliers, so it is in English. */
export const forwardedMail = (mail: EarlierMail, zone: string): QuotedMail => ({
  kind: 'forward', text: clipped(mail.text),
  lead: [
    '---------- Forwarded message ---------', `From: ${mail.author === mail.from ? mail.from : `${mail.author} <${mail.from}>`}`, `Date: ${when(mail.at, 'en', zone)}`, `Subject: ${mail.subject ?? ''}`, `To: ${mail.to.join(', ')}`,
    ...(mail.cc.length === 0 ? [] : [`Cc: ${mail.cc.join(', ')}`]),
  ].join('\n'),
});

const FORWARD_PREFIX = /^\s*(?:(?:fwd?|wg|tr|enc|rv|vb|doorst)\s*:\s*)+/iu;
/** "Fwd: " once. */
export const forwardSubject = (subject: string | null): string => `Fwd: ${(subject ?? '').replace(FORWARD_PREFIX, '').trim()}`.trim();
