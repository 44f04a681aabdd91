import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileMails } from '../e2e/hostile-mail/index.ts';
import { stripFromLine } from '../src-main/importers/mbox.ts';
import { reportShapes } from '../src-main/channels/email/reports.fixture.ts';

const OURS = '<01980000-aaaa-7bbb-8ccc-0123456789ab@acme.example>';
const HEAD = 'From: Maria Silva <maria@example.org>\r\nTo: Care <care@acme.example>\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100\r\nMessage-ID: <m@example.org>\r\nMIME-Version: 1.0\r\n';
const utf8 = (text: string): Uint8Array => Buffer.from(text);

const japanese = Buffer.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]);

/** Mails as they come in real life, one or two of each kind: what is broken is made of these. */
export function shapes(): Uint8Array[] {
  const bodies = [
    'Subject: Router\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\nit does not work.\r\n\r\nOn 5 Jan 2026, at 10:12, Care wrote:\r\n> Restart it.\r\n-- \r\nMaria\r\n',
    'Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe =80\r\n--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Gr=FC=DFe <b>=80</b> <a href=3D"https://x.example">x</a></p><table><tr><td>1</td></tr></table>\r\n--b--\r\n',
    'Subject: Picture\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:p@x" alt="broken"><style>p{color:red}</style>\r\n--b\r\nContent-Type: image/png; name="p.png"\r\nContent-ID: <p@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n',
    `Subject: Fwd\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${HEAD}Subject: inner\r\n\r\ninner text\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAQ==\r\n--b--\r\n`,
    'Subject: Invitation\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Visit\r\nDTSTART;TZID=Office:20260105T100000\r\nDTEND;TZID=Office:20260105T110000\r\nLOCATION:Room 1\r\nORGANIZER;CN=Maria:mailto:maria@example.org\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    `Subject: Re: Router\r\nIn-Reply-To: ${OURS}\r\nReferences: <a@b> ${OURS},<c@d> (comment)\r\nThread-Index: ${Buffer.alloc(27, 3).toString('base64')}\r\n\r\nYes.\r\n\r\n-----Original Message-----\r\nFrom: Care\r\nSent: Monday\r\nTo: Maria\r\nSubject: Router\r\n\r\nold\r\n`,
    'Subject: News\r\nList-Id: <n.example>\r\nPrecedence: bulk\r\nContent-Type: text/html; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\nxOO6w8qu0sc=\r\n',
    'Subject: Away\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain; format=flowed; delsp=yes\r\n\r\nI am \r\naway.\r\n',
    'Subject: uu\r\n\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n',
    'Subject: signed\r\nContent-Type: multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsigned\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n--b--\r\n',
    `Subject: files\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${Array.from({ length: 30 }, (_, i) => `--b\r\nContent-Type: application/pdf; name*=utf-8''r%C3%A9sum%C3%A9${i}.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n`).join('')}--b--\r\n`,
  ];
  const mbox = join(import.meta.dirname, '../src-main/demo/sample/mail.mbox');
  const sample = readFileSync(mbox).toString('latin1').split(/\n(?=From \S+ [A-Z][a-z]{2} )/).slice(0, 60).map((one) => stripFromLine(Buffer.from(one, 'latin1')).mail);
  const pages = hostileMails.map(({ html }) => utf8(`${HEAD}Content-Type: text/html\r\n\r\n${html}`));
  return [
    ...bodies.map((body) => utf8(HEAD + body)),
    Buffer.concat([utf8('From: a@b.example\r\nSubject: '), japanese, utf8('\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n'), japanese]),
    Buffer.concat([utf8('From: '), Buffer.from([0xf0, 0xd2, 0xc9]), utf8(' <a@b.example>\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'), Buffer.from([0xf0, 0xd2, 0xc9, 0xd7])]),
    ...reportShapes.map((shape) => utf8(shape.lines.join('\r\n').replaceAll('{id}', OURS))),
    ...sample, ...pages,
  ];
}
