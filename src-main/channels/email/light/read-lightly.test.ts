import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addressParser } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { shapes } from '../../../../bench/mail-shapes.ts';
import { makeMails } from '../../../../bench/make-mails.ts';
import { mutate } from '../../../../bench/mutate-mail.ts';
import { seededRandom } from '../../../kernel/index.ts';
import { memoryFiles } from '../../contract-suite.ts';
import { composeMail } from '../compose.ts';
import type { MailConfig } from '../config.ts';
import { mailLimits } from '../limits.ts';
import { outgoing } from '../peer.fixture.ts';
import { addresses } from './addresses.ts';
import { readLightly } from './read-lightly.ts';
import { readBothWays } from './same.fixture.ts';

const FAILED_ONCE = join(import.meta.dirname, '../fuzz-corpus');
const wire = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'));
const made = (mails: number, mixed: boolean): Buffer[] => [...makeMails(mails, 40, mixed)].map(({ raw }) => wire(raw));

async function outcomes(raws: Iterable<Uint8Array>): Promise<Record<'left' | 'same' | 'different', number>> {
  const count = { left: 0, same: 0, different: 0 };
  for (const raw of raws) {
    const outcome = await readBothWays(raw);
    count[outcome] += 1;
    if (outcome === 'different') expect(readLightly(raw, mailLimits), Buffer.from(raw).toString('latin1').slice(0, 2_000)).toBe('as postal-mime reads it');
  }
  return count;
}

describe('whole corpora', () => {
  it('reads all plain and all mixed mails of a mailbox, as postal-mime does', async () => {
    expect(await outcomes(made(200, false))).toEqual({ left: 0, same: 200, different: 0 });
    expect(await outcomes(made(200, true))).toEqual({ left: 0, same: 200, different: 0 });
    // As files keep them.
    expect(await outcomes([...makeMails(40, 10, true)].map(({ raw }) => Buffer.from(raw)))).toEqual({ left: 0, same: 40, different: 0 });
  });

  it('reads what the console itself sends, as postal-mime does', async () => {
    const files = memoryFiles();
    const file = { sha256: files.put(Buffer.alloc(5_000, 'café ')), name: 'प्रस्ताव (1).pdf', type: 'application/pdf', size: 5_000, contentId: null, alt: null };
    const items = [
      outgoing('plain'),
      outgoing('reply', { inReplyTo: '<a@b.example>', references: ['<c@d.example>', '<a@b.example>'], subject: 'Re: इंटरनेट बंद है', text: 'नमस्ते, '.repeat(40), cc: ['x@y.example', 'z@y.example'] }),
      outgoing('formatted', { text: '**Olá**, a factura\n- um\n- dois', isMarked: true }),
      outgoing('with files', { text: 'Attached.', isMarked: true, files: [{ ...file, name: 'offer.pdf' }] }),
    ];
    expect(await outcomes(await Promise.all(items.map(async (item) => (await composeMail(item, { address: 'care@acme.example', displayName: 'Acme Care' } as MailConfig, files)).raw)))).toEqual({ left: 0, same: items.length, different: 0 });
    // A name of a file in another script is written as a continued parameter.
    expect(await readBothWays((await composeMail(outgoing('hindi', { files: [file] }), { address: 'care@acme.example', displayName: 'Acme Care' } as MailConfig, files)).raw)).toBe('left');
  });

  it('reads nine of ten mails of every shape, as postal-mime does', async () => {
    const { left, same } = await outcomes(shapes());
    expect(same / (left + same)).toBeGreaterThan(0.9);
  });

  it('what was read wrongly once is left alone or read as postal-mime does', async () => {
    expect((await outcomes(readdirSync(FAILED_ONCE).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(FAILED_ONCE, name))))).different).toBe(0);
  });

  it.each([1, 2, 3])('reads mails broken at random as postal-mime does, or leaves them (seed %i)', async (seed) => {
    const all = [...shapes(), ...made(100, false), ...made(200, true)];
    const random = seededRandom(seed);
    const one = (): Uint8Array => all[Math.floor(random.unit() * all.length)] ?? new Uint8Array();
    const { left, same } = await outcomes(Array.from({ length: 1_500 }, () => mutate(one(), one(), random)));
    // Else nothing would be proved.
    expect(same).toBeGreaterThan(left / 4);
  });
});

const mail = (headers: string, body = 'Hello\n'): Buffer => wire(`From: Maria <maria@example.org>\n${headers}\n\n${body}`);
const both = (inner: string): string => `Content-Type: multipart/mixed; boundary=b\n\n--b\n${inner}\n--b--\n`;

