import type { ConversationRow, Customer, Entry, EntryDetail, Settings } from '../../src-preload/contract/index.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const ACCOUNTS = { main: '01900000-0000-7000-8000-000000000001', care: '01900000-0000-7000-8000-000000000002', mail: '01900000-0000-7000-8000-000000000003', phone: '01900000-0000-7000-8000-000000000004' } as const;

export const uuid = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const EPOCH = Date.UTC(2000, 0, 1);
export const idAt = (at: number, n: number): number => (at - EPOCH) * 1024 + (n % 1024);

export const settings: Settings = {
  agentName: 'Rosa Brandt', agentInitials: 'RB', theme: 'system', density: 'comfortable', officeZone: 'Europe/London', defaultRegion: 'GB', queueView: 'open', queueSort: 'priority',
  selectedConversation: null, paneWidths: { queue: 380, customer: 320 }, showCustomerPane: true, undoSeconds: { mail: 15, reply: 10, dm: 5 }, sla: { calendars: [], policies: [] }, decisionTree: { nodes: [] }, limits: [], playbook: [], competitors: [],
  listenWords: [], watchWords: [], readLimits: { reply: null, dm: null, mail: null }, enforceClaims: false, secondLook: true, desktopNotices: true, quiet: { isOn: false, from: 1_200, to: 420, days: [], evenOverdue: true }, spellCheck: false, spellWords: [], dispositions: ['Solved', 'Complaint'], customFields: [], claimMinutes: 30, privateLines: { dm: 'I have sent you a direct message.', mail: 'I have written you an e-mail.', call: 'I will call you.' },
  urgentWords: ['stranded'], signature: 'Rosa Brandt\nAcme Care', signatures: {}, noQuoteAccounts: [], appendInitials: true, showSuggestions: true, shortcutsOn: true, shortcuts: {},
};

type Story = readonly [name: string, handle: string, mail: string | null, phone: string | null, kind: 'post' | 'dm' | 'mail' | 'call', subject: string | null, text: string, extra: Partial<ConversationRow>];

const quoted = (who: string): string => `\n\nOn Tue, 17 Nov 2026 at 10:12, ${who} wrote:\n> Hello,\n> we looked into your order and will come back to you by Friday.\n> Kind regards\n> Rosa\n\n-- \nSent from my phone`;

const stories: readonly Story[] = [
  ['Maria Souza', '@mariasouza', 'maria.souza@example.org', '+44 7700 900123', 'mail', 'Stranded at Gatwick, flight AC 212', 'I am stranded at Gatwick with two children and nobody at your desk can say when we leave. Please call me today.' + quoted('Acme Care'), { isVip: true, unread: 2, priority: 95, owner: null, reasons: [{ code: 'vip', detail: 'Board member' }, { code: 'urgent', detail: 'stranded' }] }],
  ['प्रिया शर्मा', '@priya_s', 'priya@example.in', null, 'post', null, 'दो हफ़्ते से मेरा ऑर्डर नहीं आया। ग्राहक सेवा कोई जवाब क्यों नहीं देती?', { unread: 1, priority: 88, isOverdue: true, reasons: [{ code: 'overdue', detail: '' }] }],
  ['রহিম উদ্দিন', '@rahim_u', 'rahim@example.bd', '+880 1711 000111', 'dm', null, 'আমার টাকা দুইবার কাটা হয়েছে। গ্রাহক নম্বর ৪৪৭২। দয়া করে দেখুন।', { unread: 1, priority: 80, reasons: [{ code: 'due_soon', detail: '' }] }],
  ['João Pereira', '@joaop', 'joao@example.br', null, 'mail', 'Reembolso do pedido 88121', 'Bom dia, já passaram três semanas e o reembolso ainda não chegou. Podem confirmar o prazo, por favor?', { priority: 70, owner: 'RB', reasons: [{ code: 'repeat_contact', detail: '3' }] }],
  ['Nur Aisyah binti Rahman', '@nuraisyah', null, '+60 12-345 6789', 'call', null, 'Missed call at 09:41, no voicemail.', { priority: 66, unread: 1, reasons: [{ code: 'missed_call', detail: '' }] }],
  ['Tom Okafor', '@tomok', 'tom@example.net', null, 'post', null, '@acmecare the zip broke on day two. This is the worst jacket I ever bought, and your shop sent me away.', { priority: 64, unread: 3, reasons: [{ code: 'angry', detail: 'worst' }], hasDraft: true }],
  ['Elif Kaya', '@elifkaya', 'elif@example.org', null, 'dm', null, 'Thank you! One more thing: can the parcel go to my neighbour?', { priority: 50, owner: 'KM' }],
  ['Oluwaseun Adebayo-Fitzgerald', '@seun', 'seun@example.org', '+44 20 7946 0958', 'mail', 'Re: Invoice 2026-1187: VAT number missing on all pages of the copy you sent', 'Please find our VAT number below. The accounting department needs a new invoice by the end of the month.', { priority: 44, owner: 'RB', sending: 'waiting' }],
  ['Sofia Lindqvist', '@sofial', 'sofia@example.se', null, 'post', null, 'Does @acmecare still repair the 2019 model?', { priority: 30, sending: 'failed', owner: 'RB', isPrivate: false }],
  ['Kwame Mensah', '@kwame', null, null, 'post', null, 'Love the new app, but the dark theme forgets itself after every update', { priority: 22 }],
  ['Hannah Weiß', '@hweiss', 'h.weiss@example.de', null, 'mail', 'Garantiefall Kaffeemaschine', 'Guten Tag, die Maschine verliert seit gestern Wasser. Anbei zwei Fotos.', { priority: 20 }],
  ['Siti Hajar', '@sitihajar', 'siti@example.my', null, 'dm', null, 'Pesanan saya belum sampai. Boleh semak status penghantaran?', { priority: 18, unread: 1 }],
];

