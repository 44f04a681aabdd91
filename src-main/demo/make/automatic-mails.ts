import { atOf } from './timeline.ts';

/** Mails no person wrote: an absence note, a bounce, a newsletter. They must not wait for an answer. */
export function automaticMails(): { at: number; envelopeFrom: string; raw: string }[] {
  const mail = (ago: string, envelopeFrom: string, lines: readonly string[]): { at: number; envelopeFrom: string; raw: string } => {
    const at = atOf(ago);
    const raw = lines.join('\r\n').replace('{date}', new Date(at).toUTCString().replace('GMT', '+0000'));
    return { at, envelopeFrom, raw: `${raw}\r\n` };
  };
  return [
    mail('4d22h', 'yasmin@rahaldental.example', [
      'Message-ID: <ooo-20260610@rahaldental.example>', 'Date: {date}', 'From: Yasmin Rahal <yasmin@rahaldental.example>', 'To: care@acme.example',
      'Subject: Automatic reply: Your order A-76550', 'Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', 'Content-Type: text/plain; charset=us-ascii', '',
      'I am out of the office until Thursday. In urgent cases please call the front desk.',
    ]),
    mail('7d3h', 'MAILER-DAEMON', [
      'Return-Path: <>', 'Message-ID: <bounce-7718@mx.oldpost.example>', 'Date: {date}', 'From: Mail Delivery System <mailer-daemon@mx.oldpost.example>', 'To: care@acme.example',
      'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="bounce7718"', '', '--bounce7718', 'Content-Type: text/plain; charset=us-ascii', '',
      'Your message to <c.holloway@oldpost.example> could not be delivered: mailbox unavailable.', '', '--bounce7718', 'Content-Type: message/delivery-status', '',
      'Reporting-MTA: dns; mx.oldpost.example', '', 'Final-Recipient: rfc822; c.holloway@oldpost.example', 'Action: failed', 'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 mailbox unavailable', '', '--bounce7718--',
    ]),
    mail('2d4h', 'news@switchgear-weekly.example', [
      'Message-ID: <issue-312@switchgear-weekly.example>', 'Date: {date}', 'From: Switchgear Weekly <news@switchgear-weekly.example>', 'To: care@acme.example',
      'Subject: Issue 312: ten cabinets you will love', 'List-Id: <weekly.switchgear-weekly.example>', 'Precedence: bulk', 'Content-Type: text/plain; charset=us-ascii', '',
      'From the editor: this week it is all about cabinets.', '', 'From our readers: a letter about hinges.', '', 'To leave this list, reply with LEAVE.',
    ]),
  ];
}