describe('the common shape', () => {
  it.each<[string, Buffer]>([
    ['no content type', mail('To: a@b.example')],
    ['no text', mail('To: a@b.example', '')],
    ['a last line without its end', mail('To: a@b.example', 'Hello')],
    ['names of all kinds', mail('To: "Silva, Maria" <m@b.example>\nCc: =?utf-8?Q?Jos=C3=A9?= <j@b.example>,\n\tAna <a@b.example>, x@y.example, m@b.example <m@b.example>')],
    ['a group, a comment, an odd address', mail('To: Team: a@b.example, c@d.example;\nCc: a@b.example (Ana)\nReply-To: <x y@z>')],
    ['folded headers', mail('Subject: a\n long\n\tstory  \nReferences: <a@b>\n <c@d>')],
    ['headers in UTF-8', mail('Subject: grüße \u00a0\nTo: José <j@b.example>')],
    ['broken UTF-8 in the text', Buffer.concat([mail('Content-Type: text/plain; charset=utf-8', 'a\n'), Buffer.from([0xc3, 0x0d, 0x0a, 0xff, 0x0a])])],
    ['a byte order mark', mail('Content-Type: text/plain; charset=UTF-8', '\ufeffHello\n')],
    ['windows-1252', Buffer.concat([mail('Content-Type: text/plain; charset=us-ascii', ''), Buffer.from([0x80, 0x93, 0x81, 0xe9])])],
    ['quoted-printable with all its ends', mail('Content-Transfer-Encoding: Quoted-Printable\nContent-Type: TEXT/HTML;charset="iso-8859-1";', 'a=\nb=3D=\n=E9=4=\n1 =zz = \n=0D=0A=')],
    ['base64 in lines', mail('Content-Transfer-Encoding: base64', 'R3LDvMOf\nZQ==\n')],
    ['base64 with a letter too many', mail('Content-Transfer-Encoding: base64', 'R3LDvMOfZ')],
    ['parts in parts, with text around', mail('Content-Type: multipart/mixed; boundary="=_a.1"', `before\n--=_a.1\nContent-Type: multipart/alternative; boundary="=_a.2"\n\n--=_a.2\n\nplain\n-- \nMe\n--=_a.2\nContent-Type: text/html\n\n<p>rich</p>\n--=_a.2--\nbetween\n--=_a.1\nContent-Type: image/png; name="=?utf-8?Q?caf=C3=A9?= (1).png"\nContent-ID: <p@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--=_a.1--\nafter\n--=_a.1\nno part\n`)],
    ['text for saving, not for reading', mail(both('Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename=a.txt\nContent-Transfer-Encoding: base64\n\nYQ==').slice(0, -1))],
    ['two texts', mail(both('Content-Type: text/plain\n\none\n--b\nContent-Type: text/plain\n\ntwo').slice(0, -1))],
  ])('is read: %s', async (_, raw) => expect(await readBothWays(raw)).toBe('same'));

  it.each<[string, Buffer]>([
    ['nothing at all', Buffer.alloc(0)],
    ['no text behind the headers', Buffer.from('From: a@b.example\r\n')],
    ['a line that is no header', mail('To: a@b.example\nno header')],
    ['a blank in a header name', mail('To : a@b.example')],
    ['bare CR in a header', Buffer.from('Subject: a\rb\r\n\r\nx\r\n')],
    ['bare CR in the text', Buffer.from('Subject: a\r\n\r\nx\ry\r\n')],
    ['Latin-1 in a header', Buffer.from('Subject: gr\u00fc\u00dfe\r\n\r\nx\r\n', 'latin1')],
    ['Japanese in seven bits in a header', Buffer.from('Subject: \u001b$BF|K\\\u001b(B\r\n\r\nx\r\n')],
    ['another charset', mail('Content-Type: text/plain; charset=koi8-r')],
    ['another encoding', mail('Content-Transfer-Encoding: x-uuencode')],
    ['flowed text', mail('Content-Type: text/plain; format=Flowed')],
    ['a comment in the type', mail('Content-Type: text/plain (really); charset=utf-8')],
    ['a continued parameter', mail("Content-Type: text/plain; charset*=utf-8''utf-8")],
    ['padding within base64', mail('Content-Transfer-Encoding: base64', 'YQ==\nYQ==\n')],
    ['letters of base64url', mail('Content-Transfer-Encoding: base64', 'Y-Q_\n')],
    ['a multipart that is not closed', mail(both('Content-Type: text/plain\n\none').slice(0, -7))],
    ['a multipart without a boundary', mail('Content-Type: multipart/mixed', 'x\n')],
    ['a report', mail('Content-Type: multipart/report; boundary=b', '--b\n\nx\n--b--\n')],
    ['a delimiter with blanks behind it', mail('Content-Type: multipart/mixed; boundary=b', '--b  \n\nx\n--b--\n')],
    ['an outer delimiter within an inner part', mail('Content-Type: multipart/mixed; boundary=a', '--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--a\n\ny\n--a--\n')],
    ['parts nested deeply', mail('Content-Type: multipart/mixed; boundary=n0', `${Array.from({ length: 6 }, (__, i) => `--n${i}\nContent-Type: multipart/mixed; boundary=n${i + 1}\n\n`).join('')}--n6\n\nx\n${Array.from({ length: 7 }, (__, i) => `--n${6 - i}--\n`).join('')}`)],
    ['text in one kind here, in the other there', mail(both('Content-Type: text/plain\n\none\n--b\nContent-Type: text/html\n\ntwo').slice(0, -1))],
    ['an invitation', mail('Content-Type: text/calendar; method=REQUEST\nContent-Transfer-Encoding: base64', 'QkVHSU46VkNBTEVOREFS\n')],
    ['a mail passed on', mail('Content-Type: message/rfc822', 'Subject: inner\n\nx\n')],
  ])('is left to postal-mime: %s', async (_, raw) => expect(await readBothWays(raw)).toBe('left'));
});

