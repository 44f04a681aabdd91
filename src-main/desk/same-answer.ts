import type { PromiseRow } from '../../src-preload/contract/index.ts';

export interface Amount {
  /** ISO code, or "%". */
  currency: string;
  value: number;
  /** As it is written. */
  text: string;
}

export interface Difference {
  promiseId: string;
  messageId: number;
  quote: string;
  what: 'amount' | 'decision';
  promised: string;
  written: string;
}

/** Signs and words before or after a number, in the languages of our desks. Longer ones first: "R$" is not "$". */
const CURRENCIES: readonly [code: string, names: readonly string[]][] = [
  ['BRL', ['R$', 'BRL', 'reais', 'real']],
  ['USD', ['US$', 'USD', '$', 'dollars', 'dollar', 'dólares', 'dólar', 'dolar', 'डॉलर', 'ডলার']],
  ['EUR', ['€', 'EUR', 'euros', 'euro', 'यूरो', 'ইউরো']],
  ['GBP', ['£', 'GBP', 'pounds', 'pound', 'libras', 'libra', 'पाउंड', 'পাউন্ড', 'paun', 'quid']],
  ['INR', ['₹', 'INR', 'Rs.', 'Rs', 'rupees', 'rupee', 'रुपये', 'रुपए', 'रूपये', 'रुपया', 'रु.', 'रु', 'রুপি', 'rupias', 'rupee']],
  ['BDT', ['৳', 'BDT', 'Tk.', 'Tk', 'taka', 'টাকা', 'টাকার']],
  ['MYR', ['RM', 'MYR', 'ringgit']],
  ['%', ['%', 'percent', 'per cent', 'por cento', 'peratus', 'प्रतिशत', 'शतांश', 'শতাংশ']],
];
const CODE_OF = new Map(CURRENCIES.flatMap(([code, names]) => names.map((name) => [name.toLowerCase(), code] as const)));
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const NAMES = [...CODE_OF.keys()].sort((a, b) => b.length - a.length).map(escaped).join('|');
const NUMBER = String.raw`\d(?:[\d.,'\u00a0\u202f ]*\d)?`;
// A name must not be part of a longer word ("real" in "really"); signs may touch anything.
const BEFORE = new RegExp(String.raw`(?<![\p{L}\p{M}])(${NAMES})\s?(${NUMBER})`, 'giu');
const AFTER = new RegExp(String.raw`(${NUMBER})\s?(${NAMES})(?![\p{L}\p{M}])`, 'giu');

/** ०-९ and ০-৯ as 0-9. */
const latinDigits = (text: string): string => text.replace(/[०-९]/g, (d) => String(d.charCodeAt(0) - 0x966)).replace(/[০-৯]/g, (d) => String(d.charCodeAt(0) - 0x9e6));

