import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { memoryFiles } from '../contract-suite.ts';
import type { MessageEvent } from '../port.ts';
import { mailLimits } from './limits.ts';
import { parseMail, type ReadMailOptions } from './parse-mail.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const OWN = 'care@acme.example';
const OURS = '<01980000-aaaa-7bbb-8ccc-0123456789ab@acme.example>';

const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));
const mail = (headers: string[], body = 'Hello'): Uint8Array => bytes(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`);
const BASE = ['From: Maria Silva <Maria@Example.org>', `To: Care <${OWN}>`, 'Subject: Router', 'Message-ID: <m1@example.org>', 'Date: Mon, 5 Jan 2026 10:00:00 +0100'];
const files = memoryFiles();
const read = (raw: Uint8Array, options: Partial<ReadMailOptions> = {}): Promise<MessageEvent> => parseMail(raw, { own: [OWN], receivedAt: NOW, files, ...options });
const detail = (event: MessageEvent): Extract<MessageEvent['detail'], { type: 'mail' }> => {
  if (event.detail.type !== 'mail') throw new Error('no mail');
  return event.detail;
};
const content = (event: MessageEvent, name: string): string => Buffer.from(files.get(event.files.find((file) => file.name === name)?.sha256 ?? '')).toString();

describe('a plain mail', () => {
  it('becomes an inbound event with everything in its place', async () => {
    expect(await read(mail(BASE))).toEqual({
      type: 'message', externalId: '<m1@example.org>', kind: 'mail', direction: 'inbound', at: Date.UTC(2026, 0, 5, 9),
      party: { kind: 'email', value: 'maria@example.org', display: 'Maria@Example.org', name: 'Maria Silva' },
      author: 'Maria Silva', subject: 'Router', text: 'Hello', references: [], threadKeys: ['<m1@example.org>'], ownKey: null, files: [],
      detail: { type: 'mail', from: 'Maria@Example.org', to: [OWN], cc: [], messageId: '<m1@example.org>', automatic: 'no', unreadable: null },
      isSeen: false,
    });
  });

  it('is outbound when we wrote it, also from another program', async () => {
    const event = await read(mail([`From: Acme Care <${OWN.toUpperCase()}>`, `To: ${OWN}, Maria <maria@example.org>`, 'Message-ID: <x@phone>']));
    expect(event).toMatchObject({ direction: 'outbound', party: { value: 'maria@example.org', name: 'Maria' }, author: 'Acme Care', ownKey: null });
    expect(await read(mail(['From: alias@acme.example', 'To: maria@example.org']), { isSent: true })).toMatchObject({ direction: 'outbound', party: { value: 'maria@example.org' } });
  });

  it('finds our own key on what we wrote, and only there', async () => {
    expect(await read(mail([`From: ${OWN}`, 'To: maria@example.org', 'Message-ID: <rewritten@outlook>', `X-Parley-Id: ${OURS}`]))).toMatchObject({ ownKey: OURS, externalId: '<rewritten@outlook>', threadKeys: ['<rewritten@outlook>', OURS] });
    expect(await read(mail([`From: ${OWN}`, 'To: maria@example.org', `Message-ID: ${OURS}`]))).toMatchObject({ ownKey: OURS });
    expect(await read(mail([...BASE, `X-Parley-Id: ${OURS}`]))).toMatchObject({ ownKey: null });
  });

  it('takes a contact form on our own site as the customer writing', async () => {
    expect(await read(mail([`From: ${OWN}`, `To: ${OWN}`, 'Reply-To: Maria <maria@example.org>']))).toMatchObject({ direction: 'inbound', party: { value: 'maria@example.org' }, author: 'Maria' });
  });

  it.each([
    ['another address of theirs', ['Reply-To: Office <office@example.org>'], ['office@example.org']],
    ['the address it came from', ['Reply-To: Maria@example.org'], undefined],
    ['ours', [`Reply-To: ${OWN}`], undefined],
    ['a list', ['Reply-To: list@example.org', 'List-Id: <list.example.org>'], undefined],
  ])('an answer is wanted at: %s', async (_, headers, wanted) => expect(detail(await read(mail([...BASE, ...headers]))).replyTo).toEqual(wanted));

  it('honours Reply-To of a no-reply sender only', async () => {
    expect((await read(mail(['From: no-reply@shop.example', `To: ${OWN}`, 'Reply-To: maria@example.org']))).party.value).toBe('maria@example.org');
    expect((await read(mail(['From: list@shop.example', `To: ${OWN}`, 'Reply-To: maria@example.org']))).party.value).toBe('list@shop.example');
  });

  it('has a stable id without a Message-ID', async () => {
    const raw = mail(['From: a@b.example', `To: ${OWN}`]);
    const event = await read(raw);
    expect(event.externalId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await read(raw)).externalId).toBe(event.externalId);
    expect(event.threadKeys).toEqual([]);
  });
});

describe('threading keys', () => {
  it('are our token, In-Reply-To, References newest first, Thread-Index; comments and commas do not matter', async () => {
    const outlook = Buffer.alloc(32, 7);
    const event = await read(mail([...BASE, 'In-Reply-To: "Care" <r2@x> (your mail)', `References: <r1@x>,${OURS} (a comment <no address>) <r2@x>`, `Thread-Index: ${outlook.toString('base64')}`]));
    const index = `thread-index:${outlook.subarray(0, 22).toString('base64')}`;
    expect(event.references).toEqual([OURS, '<r2@x>', '<r1@x>', index]);
    expect(event.threadKeys).toEqual(['<m1@example.org>', index]);
  });
});

describe('dates', () => {
  it.each([
    ['a bad date', 'yesterday-ish', NOW],
    ['none', '', NOW],
    ['a date in the future', 'Tue, 1 Jan 2099 00:00:00 +0000', NOW],
    ['before mail was common', 'Thu, 1 Jan 1970 00:00:00 +0000', NOW],
    ['without a zone (UTC on every desk)', 'Mon, 5 Jan 2026 10:00:00', Date.UTC(2026, 0, 5, 10)],
    ['with a comment', 'Mon, 5 Jan 2026 10:00:00 +0000 (CET)', Date.UTC(2026, 0, 5, 10)],
    ['a named zone', 'Mon, 5 Jan 2026 05:00:00 EST', Date.UTC(2026, 0, 5, 10)],
  ])('%s', async (_name, date, at) => {
    expect((await read(mail(['From: a@b.example', `Date: ${date}`]))).at).toBe(at);
  });
});

describe('charsets, on the runtime we ship', () => {
  const japanese = [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42];
  it.each<[string, string, number[], string]>([
    ['windows-1252', 'windows-1252', [0x80, 0x20, 0x93, 0x6f, 0x6b, 0x94, 0x20, 0xe9], '€ “ok” é'],
    ['iso-8859-1, as windows-1252', 'iso-8859-1', [0x80, 0x20, 0xe9], '€ é'],
    ['ISO-2022-JP', 'ISO-2022-JP', japanese, '日本'],
    ['GB18030', 'gb18030', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    ['KOI8-R', 'koi8-r', [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], 'Привет'],
    ['an unknown one, as windows-1252', 'x-nonsense', [0xe9], 'é'],
  ])('%s in body and raw header', async (_name, charset, raw, text) => {
    const event = await read(bytes('From: a@b.example\r\nSubject: ', raw, `\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`, raw));
    expect(event.text).toBe(text);
    expect(event.subject).toBe(text);
  });

  it('reads raw UTF-8 headers and a raw latin-1 name without any declaration', async () => {
    expect(await read(mail(['From: "Zoë" <z@b.example>', 'Subject: Grüße ✓']))).toMatchObject({ subject: 'Grüße ✓', author: 'Zoë' });
    expect((await read(bytes('From: Zo', [0xeb], ' <z@b.example>\r\nSubject: Hi\r\n\r\nx'))).author).toBe('Zoë');
  });

  it('reads encoded words', async () => {
    expect((await read(mail(['From: =?utf-8?B?TWFyw61h?= <m@b.example>', 'Subject: =?koi8-r?B?8NLJ18XU?=']))).subject).toBe('Привет');
  });
});

const multipart = (type: string, ...parts: string[]): string[] => [`Content-Type: multipart/${type}; boundary=b`, '', ...parts.flatMap((part) => ['--b', part]), '--b--'];
const whole = (...lines: string[]): Uint8Array => bytes([...BASE, 'MIME-Version: 1.0', ...lines].join('\r\n'));

describe('bodies', () => {
  it('prefers plain text and keeps HTML only when it says more', async () => {
    const alike = await read(whole(...multipart('alternative', 'Content-Type: text/plain\r\n\r\nHello Maria', 'Content-Type: text/html\r\n\r\n<div dir="ltr">Hello Maria</div>')));
    expect(alike).toMatchObject({ text: 'Hello Maria', files: [] });
    const more = await read(whole(...multipart('alternative', 'Content-Type: text/plain\r\n\r\nHello Maria', 'Content-Type: text/html\r\n\r\n<p>Hello <a href="https://x.example/a">Maria</a></p>')));
    expect(more.text).toBe('Hello Maria');
    expect(more.files).toMatchObject([{ name: 'message.html', type: 'text/html', contentId: null }]);
  });

  it('makes text of HTML alone, without scripts and styles', async () => {
    const event = await read(whole('Content-Type: text/html; charset=utf-8', '', '<style>p{}</style><h1>Héllo</h1><p>See <a href="https://x.example">here</a></p><script>alert(1)</script><blockquote>old</blockquote>'));
    expect(event.text).toContain('Héllo');
    expect(event.text).toContain('here [https://x.example]');
    expect(event.text).toContain('> old');
    expect(event.text).not.toMatch(/alert|p\{\}/);
    expect(content(event, 'message.html')).toContain('<script>');
  });

  it('keeps a forwarded mail as a file and pictures with their content id and alternative', async () => {
    const event = await read(whole(...multipart('mixed',
      'Content-Type: text/html\r\n\r\n<img src="cid:p1@x" alt="The broken router">',
      'Content-Type: image/png; name="../../etc/pass<wd.png"\r\nContent-ID: <p1@x>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=',
      'Content-Type: message/rfc822\r\n\r\nFrom: other@x.example\r\nSubject: inner\r\n\r\nsecret inner text')));
    expect(event.files.map(({ name, type, contentId, alt }) => ({ name, type, contentId, alt }))).toEqual([
      { name: 'pass_wd.png', type: 'image/png', contentId: 'p1@x', alt: 'The broken router' },
      { name: 'attachment-2.eml', type: 'message/rfc822', contentId: null, alt: null },
      { name: 'message.html', type: 'text/html', contentId: null, alt: null },
    ]);
    expect(event.text).not.toContain('secret inner');
    expect(content(event, 'attachment-2.eml')).toContain('secret inner text');
  });

  it('cuts an endless text and keeps the whole as a file', async () => {
    const limits = { ...mailLimits, textChars: 100 };
    const event = await read(mail(BASE, 'word '.repeat(100)), { limits });
    expect(event.text).toHaveLength(104);
    expect(content(event, 'message.txt').trim()).toHaveLength(499);
  });

  it('shows no bidi overrides or controls in names, subjects and text', async () => {
    const event = await read(mail(['From: "evil\u202egnp.exe" <a@b.example>', 'Subject: a\u0000b\u2066c'], 'x\u0007\u202ey'));
    expect([event.author, event.subject, event.text]).toEqual(['evilgnp.exe', 'abc', 'xy']);
  });
});

const dsn = (action: string, status: string, original = OURS): Uint8Array =>
  whole('Return-Path: <>', ...multipart('report; report-type=delivery-status', 'Content-Type: text/plain\r\n\r\nSorry.',
    `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; Joao@Example.net\r\nAction: ${action}\r\nStatus: ${status}\r\n`,
    `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${original}\r\nSubject: x\r\n`));

describe('automatic mail', () => {
  it.each<[string, string[], string]>([
    ['a person', [], 'no'],
    ['Auto-Submitted: no', ['Auto-Submitted: no'], 'no'],
    ['a vacation note, also with Precedence: bulk', ['Auto-Submitted: auto-replied (vacation)', 'Precedence: bulk'], 'auto_reply'],
    ['generated', ['Auto-Submitted: auto-generated'], 'auto_reply'],
    ['a null return path', ['Return-Path: <>'], 'auto_reply'],
    ['Precedence: auto_reply', ['Precedence: auto_reply'], 'auto_reply'],
    ['a list', ['List-Id: <l.example>'], 'bulk'],
    ['bulk', ['Precedence: Bulk'], 'bulk'],
    ['X-Auto-Response-Suppress alone proves nothing', ['X-Auto-Response-Suppress: All'], 'no'],
    ['an old-style bounce', ['X-Failed-Recipients: joao@example.net'], 'bounce'],
  ])('%s', async (_name, headers, kind) => {
    expect(detail(await read(mail([...BASE, ...headers]))).automatic).toBe(kind);
  });

  it('a bounce of our mail belongs to the customer it did not reach', async () => {
    const event = await read(dsn('failed', '5.1.1'));
    expect(event).toMatchObject({ party: { value: 'joao@example.net' }, detail: { automatic: 'bounce' } });
    expect(event.references[0]).toBe(OURS);
  });

  it('a bounce of somebody else\'s mail stays with who sent it', async () => {
    expect((await read(dsn('failed', '5.1.1', '<other@x>'))).party.value).toBe('maria@example.org');
  });

  it('a delay is not a failure yet', async () => {
    expect(detail(await read(dsn('delayed', '4.4.1')))).toMatchObject({ automatic: 'delayed', failures: [{ recipient: 'joao@example.net', isFinal: false }] });
  });
});

describe('hostile mail', () => {
  const nested = (depth: number): string => {
    let lines = '';
    for (let i = 0; i < depth; i += 1) lines += `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`;
    return lines;
  };
  const table: [string, Uint8Array][] = [
    ['nothing at all', bytes('')],
    ['one byte', bytes([0xff])],
    ['no header, only text', bytes('\r\n\r\njust text')],
    ['bare CR line ends', bytes('From: a@b.example\rSubject: old Mac\r\rtext')],
    ['a thousand levels', bytes('From: a@b.example\r\n', nested(1_000))],
    ['parts without end', bytes('From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n', '--x\r\n\r\n'.repeat(30_000))],
    ['attachments without end', bytes('From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n', '--x\r\nContent-Type: a/b\r\n\r\nx\r\n'.repeat(1_000))],
    ['a header of megabytes', bytes('From: a@b.example\r\nSubject: ', 'x'.repeat(3_000_000), '\r\n\r\ntext')],
    ['headers without end', bytes('From: a@b.example\r\n', 'X-A: b\r\n'.repeat(200_000))],
    ['a truncated multipart', whole('Content-Type: multipart/mixed; boundary=never', '', 'preamble only')],
    ['a multipart that is its own boundary', whole('Content-Type: multipart/mixed; boundary=""', '', '--', '--')],
    ['broken base64', whole('Content-Transfer-Encoding: base64', '', '!!!====\u0000aGk')],
    ['broken quoted-printable', whole('Content-Transfer-Encoding: quoted-printable', '', '=ZZ=\r\n=E')],
    ['a million recipients', bytes('From: a@b.example\r\nTo: ', 'a@b.example, '.repeat(30_000), '\r\n\r\nx')],
    ['deep comments', bytes(`From: ${'('.repeat(50_000)} a@b.example\r\nDate: ${'('.repeat(50_000)}\r\nContent-Type: text/plain; ${'('.repeat(50_000)}\r\n\r\nx`)],
    ['deep HTML', whole('Content-Type: text/html', '', '<div>'.repeat(100_000))],
    ['deep tables', whole('Content-Type: text/html', '', '<table><tr><td>x'.repeat(80_000))],
    ['unclosed tags', whole('Content-Type: text/html', '', '<img '.repeat(200_000), '<style>'.repeat(50_000))],
    ['a wall of blanks', whole('Content-Type: text/plain', '', `${' '.repeat(1_000_000)}x`)],
    ['lone surrogates by entity', whole('Content-Type: text/html', '', '&#xD800;&#x110000;&#0;hi')],
    ['NUL bytes everywhere', bytes('From: a@b.example\0\r\nSubj\0ect: x\r\n\r\n\0\0text')],
    ['a wrong charset label', whole('Content-Type: text/plain; charset=utf-16', '', 'odd number of bytes')],
  ];

  it.each(table)('%s is kept and never throws', async (_name, raw) => {
    const started = performance.now();
    const event = await read(raw);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(event.externalId).not.toBe('');
    expect(event.party.value).not.toBe('');
    expect(event.at).toBeLessThanOrEqual(NOW);
    expect(event.text.isWellFormed()).toBe(true);
    expect((event.subject ?? '').length).toBeLessThanOrEqual(mailLimits.subjectChars);
    if (detail(event).unreadable !== null) expect(event.files.map((file) => file.name)).toContain('message.eml');
  });

  it('keeps a mail it cannot read whole, with what its head says and a sentence', async () => {
    const raw = bytes([...BASE, ''].join('\r\n'), nested(1_000));
    const event = await read(raw);
    expect(event).toMatchObject({ subject: 'Router', externalId: '<m1@example.org>', party: { value: 'maria@example.org' }, text: '' });
    expect(detail(event).unreadable).toMatch(/^This mail .*\.$/);
    expect(Buffer.from(files.get(event.files[0]?.sha256 ?? '')).equals(Buffer.from(raw))).toBe(true);
  });

  it('says when only the beginning of a mail was fetched', async () => {
    expect(detail(await read(mail(BASE), { fullSize: 90 * 1_048_576 })).unreadable).toBe('This mail has 90 MB; only its first 1 MB were read.');
  });

  it('never throws for any bytes', async () => {
    const piece = fc.oneof(
      fc.constantFrom('From: a@b.example\r\n', 'Content-Type: multipart/mixed; boundary=b\r\n', '\r\n', '--b\r\n', '--b--\r\n', 'Content-Transfer-Encoding: base64\r\n', 'Content-Type: text/html; charset=iso-2022-jp\r\n', 'Content-Type: message/rfc822\r\n', 'References: <a@b> <', '<p>', '=?utf-8?B?', '(', '"', '\u0000').map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 40 }),
    );
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (parts) => {
      const event = await read(bytes(...parts));
      expect(event.type).toBe('message');
    }), { numRuns: 500 });
  });
});
