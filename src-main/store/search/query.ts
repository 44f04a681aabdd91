import { normaliseForSearch } from '../normalise.ts';

export interface SearchFilters {
  /** Name, handle, address or number of the customer, as typed. */
  from: string[];
  channels: ('x' | 'email' | 'phone' | 'note')[];
  kinds: ('post' | 'dm' | 'mail' | 'call' | 'note')[];
  /** ms UTC; after inclusive, before exclusive. */
  after: number | null;
  before: number | null;
  agents: string[];
  is: ('open' | 'done' | 'snoozed' | 'private' | 'public' | 'inbound' | 'outbound' | 'vip' | 'unreadable')[];
}

export interface ParsedQuery {
  /** FTS5 MATCH expression; null when the query has only filters. */
  match: string | null;
  /** True when `match` needs word positions (phrases), which the typing index does not keep. */
  needsPositions: boolean;
  /** Words to mark in excerpts, the last one perhaps only begun. */
  terms: string[];
  filters: SearchFilters;
  /** What could not be understood, in one sentence. */
  problem: string | null;
}

const CHANNELS: Record<string, SearchFilters['channels'][number]> = { x: 'x', twitter: 'x', email: 'email', 'e-mail': 'email', phone: 'phone' };
const KINDS: Record<string, SearchFilters['kinds'][number]> = { post: 'post', dm: 'dm', mail: 'mail', call: 'call', note: 'note' };
const STATES = ['open', 'done', 'snoozed', 'private', 'public', 'inbound', 'outbound', 'vip', 'unreadable'] as const;

const TOKEN = /(-?)(?:([a-z]+):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+))/giu;
const SEPARATOR = /[^\p{L}\p{M}\p{N}\p{Co}]+/u;

/**
 * Reads what a person typed: all words in any order, "phrases", word* and the word still being typed as prefixes, -word, and the filters
 * from: channel: kind: before: after: agent: is:. Never throws; what makes no sense is said in `problem` and left out.
 */
export function parseQuery(text: string, dayStart: (year: number, month: number, day: number) => number): ParsedQuery {
  const filters: SearchFilters = { from: [], channels: [], kinds: [], after: null, before: null, agents: [], is: [] };
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const terms: string[] = [];
  let problem: string | null = null;
  let needsPositions = false;
  const source = normaliseForSearch(text);
  const endsOpen = !/[\s"]$/.test(source);
  for (const found of source.matchAll(TOKEN)) {
    const [whole, minus, key, quotedValue, plainValue, phrase, word] = found;
    const name = key?.toLowerCase();
    if (name !== undefined && isFilter(name)) {
      problem = takeFilter(filters, name, (quotedValue ?? plainValue ?? '').trim(), dayStart) ?? problem;
      continue;
    }
    const raw = (phrase ?? word ?? `${key ?? ''} ${quotedValue ?? plainValue ?? ''}`).replace(/\*+$/, '');
    const words = raw.split(SEPARATOR).filter((w) => w !== '');
    if (words.length === 0) continue;
    const isLast = found.index + whole.length === source.length;
    const isPrefix = phrase === undefined && (whole.endsWith('*') || (isLast && endsOpen));
    // FTS5 takes words one after another in quotes as a phrase; the typing index (detail=none) knows single words only.
    if (words.length > 1) needsPositions = true;
    const expression = `"${words.join(' ')}"${isPrefix ? '*' : ''}`;
    if (minus === '-') unwanted.push(expression);
    else {
      wanted.push(expression);
      terms.push(...words);
    }
  }
  if (wanted.length === 0 && unwanted.length > 0) problem = 'Say also what should be found, not only what should not.';
  const match = wanted.length === 0 ? null : wanted.join(' AND ') + unwanted.map((u) => ` NOT ${u}`).join('');
  return { match, needsPositions, terms, filters, problem };
}

const isFilter = (name: string): boolean => ['from', 'channel', 'kind', 'before', 'after', 'agent', 'is'].includes(name);

function takeFilter(filters: SearchFilters, name: string, value: string, dayStart: (y: number, m: number, d: number) => number): string | null {
  if (value === '') return null; // still being typed
  const low = value.toLowerCase();
  switch (name) {
    case 'from': filters.from.push(value); return null;
    case 'agent': filters.agents.push(value); return null;
    case 'channel':
    case 'kind': {
      const channel = CHANNELS[low];
      const kind = KINDS[low];
      if (channel) filters.channels.push(channel);
      else if (kind) filters.kinds.push(kind);
      else return `${name}: knows x, email, phone, post, dm, mail, call and note.`;
      return null;
    }
    case 'is': {
      const state = STATES.find((s) => s === low);
      if (state) filters.is.push(state);
      else return `is: knows ${STATES.join(', ')}.`;
      return null;
    }
    default: {
      const date = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(value);
      if (!date) return `${name}: takes a date like 2026-03-31.`;
      const at = dayStart(Number(date[1]), Number(date[2]), Number(date[3] ?? 1));
      if (name === 'before') filters.before = at;
      else filters.after = at;
      return null;
    }
  }
}