/** Reads 1,234.50 and 1.234,50 and 1 234,50 and 1,00,000: the last separator is a decimal one when one or two digits follow it and it stands alone. */
export function readDecimal(text: string): number | null {
  const plain = text.replace(/[\s'\u00a0\u202f]/g, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const sign = plain[last];
  const isDecimal = last >= 0 && plain.length - last - 1 <= 2 && plain.split(sign ?? '').length === 2;
  const whole = (isDecimal ? plain.slice(0, last) : plain).replace(/[.,]/g, '');
  const value = Number(isDecimal ? `${whole}.${plain.slice(last + 1)}` : whole);
  return Number.isFinite(value) && whole !== '' ? value : null;
}

/** Every amount with a currency, in the order written. */
export function readAmounts(text: string): Amount[] {
  const source = latinDigits(text.normalize('NFC'));
  const found = new Map<number, Amount>();
  const take = (at: number, digits: string, name: string, whole: string): void => {
    const value = readDecimal(digits);
    const currency = CODE_OF.get(name.toLowerCase());
    if (value !== null && currency !== undefined && !found.has(at)) found.set(at, { currency, value, text: whole.trim() });
  };
  for (const m of source.matchAll(BEFORE)) take(m.index + m[0].indexOf(m[2] ?? '', (m[1] ?? '').length), m[2] ?? '', m[1] ?? '', m[0]);
  for (const m of source.matchAll(AFTER)) take(m.index, m[1] ?? '', m[2] ?? '', m[0]);
  return [...found].sort(([a], [b]) => a - b).map(([, amount]) => amount);
}

/** What is decided about, by the beginnings of words. */
const TOPICS: readonly (readonly string[])[] = [
  ['refund', 'money back', 'reembols', 'devolu', 'रिफंड', 'रिफ़ंड', 'धनवापसी', 'पैसे वापस', 'রিফান্ড', 'ফেরত', 'bayaran balik', 'pulangkan wang', 'wang dikembalikan'],
  ['replac', 'exchange', 'substitu', 'troca', 'बदल', 'বদল', 'ganti', 'tukar'],
  ['cancel', 'रद्द', 'বাতিল', 'batal'],
  ['discount', 'credit', 'voucher', 'compensat', 'goodwill', 'descont', 'crédit', 'छूट', 'मुआवज', 'क्रेडिट', 'ছাড়', 'ক্ষতিপূরণ', 'diskaun', 'pampasan', 'baucar', 'kredit'],
  ['waive', 'free of charge', 'isent', 'grátis', 'gratuit', 'मुफ़्त', 'मुफ्त', 'निःशुल्क', 'বিনামূল্য', 'percuma'],
  ['technician', 'engineer', 'técnic', 'तकनीशियन', 'टेक्नीशियन', 'इंजीनियर', 'টেকনিশিয়ান', 'juruteknik'],
  ['call you', 'call back', 'callback', 'ligar', 'retornar a chamada', 'कॉल', 'ফোন কর', 'কল কর', 'telefon', 'hubungi'],
];
const NEGATIONS = /(?<![\p{L}\p{M}])(?:not|no|never|cannot|unable|refuse[ds]?|declin\p{L}*|reject\p{L}*|\p{L}+n['’]t|नहीं|नही|मत|इनकार|না|নয়|নেই|করব না|não|nao|nunca|jamais|nem|impossível|tidak|tak|bukan|tiada|jangan|enggan)(?![\p{L}\p{M}])/iu;

interface Decision { topic: number; isNo: boolean; text: string }

/** What each sentence says about a topic: yes or no. */
export function readDecisions(text: string): Decision[] {
  const sentences = text.normalize('NFC').split(/(?<=[.!?।\n;])\s*|\s+(?:but|however|mas|लेकिन|কিন্তু|tetapi)\s+/iu).map((s) => s.trim()).filter((s) => s !== '');
  return sentences.flatMap((sentence) => {
    const low = sentence.toLowerCase();
    const isNo = NEGATIONS.test(low);
    return TOPICS.flatMap((words, topic) => (words.some((word) => beginsWord(low, word)) ? [{ topic, isNo, text: sentence }] : []));
  });
}

function beginsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (at === 0 || !/[\p{L}\p{M}]/u.test(text[at - 1] ?? '')) return true;
  return false;
}

const show = (amounts: readonly Amount[]): string => amounts.map((a) => a.text).join(', ');

/**
 * Where a draft says something else than what is pinned: another amount in the same currency, or yes where no was said (B4). It asks, it
 * decides nothing; what it cannot read it passes over.
 */
export function differences(draft: string, promises: readonly Pick<PromiseRow, 'id' | 'messageId' | 'kind' | 'quote'>[]): Difference[] {
  const written = readAmounts(draft);
  const decisions = readDecisions(draft);
  const pinned = promises.filter((p) => p.kind !== 'said').map((promise) => ({ promise, amounts: readAmounts(promise.quote) }));
  const found: Difference[] = [];
  for (const { promise, amounts } of pinned) {
    const of = { promiseId: promise.id, messageId: promise.messageId, quote: promise.quote };
    const other = amounts.length === 0 ? undefined : written.find((w) => {
      const same = pinned.flatMap((p) => p.amounts).filter((a) => a.currency === w.currency);
      return amounts.some((a) => a.currency === w.currency) && !same.some((a) => a.value === w.value);
    });
    if (other) found.push({ ...of, what: 'amount', promised: show(amounts.filter((a) => a.currency === other.currency)), written: other.text });
    if (promise.kind === 'amount') continue;
    const said = readDecisions(promise.quote);
    // Somebody who marks "refund the fee" as a refusal has said no, whatever words stand there.
    const saidNo = (d: Decision): boolean => promise.kind === 'refusal' || d.isNo;
    const against = decisions.find((d) => said.some((s) => s.topic === d.topic && saidNo(s) !== d.isNo) && !said.some((s) => s.topic === d.topic && saidNo(s) === d.isNo));
    if (against) found.push({ ...of, what: 'decision', promised: promise.quote, written: against.text });
  }
  return found;
}

export const sentenceOf = (d: Difference): string =>
  d.what === 'amount' ? `This says ${d.written}; ${d.promised} is pinned for this customer.` : 'This decides otherwise than what is pinned for this customer.';
