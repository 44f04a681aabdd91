import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arm, hostileMails } from '../../e2e/hostile-mail/index.ts';
import { cleanStyle } from './css.ts';
import { makePage } from './page.ts';
import { readMarkup, writeMarkup, type Piece } from './markup.ts';
import { sanitise } from './sanitise.ts';

const armed = hostileMails.map(({ name, html }, n) => [name, arm(html, n, 'http://127.0.0.1:9')] as const);
const page = (html: string, scheme: 'light' | 'dark' = 'light') => makePage(html, { scheme, width: 620, linkPath: (n) => `/l/x/${n}`, picture: () => null });

const elements = (pieces: readonly Piece[]): Exclude<Piece, string>[] => pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece, ...elements(piece.children)]));

/** Pieces hostile mails are made of, to be joined in any order. */
const fragment = fc.oneof(
  fc.constantFrom(...armed.map(([, html]) => html)),
  fc.constantFrom('<', '>', '"', '\'', '&', '&lt;', '&#x', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '\u0000', '`', '=', '<p>', '</p>', '<table>', '<td>', '<b>', '<a href="https://x.example/?a=1&b=2">', '</a>', '<svg>', '<math>', '<style>', '</style>', '<title>', '<body bgcolor=red style="color:blue">', '<div style="color:red;margin:4px">', '<img src=cid:a@b alt="a&lt;b">', '<blockquote>'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const soup = fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join(''));

test('what was sanitised stays as it is when it is sanitised again', () => {
  for (const [name, html] of armed) expect(sanitise(sanitise(html)), name).toBe(sanitise(html));
  fc.assert(fc.property(soup, (html) => {
    const once = sanitise(html);
    expect(sanitise(once)).toBe(once);
  }), { numRuns: 1_500 });
});

test('what the sanitiser writes, the strict reader reads, and writes the same tree again', () => {
  fc.assert(fc.property(soup, (html) => {
    const tree = readMarkup(sanitise(html));
    expect(readMarkup(writeMarkup(tree))).toEqual(tree);
  }), { numRuns: 1_500 });
});

test('no element, attribute or scheme comes through that is not on a list', () => {
  const tags = new Set<string>();
  const names = new Set<string>();
  for (const [name, html] of armed) {
    for (const { tag, attributes } of elements(readMarkup(sanitise(html)))) {
      tags.add(tag);
      for (const [attribute, value] of attributes) {
        names.add(attribute);
        if (attribute === 'href') expect(value, name).toMatch(/^(?:https?|mailto|tel|sip):/);
        if (attribute === 'src') expect(value, name).toMatch(/^(?:https?:\/\/|cid:|data:image\/(?:png|jpeg|gif|webp);base64,)/);
        if (attribute === 'style') expect(value, name).not.toMatch(/url|expression|var|import|image-set|\\|position/i);
      }
    }
  }
  for (const tag of ['script', 'style', 'svg', 'math', 'iframe', 'object', 'embed', 'form', 'input', 'button', 'link', 'meta', 'base', 'template', 'title', 'textarea', 'video', 'audio', 'details']) expect(tags).not.toContain(tag);
  expect([...names].filter((name) => name.startsWith('on') || ['id', 'name', 'class', 'srcset', 'ping', 'target', 'background', 'cite'].includes(name))).toEqual([]);
});

test('the collection is as large as promised', () => {
  expect(hostileMails.length).toBeGreaterThanOrEqual(250);
  expect(new Set(hostileMails.map(({ html }) => html)).size).toBe(hostileMails.length);
});

test('the strict reader refuses any other spelling, and then nothing is shown', () => {
  for (const html of ['<p', '<p>x', '</p>', '<p></b>', '<p onclick=x>', '<p x=\'1\'>x</p>', '<!-- x -->', '<p a="<">x</p>', '<P>x</P>', 'a > b']) expect(() => readMarkup(html), html).toThrow(RangeError);
});

describe('style attributes', () => {
  test.each([
    ['color: RED; Background-Color : #FFF', 'color:red;background-color:#fff'],
    ['font-family:"Helvetica Neue", Arial', 'font-family:helvetica neue, arial'],
    ['background:url(https://x.example/p.gif)', ''],
    ['background:rgb(1, 2, 3)', 'background:rgb(1, 2, 3)'],
    ['background:u\\72l(x)', ''],
    ['color:red;/**/position:fixed', ''],
    ['position:fixed;color:red', 'color:red'],
    ['margin:-20px;margin-left:4px', 'margin-left:4px'],
    ['width:expression(1)', ''],
    ['display:flex;display:none', 'display:none'],
    ['color:red !important', 'color:red'],
    ['color:red}body{x:y', ''],
    ['content:"x"', ''],
  ])('%j becomes %j', (style, clean) => {
    expect(cleanStyle(style)).toBe(clean);
    expect(cleanStyle(clean)).toBe(clean);
  });
});

describe('the page of a mail', () => {
  test('knows links by number only and says where they lead on hover', () => {
    const { html, links } = page('<a href="https://shop.example/a?b=1&amp;c=2">Order</a> <a href="javascript:x()">no</a> <a href="mailto:a@b.example">write</a>');
    expect(links).toEqual(['https://shop.example/a?b=1&c=2', 'mailto:a@b.example']);
    expect(html).toContain('<a href="/l/x/0" title="https://shop.example/a?b=1&amp;c=2">Order</a> <a>no</a>');
    expect(html).not.toContain('href="https');
  });

  test('shows pictures of the mail itself, leaves a word for those of the web, and drops the ones that only spy', () => {
    const source = '<img src="cid:logo@x" width="80"><img src="https://x.example/a.png" alt="A shoe"><img src="https://x.example/b.png"><img src="https://spy.example/1.gif" width="1" height="1"><img src="https://x.example/a.png" alt="">';
    const seen: string[] = [];
    const shown = makePage(source, { scheme: 'light', width: 620, linkPath: String, picture: (address) => { seen.push(address); return address === 'cid:logo@x' ? 'data:image/png;base64,AAAA' : null; } });
    expect(shown.html).toContain('<img src="data:image/png;base64,AAAA" width="80" alt="">');
    expect(shown.html).toContain('<span class="picture">A shoe</span>');
    expect(shown.html).not.toContain('x.example');
    expect(shown.remote).toEqual(['https://x.example/a.png', 'https://x.example/b.png']);
    expect(seen).not.toContain('https://spy.example/1.gif');
  });

  test('folds the quoted mail under what was written, never a mail that is all quote', () => {
    expect(page('<p>Thanks!</p><div><blockquote><p>Earlier</p><blockquote>Earliest</blockquote></blockquote></div>').html.match(/<details>/g)).toHaveLength(1);
    expect(page('<blockquote><p>Only this</p></blockquote>').html).not.toContain('<details>');
  });

  test('takes the desk\'s theme when the mail has no colours, else white paper under its own', () => {
    expect(page('<p><b>Hello</b></p>', 'dark').html).toContain('color-scheme:dark');
    for (const own of ['<p style="color:#222">Hello</p>', '<td bgcolor="#fff">x</td>', '<font color="red">x</font>', '<body text="#000">x</body>']) expect(page(own, 'dark').html, own).toContain('color-scheme:light');
  });

  test('keeps the ground a mail paints on its body', () => {
    expect(page('<html><body bgcolor="#102030" text=white style="font-family:\'Arial\';margin:90px;background-image:url(x)"><p>x</p></body>').html).toContain('<body style="background-color:#102030;color:white;font-family:arial"><p>x</p></body>');
    expect(page('<body style=\'color:red"><script>\'>x').html).toContain('</style></head><body>x</body>');
  });

  test.each([
    ['one line', '<p>Hello</p>', 50, 80],
    ['thirty lines', '<p>Hello</p>'.repeat(30), 900, 1_200],
    ['a heading and a table with borders', '<h2>Offer</h2><p>Our trellis:</p><table border="1"><tr><th>Part</th><th>Price</th></tr><tr><td>Frame</td><td>20 GBP</td></tr></table>', 180, 190],
    ['a picture with its size', '<img src="https://x.example/a.png" alt="x" width="600" height="300">', 40, 330],
    ['columns beside each other', `<table><tr>${`<td>${'word '.repeat(20)}</td>`.repeat(3)}</tr></table>`, 60, 200],
    ['what is hidden', `<div style="display:none">${'word '.repeat(2_000)}</div><p>x</p>`, 50, 80],
  ])('reckons how high it will be: %s', (_what, html, least, most) => {
    const { height } = page(html);
    expect(height).toBeGreaterThanOrEqual(least);
    expect(height).toBeLessThanOrEqual(most);
  });

  test('shrinks a mail made for a wider window until it fits, as far as it can be read', () => {
    const made = (width: number) => makePage('<table width="600"><tr><td>x</td></tr></table>', { scheme: 'light', width, linkPath: String, picture: () => null }).html;
    expect(made(800)).not.toContain('zoom');
    expect(made(504)).toContain('zoom:0.800');
    expect(made(200)).toContain('zoom:0.600');
  });

  test('is made of a mail half a megabyte long in well under a second', () => {
    const long = '<table><tr><td style="color:#222"><a href="https://x.example/">word</a> and more</td></tr></table>'.repeat(6_000);
    const started = performance.now();
    page(long);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
