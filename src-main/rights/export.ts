import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Customer, Entry, LedgerLine, Settings } from '../../src-preload/contract/index.ts';
import { giftWords } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type ContentStore, type ReadDb } from '../store/index.ts';

const PAGE = 500;

function* entriesOf(db: ReadDb, conversationId: string): Generator<Entry> {
  const pages: Entry[][] = [];
  for (let before: number | null = null; ; ) {
    const { entries, hasOlder } = tables.entriesBefore(db, conversationId, before, PAGE);
    pages.unshift(entries);
    before = entries[0]?.id ?? null;
    if (!hasOlder || before === null) break;
  }
  for (const page of pages) yield* page;
}

export interface ExportReport { messages: number; attachments: number }
export interface ExportSteps { signal?: AbortSignal; onProgress?(done: number, total: number): void }

/** Writes everything known about one person into a new folder: `customer.json`, `index.html` and `attachments/`. */
export async function exportPerson(db: ReadDb, files: ContentStore, customerId: string, folder: string, now: number, { signal, onProgress }: ExportSteps = {}): Promise<ExportReport> {
  const customer = tables.customerView(db, customerId);
  if (!customer) throw new ParleyError('not_found', 'This customer is not here any more.');
  if (existsSync(folder)) throw new ParleyError('conflict', `${folder} is there already; an export never overwrites.`);
  const conversation = tables.conversationOfCustomer(db, customerId);
  const entries = conversation ? [...entriesOf(db, conversation.id)] : [];
  mkdirSync(join(folder, 'attachments'), { recursive: true, mode: 0o700 });
  const saved = new Map<string, string>();
  // What lies in the tray names this person, and an erasure takes it along; placed mails are entries already.
  const tray = tables.personScope(db, customerId).unplaced.flatMap((id) => tables.unplacedById(db, id) ?? []).filter((mail) => mail.state !== 'placed');
  const attached = [...entries.flatMap((entry) => entry.attachments), ...tables.attachmentsById(db, tray.flatMap((mail) => mail.attachmentIds))];
  for (const [index, { id, name }] of attached.entries()) {
    onProgress?.(index, attached.length);
    signal?.throwIfAborted();
    const found = tables.attachmentById(db, id);
    if (!found || !files.has(found.sha256)) continue;
    // The id makes the name unique, and nothing a sender wrote can lead out of the folder.
    const path = `attachments/${id}${/^\.[a-z0-9]{1,8}$/i.test(extname(name)) ? extname(name).toLowerCase() : ''}`;
    await copyFile(files.pathOf(found.sha256), join(folder, path));
    saved.set(id, path);
  }
  const drafts = conversation ? tables.draftsOf(db, conversation.id) : [];
  const given = conversation ? tables.ledgerOf(db, conversation.id, 10_000) : [];
  const notices = conversation ? tables.noticesOf(db, conversation.id) : [];
  const changedOnAsking = conversation ? tables.changedWords(db, conversation.id) : [];
  const doneFollowUps = conversation ? tables.doneFollowUpsOf(db, conversation.id) : [];
  // What is kept for undoing a merge: where each stood before, and what happened to whom since.
  const beforeMerges = tables.sideEvents<unknown>(db, tables.familyOf(db, customerId));
  const mails = tray.map(({ at, reason, state, event }) => ({ at, reason, state, from: event.party.display, subject: event.subject, text: event.text, detail: event.detail }));
  writeFileSync(join(folder, 'customer.json'), `${JSON.stringify({ exportedAt: new Date(now).toISOString(), customer, entries, drafts, notices, changedOnAsking, given, doneFollowUps, beforeMerges, notPlaced: mails, attachments: Object.fromEntries(saved) }, null, 2)}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'index.html'), page(customer, entries, given, saved, tables.settingsOf(db)), { mode: 0o600 });
  return { messages: entries.filter((entry) => entry.kind !== 'system').length, attachments: saved.size };
}

const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function profileFacts({ influence, wishes, dates, fields }: Customer['profile'], known: Settings['customFields']): string[][] {
  return [
    ['Influencer', influence === null ? '' : `${influence.weight} of 3: ${influence.reason}`],
    ['Wants to be reached', Object.entries(wishes).flatMap(([channel, wish]) => (wish === null ? [] : [`${channel}: ${wish}`])).join('; ')],
    ['Dates', dates.map((d) => `${d.name}: ${d.day}.${d.month}.${d.year ?? ''}${d.text === null ? '' : ` (${d.text})`}`).join('; ')],
    ...Object.entries(fields).map(([id, value]) => [known.find((field) => field.id === id)?.name ?? id, String(value)]),
  ];
}

/** One line of the ledger: what was given, or taken back. */
const giftFact = (l: LedgerLine, when: Intl.DateTimeFormat): string =>
  [`${when.format(l.at)}: ${l.reverses === null ? '' : 'taken back, '}${giftWords(Math.abs(l.amount), l.currency)} (${l.limitName}) by ${l.agent}`, l.what, l.why, l.approvedBy === null ? '' : `approved by ${l.approvedBy}`].filter(Boolean).join(' · ');

function page(customer: Customer, entries: readonly Entry[], given: readonly LedgerLine[], saved: ReadonlyMap<string, string>, settings: Settings): string {
  const zone = settings.officeZone;
  const when = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
  const facts = [
    ['Identities', customer.identities.map((i) => `${i.display} (${i.basis.replaceAll('_', ' ')}, ${i.linkedBy}, ${when.format(i.linkedAt)})`).join('; ')],
    ['Tags', customer.tags.join(', ')], ['Note', customer.note ?? ''], ['VIP', customer.isVip ? (customer.vipNote ?? 'yes') : 'no'], ['Language', customer.language ?? ''],
    ['Marked', customer.promises.map((p) => `${p.kind}: ${p.quote} (${p.state})`).join('; ')], ...profileFacts(customer.profile, settings.customFields), ['To come back to', customer.followUps.map((f) => `${when.format(f.at)}: ${[f.note, f.draft?.text].filter(Boolean).join(' / ')}`).join('; ')], ['Merged with', customer.merges.map((m) => m.name).join(', ')],
    ['Satisfaction', entries.flatMap((e) => (e.detail.type === 'system' && e.detail.outcome?.mark != null ? [`${when.format(e.at)}: ${e.detail.outcome.mark}`] : [])).join('\n')],
    ['Given', given.toReversed().map((line) => giftFact(line, when)).join('\n')],
  ].filter(([, value]) => value !== '');
  const entry = (e: Entry): string => `<article><h2>${html(e.kind)} · ${html(e.author)}${e.address === null ? '' : ` · ${html(e.address)}`} · <time>${when.format(e.at)}</time></h2>${e.subject === null ? '' : `<h3 dir="auto">${html(e.subject)}</h3>`}<p dir="auto">${html(e.isDeleted ? '(deleted at its source)' : e.text)}</p>${e.attachments.map((a) => `<p>${saved.has(a.id) ? `<a href="${saved.get(a.id) ?? ''}">${html(a.name)}</a>` : html(a.name)}</p>`).join('')}</article>`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${html(customer.name)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:32px auto;padding:0 16px;color:#1b1b22}article{border-top:1px solid #ddd;padding:12px 0}h2{font-size:13px;color:#555}h3{font-size:15px;margin:4px 0}p{white-space:pre-wrap;margin:4px 0}dt{font-weight:600}dd{margin:0 0 8px;white-space:pre-line}</style>
<h1 dir="auto">${html(customer.name)}</h1><dl>${facts.map(([name, value]) => `<dt>${html(name ?? '')}</dt><dd dir="auto">${html(value ?? '')}</dd>`).join('')}</dl>
${entries.filter((e) => e.kind !== 'system').map(entry).join('\n')}
</html>
`;
}
