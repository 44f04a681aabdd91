import { describe, expect, test } from 'vitest';
import { differences, readAmounts, readDecimal } from './same-answer.ts';

test.each([
  ['1,234.50', 1234.5], ['1.234,50', 1234.5], ['1 234,50', 1234.5], ['1,00,000', 100_000], ['20', 20], ['20,5', 20.5], ['1.000', 1000], ['0.99', 0.99], ["1'000.00", 1000],
])('%s is the number %d', (text, value) => expect(readDecimal(text)).toBe(value));

test.each([
  ['We refund €20 today', [['EUR', 20]]], ['20 € zurück', [['EUR', 20]]], ['EUR 20.00', [['EUR', 20]]], ['twenty or 20 euros', [['EUR', 20]]], ['£15 now and £3.50 later', [['GBP', 15], ['GBP', 3.5]]],
  ['US$20', [['USD', 20]]], ['R$ 20,50 de volta', [['BRL', 20.5]]], ['devolvemos 1.250,00 reais', [['BRL', 1250]]], ['RM20.00 sahaja', [['MYR', 20]]], ['50 ringgit', [['MYR', 50]]],
  ['₹500 वापस', [['INR', 500]]], ['५०० रुपये वापस मिलेंगे', [['INR', 500]]], ['Rs. 1,00,000', [['INR', 100_000]]], ['৳৫০০ ফেরত', [['BDT', 500]]], ['আমরা ৫০০ টাকা ফেরত দেব', [['BDT', 500]]],
  ['10 % off', [['%', 10]]], ['call 020 7946 0000 at 10:30', []], ['order 12345', []], ['really 5', []], ['5 realities', []],
] as [string, [string, number][]][])('%s holds the amounts %j', (text, amounts) => expect(readAmounts(text).map((a) => [a.currency, a.value])).toEqual(amounts));

const pin = (kind: 'promise' | 'refusal' | 'amount' | 'said', quote: string) => ({ id: 'p', messageId: 1, kind, quote });
const DIFFERS: [name: string, draft: string, pinned: ReturnType<typeof pin>[], what: string[]][] = [
  ['another amount', 'We will refund €30.', [pin('promise', 'Refund of €20')], ['amount']],
  ['the same amount in another notation', 'You get 20,00 € back.', [pin('promise', 'Refund of €20')], []],
  ['another amount in Hindi digits', 'आपको ३०० रुपये वापस मिलेंगे', [pin('amount', '₹500')], ['amount']],
  ['another amount in Portuguese', 'Devolvemos R$ 30,00.', [pin('promise', 'reembolso de R$ 20')], ['amount']],
  ['another amount in Malay', 'Bayaran balik RM30', [pin('amount', 'RM 20')], ['amount']],
  ['another amount in Bengali', 'আমরা ৩০০ টাকা ফেরত দেব', [pin('amount', '৳৫০০')], ['amount']],
  ['an amount in a currency nobody promised', 'The line costs $9.', [pin('promise', 'Refund of €20')], []],
  ['one of two pinned amounts', 'The €5 come next week.', [pin('promise', 'Refund of €20'), pin('promise', 'and €5 credit')], []],
  ['yes after a refusal', 'Of course we refund the fee.', [pin('refusal', 'No refund of the fee')], ['decision']],
  ['no after a refusal', 'We cannot refund the fee.', [pin('refusal', 'refund of the fee')], []],
  ['no after a promise', 'Sorry, we do not refund that.', [pin('promise', 'we refund the fee')], ['decision']],
  ['no after a promise, in Hindi', 'हम रिफंड नहीं देंगे', [pin('promise', 'रिफंड मिलेगा')], ['decision']],
  ['no after a promise, in Bengali', 'আমরা রিফান্ড দিতে পারব না।', [pin('promise', 'রিফান্ড পাবেন')], ['decision']],
  ['no after a promise, in Portuguese', 'Não há reembolso.', [pin('promise', 'fazemos o reembolso')], ['decision']],
  ['no after a promise, in Malay', 'Kami tidak boleh ganti peranti itu.', [pin('promise', 'ganti peranti')], ['decision']],
  ['another topic', 'We cancel the contract.', [pin('refusal', 'No refund')], []],
  ['what a customer said', 'You get €30', [pin('said', 'I was told €20')], []],
  ['nothing to compare', 'Thank you!', [pin('promise', 'Refund of €20')], []],
];
describe('a draft against what is pinned:', () => {
  test.each(DIFFERS)('%s', (_, draft, pinned, what) => expect(differences(draft, pinned).map((d) => d.what)).toEqual(what));
});