const first = ['Ana', 'Ben', 'Chidi', 'Devi', 'Ewa', 'Farid', 'Gita', 'Hugo', 'Ines', 'Jonas', 'Kofi', 'Lena', 'Mei', 'Noah'];
const last = ['Alves', 'Brown', 'Chandra', 'Dubois', 'Eriksen', 'Fofana', 'Gupta', 'Hoffmann', 'Ito', 'Jansen'];
const lines = ['Where is my parcel?', 'The app logs me out every morning.', 'Can I change the delivery address?', 'Your driver was very kind, please tell him.', 'The discount code does not work.', 'I was charged twice in October.'];

export interface World {
  readonly rows: Map<string, ConversationRow>;
  readonly customers: Map<string, Customer>;
  readonly entries: Map<string, Entry[]>;
}

export function makeWorld(now: number, count: number, longId: boolean): World {
  const world: World = { rows: new Map(), customers: new Map(), entries: new Map() };
  for (let n = 0; n < count; n += 1) addStory(world, n, now, longId && n === 0);
  return world;
}

const storyOf = (n: number): Story => stories[n] ?? [
  `${first[n % first.length] ?? ''} ${last[(n * 7) % last.length] ?? ''}`, `@customer${n}`, `customer${n}@example.org`, null, (['mail', 'post', 'dm'] as const)[n % 3] ?? 'mail', n % 3 === 0 ? 'A question about my order' : null,
  lines[n % lines.length] ?? '', { priority: Math.max(0, 16 - n), unread: n % 5 === 0 ? 1 : 0, owner: n % 4 === 0 ? 'KM' : null },
];

