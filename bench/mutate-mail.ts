import type { Random } from '../src-main/kernel/index.ts';

const MOST_BYTES = 1_500_000;
const HEADERS = ['From', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'References', 'In-Reply-To', 'Reply-To', 'Sender', 'Return-Path', 'Content-Type', 'Content-Transfer-Encoding', 'Content-Disposition', 'Content-ID', 'MIME-Version', 'Auto-Submitted', 'List-Id', 'X-Failed-Recipients', 'Thread-Index', 'Precedence', 'X-Parley-Id'];
const VALUES = [
  '', '<>', '<@>', '"', '"unclosed', '(((', '=?utf-8?B?////?=', '=?utf-8?Q?=ZZ=?=', '=?iso-2022-jp?B?GyRC?=', '=?x?y?z?=', 'a@b.example', '<a@b.example>, <a@b.example>', ',,,,;;;', 'undisclosed-recipients:;', 'care@acme.example', '"a\\"b" <c@d.example>', '<a@b> <c@d> <a@b>',
  'Thu, 99 Foo 99999 99:99:99 +9999', '-1', '0', '99999999999999999999', 'text/html; charset=', 'text/plain; charset="utf-16le"', 'multipart/mixed; boundary="', 'multipart/alternative; boundary=b', 'multipart/report; report-type=delivery-status; boundary=b', 'message/rfc822', 'message/delivery-status', 'text/calendar; method=REQUEST',
  'application/ms-tnef; name=winmail.dat', 'message/partial; number=1', 'message/external-body; access-type=URL', 'base64', 'quoted-printable', 'x-uuencode', '8bit', 'inline; filename*0*=utf-8\'\'%FF; filename*1*=%00', 'attachment; filename="../../x"', 'text/plain; format=flowed; delsp=yes', 'auto-replied', 'bulk', '\u0000', '\u202e', '🙂'.repeat(3), '%s%n', '<01980000-aaaa-7bbb-8ccc-0123456789ab@acme.example>',
];
const CHARSETS = ['utf-8', 'utf-7', 'utf-16', 'utf-16be', 'utf-32', 'windows-1252', 'iso-2022-jp', 'iso-2022-kr', 'gb18030', 'big5', 'euc-kr', 'shift_jis', 'koi8-r', 'ibm866', 'macintosh', 'x-user-defined', 'replacement', 'us-ascii', 'binary', 'unknown-8bit'];
const TOKENS = ['--b\r\n', '--b--\r\n', '\r\n\r\n', '\n', '\r', '\0', '=\r\n', '=3D', '<div>', '</div>', '<table>', '<style>', '<!--', ']]>', '<![CDATA[', '&#xD800;', '&#0;', 'BEGIN:VCALENDAR\r\n', 'BEGIN:VEVENT\r\n', 'END:VEVENT\r\n', 'DTSTART;TZID=Nowhere:99999999T999999\r\n', 'RRULE:FREQ=SECONDLY\r\n', '> ', '-- \n', 'On 5 Jan 2026, at 10:12, X wrote:\n', 'Action: failed\r\nStatus: 5.1.1\r\nFinal-Recipient: rfc822;a@b.example\r\n', '\u001b$B', '\xff\xfe'];

