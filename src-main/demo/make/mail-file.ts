import { createHash } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { Agent, Language } from '../content/index.ts';
import { attachmentOf } from './attachments.ts';
import { automaticMails } from './automatic-mails.ts';
import type { MailItem } from './timeline.ts';

export const careAddress = 'care@acme.example';
export const agentNames: Record<Agent, string> = { RB: 'Ruth Bauer', DK: 'Dev Kulkarni', LM: 'Lina Moura', NS: 'Nadia Salleh', TC: 'Tania Chowdhury' };

const wrote: Record<Language, (when: Date, who: string) => string> = {
  en: (d, who) => `On ${d.toUTCString().slice(0, 22)}, ${who} wrote:`,
  hi: (d, who) => `${d.toISOString().slice(0, 16).replace('T', ' ')} को ${who} ने लिखा:`,
  bn: (d, who) => `${d.toISOString().slice(0, 16).replace('T', ' ')} তারিখে ${who} লিখেছেন:`,
  pt: (d, who) => `Em ${d.toISOString().slice(0, 16).replace('T', ' ')}, ${who} escreveu:`,
  ms: (d, who) => `Pada ${d.toISOString().slice(0, 16).replace('T', ' ')}, ${who} menulis:`,
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hostOf = (item: MailItem): string => (item.from === 'out' ? 'acme.example' : (item.customer.email ?? '').split('@')[1] ?? 'mail.example');
const messageId = (item: MailItem): string => `<${hash(`mail ${item.thread} ${item.index}`).slice(0, 20)}@${hostOf(item)}>`;
const nameOf = (item: MailItem): string => (item.agent ? agentNames[item.agent] : item.customer.name);
const addressOf = (item: MailItem): string => (item.from === 'out' ? careAddress : item.customer.email ?? '');

function bodyOf(item: MailItem): string {
  if (item.agent) return `${item.text}\n\n-- \n${agentNames[item.agent]}\nAcme Broadband, customer care\n${careAddress}`;
  return item.customer.signature === undefined ? item.text : `${item.text}\n\n-- \n${item.customer.signature}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const htmlOf = (body: string, quote: { head: string; body: string } | undefined): string =>
  `<html><body>${body.split('\n\n').map(p => `<p>${escaped(p).replaceAll('\n', '<br>')}</p>`).join('\n')}${
    quote ? `\n<div class="quote">${escaped(quote.head)}<blockquote type="cite">${escaped(quote.body).replaceAll('\n', '<br>')}</blockquote></div>` : ''}</body></html>`;

// Outlook threads by these two headers; the first 22 bytes stay the same through a thread (MS-OXOMSG 2.2.1.3).
function outlookHeaders(item: MailItem): Record<string, string> {
  if (!item.customer.tags?.includes('business') || item.from === 'out') return {};
  const root = Buffer.from(hash(`thread ${item.thread}`), 'hex').subarray(0, 22);
  root[0] = 1;
  const replies = Buffer.concat(Array.from({ length: item.index }, (_, n) => Buffer.from(hash(`reply ${item.thread} ${n}`), 'hex').subarray(0, 5)));
  return { 'Thread-Topic': item.subject, 'Thread-Index': Buffer.concat([root, replies]).toString('base64') };
}

/** Raw bytes of one mail of the sample, CRLF lines; `earlier` are the mails before it in its thread. */
async function rawMail(item: MailItem, earlier: readonly MailItem[]): Promise<string> {
  const last = earlier.at(-1);
  const body = bodyOf(item);
  const quote = last && !item.extra.bare ? { head: wrote[item.customer.language](new Date(last.at), `${nameOf(last)} <${addressOf(last)}>`), body: bodyOf(last) } : undefined;
  const text = quote ? `${body}\n\n${quote.head}\n${quote.body.split('\n').map(l => `> ${l}`.trimEnd()).join('\n')}\n` : `${body}\n`;
  const us = { name: item.from === 'out' ? nameOf(item) : 'Acme Broadband', address: careAddress };
  const them = { name: item.customer.name, address: item.customer.email ?? '' };
  const isReply = earlier.length > 0;
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const info = await transport.sendMail({
    from: item.from === 'out' ? us : them,
    to: item.from === 'out' ? them : us,
    ...(item.extra.cc === undefined ? {} : { cc: item.extra.cc }),
    subject: isReply && !/^re:/i.test(item.subject) ? `Re: ${item.subject}` : item.subject,
    date: new Date(item.at), messageId: messageId(item), headers: outlookHeaders(item), baseBoundary: hash(messageId(item)).slice(0, 16), text,
    ...(last ? { inReplyTo: messageId(last), references: earlier.map(messageId) } : {}),
    ...(item.extra.html ? { html: htmlOf(body, quote) } : {}),
    ...(item.extra.attach ? { attachments: item.extra.attach.map(attachmentOf) } : {}),
  } as Parameters<typeof transport.sendMail>[0]);
  return (info.message as Buffer).toString('latin1');
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** RFC 4155 mbox, `mboxrd` quoting: every line of `>`* and "From " gets one more `>`. */
function mboxEntry(raw: string, from: string, at: number): string {
  const date = new Date(at).toUTCString();
  const asctime = `${days[new Date(at).getUTCDay()]} ${date.slice(8, 11)} ${date.slice(5, 7)} ${date.slice(17, 25)} ${date.slice(12, 16)}`;
  const body = raw.replaceAll('\r\n', '\n').replace(/^(>*From )/gm, '>$1');
  return `From ${from} ${asctime}\n${body.endsWith('\n') ? body : `${body}\n`}\n`;
}

/** The whole sample mailbox, oldest first, in and out together. */
export async function mailFile(mails: readonly MailItem[]): Promise<Buffer> {
  const entries: { at: number; text: string }[] = [];
  for (const item of mails) {
    const earlier = mails.filter(m => m.thread === item.thread && m.index < item.index).sort((a, b) => a.index - b.index);
    entries.push({ at: item.at, text: mboxEntry(await rawMail(item, earlier), addressOf(item), item.at) });
  }
  for (const auto of automaticMails()) entries.push({ at: auto.at, text: mboxEntry(auto.raw, auto.envelopeFrom, auto.at) });
  entries.sort((a, b) => a.at - b.at);
  return Buffer.from(entries.map(e => e.text).join(''), 'latin1');
}
