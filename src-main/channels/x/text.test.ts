import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, decodeEntities, isSameText, readableText } from './text.ts';
import { weighPost } from './weigh.ts';

describe('text of posts', () => {
  it('expands t.co links and decodes what X escapes, once', () => {
    const urls = [{ url: 'https://t.co/abc', expanded_url: 'https://acme.example/help?a=1&b=2' }, { url: 'https://t.co/pic', expanded_url: 'https://x.com/maria/status/1/photo/1' }];
    expect(readableText('Tom &amp; Jerry &lt;3 &amp;lt; https://t.co/abc https://t.co/pic https://t.co/other', { urls }))
      .toBe('Tom & Jerry <3 &lt; https://acme.example/help?a=1&b=2 https://x.com/maria/status/1/photo/1 https://t.co/other');
    expect(decodeEntities('&quot;&#39;&nbsp;')).toBe('&quot;&#39;&nbsp;');
  });

  it.each([
    ['Sorry & thanks', '@maria @bob Sorry &amp; thanks'],
    ['see https://Acme.example/help/', '@maria see https://acme.example/help'],
    ['see acme.com now', 'see http://acme.com now'],
    ['two\n\nlines  here ', '@maria two\nlines here'],
    ['@maria thanks', '@maria thanks'],
    ['caf\u0065\u0301', 'café'],
    ['दस्तावेज़ भेजें', '@maria दस्तावेज़ भेजें'],
  ])('what was sent is known again: %j as %j', (sent, shown) => expect(isSameText(sent, shown)).toBe(true));

  it.each([['Thanks', 'Thanks!'], ['see https://acme.example/a', 'see https://acme.example/b'], ['refund 10', 'refund 100']])('%j is not %j', (a, b) => expect(isSameText(a, b)).toBe(false));

  it('comparing never throws and settles at once, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => isSameText(text, text) && typeof comparable(text) === 'string'));
  });
});

describe('weight of posts', () => {
  const both = ['@maria', '@Bob'];
  it.each<[string, string[], number, boolean]>([
    ['hello', both, 5, false],
    ['@maria @bob hello', both, 5, false],
    ['@BOB\n@maria hello', both, 5, false],
    ['@maria hello', [], 12, false],
    // Who is no part of the matter counts, and so does all behind them.
    ['@maria @eve hello', both, 10, false],
    ['@eve @maria hello', both, 17, false],
    ['hello @maria', both, 12, false],
    ['@maria: hello', both, 13, false],
    ['see https://acme.com/a/very/long/path/that/goes/on/and/on/for/ever', both, 27, true],
    ['acme.com', both, 23, true],
    ['漢字', both, 4, false],
    ['👩‍👩‍👧', both, 2, false],
    ['caf\u0065\u0301', both, 4, false],
    ['@maria', both, 0, false],
  ])('%j before which X puts %j weighs %i', (text, leading, weight, hasLink) => expect(weighPost(text, leading)).toEqual({ weight, max: 280, hasLink }));
});
