import { describe, expect, test } from 'vitest';
import { readMail, type ReadMail } from './parse-mail.ts';
import { reportShapes } from './reports.fixture.ts';

const OURS = '<01980000-aaaa-7bbb-8ccc-0123456789ab@acme.example>';
const read = (lines: readonly string[], id = OURS): Promise<ReadMail> => readMail(Buffer.from(lines.join('\r\n').replaceAll('{id}', id)), { own: ['care@acme.example'], receivedAt: Date.UTC(2026, 0, 6) });

describe('a delivery report', () => {
  test.each(reportShapes.map((shape) => [shape.name, shape] as const))('of %s says whom a mail did not reach, why, and which mail', async (_, shape) => {
    const mail = await read(shape.lines);
    const failure = mail.detail.type === 'mail' ? mail.detail.failures?.[0] : undefined;
    expect(mail.detail).toMatchObject({ automatic: shape.read.automatic });
    expect(failure).toMatchObject({ recipient: shape.read.recipient, isFinal: shape.read.automatic === 'bounce', status: shape.read.status });
    expect(failure?.why).toMatch(shape.read.why);
    expect(mail.references).toContain(OURS);
    expect(mail.doubt).toBe('report');
  });

  test('names every recipient it did not reach', async () => {
    const lines = ['Return-Path: <>', 'From: MAILER-DAEMON@mx.example', 'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '', '--r', 'Content-Type: text/plain', '', 'x', '--r', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx', '',
      'Final-Recipient: rfc822; a@x.example', 'Action: failed', 'Status: 5.1.1', '', 'Final-Recipient: rfc822; b@x.example', 'Action: delayed', 'Status: 4.2.2', '', 'Final-Recipient: rfc822; c@x.example', 'Action: delivered', 'Status: 2.0.0', '--r--'];
    const { detail } = await read(lines);
    expect(detail.type === 'mail' && detail.failures?.map((f) => [f.recipient, f.isFinal])).toEqual([['a@x.example', true], ['b@x.example', false]]);
  });

  test.each<[string, string[]]>([
    ['a success', ['From: MAILER-DAEMON@mx.example', 'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '', '--r', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx', '', 'Final-Recipient: rfc822; a@x.example', 'Action: delivered', 'Status: 2.1.5', '--r--']],
    ['a receipt that it was read', ['From: joao@example.net', 'Content-Type: multipart/report; report-type=disposition-notification; boundary=r', '', '--r', 'Content-Type: message/disposition-notification', '', 'Original-Message-ID: {id}', 'Disposition: automatic-action/MDN-sent-automatically; displayed', '--r--']],
    ['somebody who writes that a parcel could not be delivered', ['From: joao@example.net', 'Subject: Undelivered parcel', '', 'My parcel could not be delivered.']],
    ['a notice of a full mailbox of ours', ['Return-Path: <>', 'From: postmaster@acme.example', 'Subject: Quota warning', '', 'Your mailbox is almost full.']],
  ])('is not %s', async (_, lines) => {
    const { detail } = await read(lines);
    expect(detail).not.toHaveProperty('failures');
    expect(detail.type === 'mail' && ['bounce', 'delayed'].includes(detail.automatic)).toBe(false);
  });
});

describe('a mail that makes no customer', () => {
  test.each<[string, string[], string | undefined]>([
    ['a person', ['From: joao@example.net'], undefined],
    ['nobody at all', ['From:', 'Subject: x'], 'nobody'],
    ['we ourselves to ourselves', ['From: care@acme.example', 'To: care@acme.example'], 'own'],
    ['a form on our site that names the customer', ['From: care@acme.example', 'To: care@acme.example', 'Reply-To: joao@example.net'], undefined],
    ['a mail system', ['From: mailer-daemon@mx.example'], 'daemon'],
    ['a list', ['From: news@shop.example', 'List-Id: <news.shop.example>'], 'list'],
    ['an absence note', ['From: joao@example.net', 'Auto-Submitted: auto-replied'], 'automatic'],
    ['a stranger who quotes our token', ['From: joao@example.net', `In-Reply-To: ${OURS}`], 'token'],
    ['an answer to a mail of somebody else', ['From: joao@example.net', 'In-Reply-To: <x@y.example>'], undefined],
    ['our own answer', ['From: care@acme.example', 'To: joao@example.net', `In-Reply-To: ${OURS}`], undefined],
    ['our address in Cc only', ['From: joao@example.net', 'To: other@example.net', 'Cc: care@acme.example'], undefined],
  ])('%s', async (_, lines, doubt) => {
    expect((await read([...lines, '', 'text'])).doubt).toBe(doubt);
  });
});