function addStory(world: World, n: number, now: number, isLong: boolean): void {
  const [name, handle, mail, phone, kind, subject, text, extra] = storyOf(n);
  const conversationId = uuid(1000 + n);
  const customerId = uuid(5000 + n);
  const lastAt = now - (n + 1) * 17 * MINUTE;
  const entries = history({ conversationId, customerId, name, handle, mail, phone, lastAt, isLong });
  entries.push(make({ conversationId, customerId, at: lastAt, n, kind, author: name, address: kind === 'mail' ? mail : kind === 'call' ? phone : handle, subject, text }));
  const newest = entries.at(-1);
  const row: ConversationRow = {
    id: conversationId, customerId, customerName: name, isVip: false, state: 'open', owner: null, claimUntil: null, accountId: kind === 'mail' ? ACCOUNTS.mail : kind === 'call' ? ACCOUNTS.phone : n % 2 === 0 ? ACCOUNTS.care : ACCOUNTS.main,
    channel: kind === 'mail' ? 'email' : kind === 'call' ? 'phone' : 'x', kind, isPrivate: kind !== 'post', subject, preview: text.slice(0, 120), unread: 0, lastAt, lastMessageId: newest?.id ?? 0, waitingSince: lastAt,
    dueAt: now + (n - 3) * 13 * MINUTE, isOverdue: false, snoozedUntil: null, followUpNote: null, priority: 10, reasons: [], isAd: false, mentions: [], outcome: null, hasDraft: false, sending: 'none', ...extra,
  };
  world.rows.set(conversationId, row);
  world.entries.set(conversationId, entries);
  const of = (wanted: Entry['kind']): number => entries.filter((entry) => entry.kind === wanted).length;
  world.customers.set(customerId, {
    merges: [], promises: [],
    id: customerId, name, isVip: row.isVip, vipNote: row.isVip ? 'Board member of a partner, speaks for 4,000 travellers' : null, note: n === 0 ? 'Prefers a call before 18:00. Has a nut allergy: say so to catering.' : null, language: 'en', profile: { influence: null, wishes: { post: null, dm: null, mail: null, call: n === 0 ? 'preferred' : null }, dates: [], fields: {} },
    tags: n % 3 === 0 ? ['travel', 'family'] : [],
    identities: [
      { id: uuid(8000 + n), kind: 'x', value: String(n), display: handle, basis: 'contact', linkedBy: 'Parley', linkedAt: now - 40 * DAY },
      ...(mail === null ? [] : [{ id: uuid(8500 + n), kind: 'email' as const, value: mail, display: mail, basis: 'told_us' as const, linkedBy: 'RB', linkedAt: now - 12 * DAY }]),
      ...(phone === null ? [] : [{ id: uuid(9000 + n), kind: 'phone' as const, value: phone, display: phone, basis: 'own_signature' as const, linkedBy: 'KM', linkedAt: now - 3 * DAY }]),
    ],
    counts: { post: of('post'), dm: of('dm'), mail: of('mail'), call: of('call'), note: of('note') }, firstAt: entries[0]?.at ?? null, lastAt,
    lastBy: (['post', 'dm', 'mail', 'call'] as const).flatMap((wanted) => { const found = entries.findLast((entry) => entry.kind === wanted); return found === undefined ? [] : [{ kind: wanted, at: found.at, direction: found.direction }]; }),
    followUps: n === 0 ? [{ id: uuid(9500), conversationId, customerId, customerName: name, at: now + 2 * DAY, ends: 'date', note: 'Ask whether the refund arrived', draft: null, state: 'waiting', isOccasion: false, isCall: false, by: 'RB' }] : [],
  });
}

interface Making {
  conversationId: string; customerId: string; at: number; n: number; kind: Entry['kind']; author: string; address: string | null; subject?: string | null; text: string; direction?: Entry['direction'];
  detail?: EntryDetail; delivery?: Entry['delivery']; attachments?: Entry['attachments']; isDeleted?: boolean;
}

export function make(given: Making): Entry {
  const direction = given.direction ?? 'inbound';
  return {
    id: idAt(given.at, given.n), conversationId: given.conversationId, customerId: given.customerId, accountId: null, kind: given.kind, direction, isPrivate: given.kind !== 'post', at: given.at, arrivedAt: given.at, author: given.author,
    address: given.address, subject: given.subject ?? null, text: given.text, isDeleted: given.isDeleted ?? false, detail: given.detail ?? detailOf(given), attachments: given.attachments ?? [], delivery: given.delivery ?? null, can: [],
  };
}