describe('made of the signs that mean something', () => {
  const madeOf = (...pieces: string[]): fc.Arbitrary<string> => fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''));

  it('addresses are read as postal-mime reads them', () => {
    fc.assert(fc.property(madeOf('a@b.example', 'c@d.example', 'Ana', 'é', '<', '>', '"', '\\', '(', ')', ',', ';', ':', '@', '.', "'", '=', '?', '%', ' ', '\t', '\u00a0', '\u0001', '=?utf-8?Q?J=C3=B6?=', ' <a@b.example>', '"Ana" '), (value) => {
      expect(addresses(value)).toEqual(addressParser(value));
    }), { numRuns: 4_000 });
  });

  it('types and what belongs to them are read as postal-mime reads them, or left', async () => {
    const value = madeOf('text/plain', 'TEXT/html', 'image/png', 'multipart/mixed', 'inline', 'attachment', 'base64', '7bit', ';', '; ', '=', '"', '\\', '(', ')', ' ', '\t', '\r\n ', 'charset=', 'utf-8', 'windows-1252', 'name', '*', '0', 'boundary=b', 'format=flowed', 'é');
    const field = fc.tuple(fc.constantFrom('Content-Type', 'Content-Disposition', 'Content-Transfer-Encoding', 'Content-ID', 'content-type', 'Subject', 'X'), fc.constantFrom(': ', ':', ' : ', ':text/plain;', ': attachment;'), value).map((all) => all.join(''));
    await fc.assert(fc.asyncProperty(fc.array(field, { maxLength: 4 }), fc.boolean(), async (fields, isPart) => {
      const head = fields.map((one) => `${one}\r\n`).join('');
      const body = `${head}\r\nYWJj\r\n`;
      expect(await readBothWays(Buffer.from(isPart ? `Content-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n${body}--z--\r\n` : `From: a@b.example\r\n${body}`))).not.toBe('different');
    }), { numRuns: 2_000 });
  });

  it('contents are read as postal-mime reads them, or left', async () => {
    const content = madeOf('a', 'YWJj', 'YQ==', '-', '_', '=', '=3D', '=e9', '=4', '=\r\n', '=\n', '\r\n', '\n', '\r', ' ', 'é', '\ufeff', '--', '--b', '--b--', '\r\n--b\r\n', '\r\n--b\r\n\r\n', '\r\n--b--\r\n', '\r\n--z--');
    await fc.assert(fc.asyncProperty(content, fc.constantFrom('8bit', 'base64', 'quoted-printable'), fc.constantFrom('text/plain; charset=utf-8', 'text/html; charset=iso-8859-1', 'image/png', 'multipart/alternative; boundary=b'), fc.boolean(), async (body, encoding, type, isPart) => {
      const whole = `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
      expect(await readBothWays(Buffer.from(isPart ? `Content-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n${whole}\r\n--z--\r\n` : whole))).not.toBe('different');
    }), { numRuns: 4_000 });
  });
});

it('keeps the limits of the mail reader', () => {
  const raw = mail('Content-Type: multipart/mixed; boundary=b', '--b\nX: y\n\nx\n--b--\n');
  expect(readLightly(raw, mailLimits)).not.toBeNull();
  expect(readLightly(raw, { ...mailLimits, headerBytes: 60 })).toBeNull();
  expect(readLightly(raw, { ...mailLimits, depth: 0 })).toBeNull();
});
