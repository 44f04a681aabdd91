import { expect, test } from 'vitest';
import { arm, hostileMails } from '../../e2e/hostile-mail/index.ts';
import type { StoredFile } from '../channels/port.ts';
import { readMarkup, type Element, type Piece } from './markup.ts';
import { passedOn } from './pass-on.ts';
import { sanitise } from './sanitise.ts';

const file = (contentId: string | null): StoredFile => ({ sha256: 'a', name: 'a.png', type: 'image/png', size: 1, contentId, alt: null });
const inner = (html: string, files: readonly StoredFile[] = []): string | null => passedOn(Buffer.from(html), files)?.replace(/^<div dir="auto">|<\/div>$/g, '') ?? null;

test.each<[string, string, (string | null)[], string]>([
  ['words and tables keep their shape', '<h2 style="color:red">Offer</h2><table border=1><tr><td>a&amp;b</td></tr></table>', [], '<h2 style="color:red">Offer</h2><table border="1"><tr><td>a&amp;b</td></tr></table>'],
  ['a picture of the mail stays, by the id its file has', '<img src="cid:Logo%40x" alt="Logo">', ['logo@X'], '<img src="cid:logo@X" alt="Logo" />'],
  ['one that does not go along is named', '<p><img src="cid:logo@x" alt="Our &lt;logo>"></p>', [], '<p>Our &lt;logo&gt;</p>'],
  ['one without a name goes', '<p><img src="cid:logo@x"></p>', [null], '<p></p>'],
  ['an id that could not stand in a header', '<p><img src="cid:a%0d%0aBcc:x@y" alt="x"></p>', ['a\r\nBcc:x@y'], '<p>x</p>'],
  ['what only tells that the mail was opened', '<p>Hi<img src="https://t.example/o.gif" width="1" height="1"></p>', [], '<p>Hi</p>'],
  ['scripts, handlers and forms', '<p onclick="x()">Hi<script>x()</script></p><form action="https://e.example"><input></form>', [], '<p>Hi</p>'],
])('passed on: %s', (_, html, ids, leaves) => expect(inner(html, ids.map(file))?.replaceAll(' />', '>')).toBe(leaves.replaceAll(' />', '>')));

test('the ground a mail gives its body goes along', () => expect(passedOn(Buffer.from('<body bgcolor="#ffeedd" onload="x()"><p>Hi</p></body>'), [])).toBe('<div dir="auto" style="background-color:#ffeedd"><p>Hi</p></div>'));

test('what is too large to be taken apart leaves as its words', () => expect(passedOn(Buffer.alloc(600 * 1024, 'a'), [])).toBeNull());

test('of the collection of hostile mails nothing leaves that the sanitiser would not let in', () => {
  const elements = (pieces: readonly Piece[]): Element[] => pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece, ...elements(piece.children)]));
  hostileMails.forEach(({ name, html }, n) => {
    const leaves = passedOn(Buffer.from(arm(html, n, 'http://127.0.0.1:9')), [file('a@b')]);
    if (leaves === null) return;
    expect(readMarkup(sanitise(leaves)), name).toEqual(readMarkup(leaves));
    for (const { attributes } of elements(readMarkup(leaves))) expect([...attributes.keys()].filter((key) => key.startsWith('on')), name).toEqual([]);
  });
});