function detailOf(given: Making): EntryDetail {
  switch (given.kind) {
    case 'mail': return { type: 'mail', from: given.address ?? '', to: ['care@acme.example'], cc: ['archive@acme.example'], messageId: '<a1b2@example.org>', automatic: 'no', unreadable: null };
    case 'post': return { type: 'post', postId: '1', url: 'https://x.com/acme/status/1', inReplyTo: '2', conversationId: '1', quoted: null, isPromoted: false, replyAllowed: true };
    case 'dm': return { type: 'dm', eventId: '1', peerId: '2', encrypted: false };
    case 'call': return { type: 'call', number: given.address ?? '', callDirection: 'inbound', startedAt: given.at, durationMs: 0, outcome: 'missed', agent: 'RB', disposition: null };
    case 'note': return { type: 'note', agent: 'RB' };
    case 'system': return { type: 'system', code: 'claimed', agent: 'RB', until: null };
  }
}

interface Past { conversationId: string; customerId: string; name: string; handle: string; mail: string | null; phone: string | null; lastAt: number; isLong: boolean }

function history({ conversationId, customerId, name, handle, mail, phone, lastAt, isLong }: Past): Entry[] {
  const base = { conversationId, customerId };
  const long = isLong ? Array.from({ length: 5_000 }, (_, n) => make({ ...base, at: lastAt - (5_100 - n) * 3 * HOUR, n, kind: n % 3 === 0 ? 'post' : 'dm', author: n % 2 === 0 ? name : 'Acme Care', address: handle, text: `Message ${n}: ${(lines[n % lines.length] ?? '').repeat((n % 4) + 1)}`, direction: n % 2 === 0 ? 'inbound' : 'outbound' })) : [];
  return [
    ...long,
    make({ ...base, at: lastAt - 12 * DAY, n: 1, kind: 'post', author: name, address: handle, text: '@acme my booking AC 212 shows the wrong date. Who can fix this? https://acme.example/help/dates', detail: { type: 'post', postId: '1', url: 'https://x.com/a/status/1', inReplyTo: null, conversationId: '1', quoted: { postId: '9', author: '@acme', text: 'New dates for the winter timetable are online.' }, isPromoted: true, replyAllowed: true } }),
    make({ ...base, at: lastAt - 12 * DAY + 20 * MINUTE, n: 2, kind: 'post', direction: 'outbound', author: 'Acme', address: '@acmecare', text: 'Sorry about that! We have sent you a direct message. ^RB' }),
    make({ ...base, at: lastAt - 12 * DAY + 21 * MINUTE, n: 3, kind: 'system', author: 'RB', address: null, text: '', direction: 'internal' }),
    make({ ...base, at: lastAt - 12 * DAY + 30 * MINUTE, n: 4, kind: 'dm', author: name, address: handle, text: 'My booking number is 7F3KQ. I need to fly on the 21st.' }),
    make({ ...base, at: lastAt - 3 * DAY, n: 5, kind: 'call', author: name, address: phone ?? '+44 7700 900999', direction: 'inbound', text: 'Wants to move both children to the same booking. Promised to confirm by Friday.', detail: { type: 'call', number: phone ?? '+44 7700 900999', callDirection: 'inbound', startedAt: lastAt - 3 * DAY, durationMs: 7 * MINUTE + 12_000, outcome: 'answered', agent: 'RB', disposition: 'Rebooking' } }),
    make({ ...base, at: lastAt - 3 * DAY + HOUR, n: 6, kind: 'note', author: 'Rosa Brandt', address: null, direction: 'internal', text: 'Checked with the airport desk: seats 14A and 14B are free on the evening flight.' }),
    make({ ...base, at: lastAt - DAY, n: 7, kind: 'mail', direction: 'outbound', author: 'Acme Care', address: mail ?? 'care@acme.example', subject: 'Your booking AC 212', text: `Dear ${name},\n\nboth children are now on your booking. Please find the new tickets attached.\n\nKind regards\nRosa Brandt`, attachments: [{ id: uuid(77), name: 'tickets-AC212.pdf', type: 'application/pdf', size: 182_344, alt: null }, { id: uuid(78), name: 'seat-plan.png', type: 'image/png', size: 48_210, alt: 'Seat plan with 14A and 14B marked' }], delivery: { outboxId: uuid(700), state: 'sent', heldUntil: null, endsOnReply: false, retryAt: null, waitsFor: null, attempt: 1, problem: null } }),
    make({ ...base, at: lastAt - DAY + 2 * HOUR, n: 8, kind: 'post', author: name, address: handle, text: '', isDeleted: true }),
  ];
}