/** One mail made of another by a few changes of bytes and of structure. Deterministic in `random`. */
export function mutate(from: Uint8Array, other: Uint8Array, random: Random): Buffer {
  const below = (n: number): number => Math.floor(random.unit() * n);
  const one = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[below(list.length)] as T;
  let mail = Buffer.from(from);
  const place = (): number => below(mail.length + 1);
  const splice = (at: number, cut: number, put: Buffer | string): void => {
    mail = Buffer.concat([mail.subarray(0, at), Buffer.from(put), mail.subarray(Math.min(mail.length, at + cut))]);
  };
  const lineAt = (): { at: number; end: number } => {
    const near = place();
    const at = mail.lastIndexOf(10, Math.max(0, near - 1)) + 1;
    const end = mail.indexOf(10, at);
    return { at, end: end < 0 ? mail.length : end + 1 };
  };
  const headEnd = (): number => { const end = mail.indexOf('\r\n\r\n'); return end < 0 ? mail.length : end + 2; };
  const header = (): string => `${one(HEADERS)}: ${one(VALUES)}\r\n`;
  const changes: (() => void)[] = [
    () => { if (mail.length > 0) mail[below(mail.length)] = below(256); },
    () => { if (mail.length > 0) { const at = below(mail.length); mail[at] = (mail[at] ?? 0) ^ (1 << below(8)); } },
    () => splice(place(), 1 + below(40), ''),
    () => splice(place(), 0, Buffer.from(Array.from({ length: 1 + below(20) }, () => below(256)))),
    () => splice(place(), 0, one(TOKENS)),
    () => { const at = place(); splice(place(), 0, mail.subarray(at, at + 1 + below(400))); },
    () => { const { at, end } = lineAt(); splice(at, end - at, ''); },
    () => { const { at, end } = lineAt(); splice(at, 0, mail.subarray(at, end)); },
    () => { const { at, end } = lineAt(); const line = mail.subarray(at, end); const rest = lineAt(); splice(rest.at, 0, line); },
    () => { const { at, end } = lineAt(); splice(at, end - at, header()); },
    () => splice(below(2) === 0 ? 0 : headEnd(), 0, header()),
    () => { mail = Buffer.from(mail.toString('latin1').replace(/charset="?[\w-]+"?/i, `charset=${one(CHARSETS)}`), 'latin1'); },
    () => { mail = Buffer.from(mail.toString('latin1').replace(/boundary="?[^"\r\n;]+"?/i, `boundary="${one(['', 'b', 'b'.repeat(80), '--', 'b--', ' ', '='])}"`), 'latin1'); },
    () => { mail = Buffer.from(mail.toString('latin1').replace(/\b(?:base64|quoted-printable|7bit|8bit)\b/i, one(['base64', 'quoted-printable', '7bit', 'binary', 'x'])), 'latin1'); },
    () => { mail = mail.subarray(0, place()); },
    () => { const cut = Math.floor(random.unit() * other.length); mail = Buffer.concat([mail.subarray(0, place()), other.subarray(cut)]); },
    () => { mail = Buffer.from(mail.toString('latin1').replaceAll('\r\n', one(['\n', '\r', '\r\r\n', '\n\r'])), 'latin1'); },
    // Structure: a mail in a mail, parts beside parts.
    () => { mail = Buffer.concat([Buffer.from('From: o@p.example\r\nTo: care@acme.example\r\nContent-Type: message/rfc822\r\n\r\n'), mail]); },
    () => { mail = Buffer.concat([Buffer.from(`From: o@p.example\r\nTo: care@acme.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/${one(['mixed', 'alternative', 'related', 'report', 'digest', 'signed'])}; boundary=z\r\n\r\n--z\r\n`), mail, Buffer.from('\r\n--z\r\nContent-Type: message/rfc822\r\n\r\n'), other, Buffer.from('\r\n--z--\r\n')]); },
    () => { const depth = 1 + below(one([5, 80, 300])); mail = Buffer.concat([Buffer.from(Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=n${i}\r\n\r\n--n${i}\r\n`).join('')), mail]); },
    // Bombs.
    () => splice(headEnd(), 0, header().repeat(1 + below(2_000))),
    () => splice(headEnd(), 0, `${one(HEADERS)}: ${one(VALUES).slice(0, 40).repeat(1 + below(20_000))}\r\n`),
    () => splice(headEnd(), 0, `${one(HEADERS)}: x\r\n${' y\r\n'.repeat(1 + below(20_000))}`),
    () => splice(place(), 0, one(TOKENS).repeat(1 + below(20_000))),
  ];
  // The last ones are large; most mails get small changes.
  const steps = 1 + below(6);
  for (let i = 0; i < steps; i += 1) (changes[random.unit() < 0.9 ? below(17) : below(changes.length)] ?? changes[0])?.();
  return Buffer.from(mail.subarray(0, MOST_BYTES));
}
