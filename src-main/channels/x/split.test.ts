import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/index.ts';
import { splitPost } from './split.ts';
import { weighPost } from './weigh.ts';

const plain = { leading: [] as string[], isNumbered: false };
const texts = (text: string, options = plain): string[] => splitPost(text, options).map((part) => part.text);
const words = (count: number, word = 'parcel'): string => Array.from({ length: count }, (_, i) => `${word}${i % 10}`).join(' ');

describe('cutting a text into posts', () => {
  it.each([
    ['what fits stays one', 'Hello there.', ['Hello there.']],
    ['after a sentence', `${'a'.repeat(199)}. ${'b'.repeat(150)}. End.`, [`${'a'.repeat(199)}.`, `${'b'.repeat(150)}. End.`]],
    ['after a paragraph rather than a sentence', `${'a'.repeat(160)}.\n\n${'b'.repeat(60)}. ${'c'.repeat(100)}.`, [`${'a'.repeat(160)}.`, `${'b'.repeat(60)}. ${'c'.repeat(100)}.`]],
    ['between words where a sentence would leave it half empty', `Hi. ${words(60, 'w')}`, null],
    ['inside a word only when one word is longer than a post', 'x'.repeat(600), ['x'.repeat(280), 'x'.repeat(280), 'x'.repeat(40)]],
    ['Chinese has no blanks', '我们已经收到您的来信，'.repeat(20), null],
    ['Thai has no blanks', 'สวัสดีครับเราได้รับข้อความของคุณแล้ว'.repeat(12), null],
    ['Hindi keeps its vowel signs', 'ग्राहक सेवा में आपका स्वागत है। '.repeat(14), null],
    ['a family of emoji is one letter', '👨‍👩‍👧‍👦'.repeat(200), null],
    ['flags are not torn', '🇮🇳'.repeat(200), null],
  ])('%s', (_, text, wanted) => {
    const parts = texts(text);
    if (wanted !== null) expect(parts).toEqual(wanted);
    for (const part of parts) {
      expect(weighPost(part, []).weight).toBeLessThanOrEqual(280);
      expect(part).not.toMatch(/^\p{M}|^\u200d|\u200d$/u);
    }
  });

  it('a link or an @name is never cut, though it weighs less than it is long', () => {
    const link = `https://example.org/${'long/'.repeat(60)}end`;
    const parts = texts(`${words(36)} ${link} @acme_customer_care ${words(20)}`);
    expect(parts.filter((part) => part.includes(link))).toHaveLength(1);
    expect(parts.filter((part) => /@acme_customer_care\b/.test(part))).toHaveLength(1);
  });

  it('leading @names X puts before an answer weigh nothing, in the first part only; a stranger’s counts', () => {
    const names = '@maria @joao ';
    expect(texts(`${names}${'a'.repeat(280)}`, { leading: ['@Maria', '@joao'], isNumbered: false })).toHaveLength(1);
    expect(texts(`${names}${'a'.repeat(280)}`, { leading: ['@maria'], isNumbered: false })).not.toHaveLength(1);
    expect(texts(`${names}${'a'.repeat(280)}`)).not.toHaveLength(1);
  });

  it('numbers are counted, also where there are more than nine parts', () => {
    const three = texts(words(90), { leading: [], isNumbered: true });
    expect(three.map((part) => part.slice(-4))).toEqual([' 1/3', ' 2/3', ' 3/3']);
    const many = texts(words(420), { leading: [], isNumbered: true });
    expect(many.length).toBeGreaterThan(9);
    expect(many.at(-1)).toMatch(new RegExp(` ${many.length}/${many.length}$`));
    for (const part of [...three, ...many]) expect(weighPost(part, []).weight).toBeLessThanOrEqual(280);
  });

  it('initials never stand alone', () => {
    for (let length = 268; length < 290; length += 1) {
      const parts = splitPost(`${'a'.repeat(40)} ${'b'.repeat(length - 41)} end ^RB`, { ...plain, keepTogether: 3 });
      expect(parts.at(-1)?.text).toMatch(/\S+ \^RB$/);
    }
  });

  it('whatever is written: the stretches joined are the text, and X takes every part', () => {
    const random = seededRandom(11);
    const pieces = ['parcel ', 'ग्राहक ', 'গ্রাহক ', '我们', '。', '. ', '! ', '\n\n', 'https://example.org/a/b?c=1 ', '@maria_silva ', '#refund ', '👩🏽‍🚀', '🇧🇩', 'é', 'e\u0301', 'สวัสดี', 'مرحبا ', 'x'.repeat(70), 'https://t.co/x', 'example.com', ' ', '&', '<3 '];
    const pick = (): string => pieces[Math.floor(random.unit() * pieces.length)] ?? '';
    for (let i = 0; i < 80; i += 1) {
      const text = Array.from({ length: 20 + Math.floor(random.unit() * 150) }, pick).join('');
      const isNumbered = i % 2 === 0;
      const parts = splitPost(text, { leading: i % 3 === 0 ? ['@maria_silva'] : [], isNumbered });
      expect(parts.map((part) => part.source).join('')).toBe(text);
      for (const [n, part] of parts.entries()) {
        expect(weighPost(part.text, i % 3 === 0 && n === 0 ? ['@maria_silva'] : []).weight, part.text).toBeLessThanOrEqual(280);
        expect(part.text.startsWith(part.source.trim()), 'nothing but the number is added').toBe(true);
        if (parts.length > 1) expect(part.source.trim()).not.toBe('');
      }
    }
  });
});
