import { describe, expect, it } from 'vitest';
import { hasMarkup, markupHtml, markupPlain } from './markup.ts';

const flat = (html: string): string => html.replaceAll('\n', '').replaceAll(/ style="[^"]*"/g, '');

describe('what an agent writes', () => {
  it.each([
    ['bold', 'We **will** call', '<p>We <strong>will</strong> call</p>', 'We will call'],
    ['bold in Hindi', 'आपका **पैसा** वापस', '<p>आपका <strong>पैसा</strong> वापस</p>', 'आपका पैसा वापस'],
    ['a list', 'Please send\n- the bill\n- a photo\nThank you', '<p>Please send</p><ul><li>the bill</li><li>a photo</li></ul><p>Thank you</p>', 'Please send\n- the bill\n- a photo\nThank you'],
    ['numbers', '1. Open it\n2. Press **Reset**', '<ol><li>Open it</li><li>Press <strong>Reset</strong></li></ol>', '1. Open it\n2. Press Reset'],
    ['a link', 'See [the page](https://acme.example/a?b=1&c=2).', '<p>See <a href="https://acme.example/a?b=1&amp;c=2">the page</a>.</p>', 'See the page <https://acme.example/a?b=1&c=2>.'],
    ['an address', 'See https://acme.example/x', '<p>See <a href="https://acme.example/x">https://acme.example/x</a></p>', 'See https://acme.example/x'],
    ['a mail link', '[Write](mailto:care@acme.example)', '<p><a href="mailto:care@acme.example">Write</a></p>', 'Write <care@acme.example>'],
    ['a quote and an answer right under it', '> When?\nToday.', '<blockquote><p>When?</p></blockquote><p>Today.</p>', '> When?\nToday.'],
    ['line breaks', 'Dear Asha\nall is well', '<p>Dear Asha<br>all is well</p>', 'Dear Asha\nall is well'],
    ['a signature under a list', '- one\n\n-- \nRobert', '<ul><li>one</li></ul><p>--<br>Robert</p>', '- one\n\n-- \nRobert'],
  ])('%s', (_, text, html, plain) => {
    expect(flat(markupHtml(text))).toBe(html);
    expect(markupPlain(text)).toBe(plain);
  });

  it.each([
    ['HTML', '<b>x</b> <img src=x onerror=alert(1)>', '<p>&lt;b&gt;x&lt;/b&gt; &lt;img src=x onerror=alert(1)&gt;</p>'],
    ['an entity', 'Fish &amp; chips &lt;', '<p>Fish &amp;amp; chips &amp;lt;</p>'],
    ['a link that runs something', '[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['a link to data', '[x](data:text/html,hi)', '<p>[x](data:text/html,hi)</p>'],
    ['single stars and underscores', '*x* _y_ __z__ a_b_c 2 * 3 * 4', '<p>*x* _y_ __z__ a_b_c 2 * 3 * 4</p>'],
    ['a heading, code, a rule', '# a\n`b`\n---\n    c', '<p># a<br>`b`<br>---<br>c</p>'],
    ['a picture', '![x](https://a.example/x.png)', '<p>!<a href="https://a.example/x.png">x</a></p>'],
    ['a domain without a scheme', 'acme.example and a@b.example', '<p>acme.example and a@b.example</p>'],
  ])('leaves as typed: %s', (_, text, html) => expect(flat(markupHtml(text))).toBe(html));

  it.each([['plain', false], ['2 * 3', false], ['https://a.example', false], ['*x*', false], ['**x**', true], ['- x', true], ['1. x', true], ['> x', true], ['[x](https://a.example)', true], ['a\n\n-- \nRobert', false]])('formatting shows in %j: %s', (text, shows) => expect(hasMarkup(text)).toBe(shows));
});
