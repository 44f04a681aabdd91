/** Delivery reports in the shapes mail servers write them. `{id}` stands for the Message-ID of the mail they speak of. */
export interface ReportShape {
  name: string;
  lines: string[];
  /** What must be read from it. */
  read: { automatic: 'bounce' | 'delayed'; recipient: string | null; status: string | null; why: RegExp };
}

const COMMON = ['To: care@acme.example', 'Date: Mon, 5 Jan 2026 10:00:00 +0000', 'MIME-Version: 1.0'];
const report = (from: string, subject: string, parts: string[][], extra: string[] = []): string[] => [
  'Return-Path: <>', `From: ${from}`, `Subject: ${subject}`, `Message-ID: <${subject.length}.${from.length}@mx.example>`, ...COMMON, ...extra, 'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '',
  ...parts.flatMap((part) => ['--r', ...part]), '--r--',
];
const plain = (from: string, subject: string, body: string[], extra: string[] = []): string[] => ['Return-Path: <>', `From: ${from}`, `Subject: ${subject}`, `Message-ID: <${subject.length}.${from.length}.p@mx.example>`, ...COMMON, ...extra, 'Content-Type: text/plain; charset=utf-8', '', ...body];
const text = (...lines: string[]): string[] => ['Content-Type: text/plain; charset=us-ascii', '', ...lines];
const status = (...lines: string[]): string[] => ['Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', ...lines];
const returned = (type = 'message/rfc822'): string[] => [`Content-Type: ${type}`, '', 'Received: from mail.acme.example by mx.example; Mon, 5 Jan 2026 09:59:00 +0000', 'From: Care <care@acme.example>', 'To: joao@example.net', 'Subject: Your order', 'Message-ID: {id}', '', 'Hello'];

export const reportShapes: readonly ReportShape[] = [
  {
    name: 'postfix', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.1.1', why: /Recipient address rejected/ },
    lines: report('MAILER-DAEMON@mx.example (Mail Delivery System)', 'Undelivered Mail Returned to Sender', [
      text('This is the mail system at host mx.example.', '', "I'm sorry to have to inform you that your message could not", 'be delivered to one or more recipients.', '', '<joao@example.net>: host mail.example.net said: 550 5.1.1 <joao@example.net>:', '    Recipient address rejected: User unknown (in reply to RCPT TO command)'),
      status('Final-Recipient: rfc822; joao@example.net', 'Original-Recipient: rfc822;joao@example.net', 'Action: failed', 'Status: 5.1.1', 'Remote-MTA: dns; mail.example.net', 'Diagnostic-Code: smtp; 550 5.1.1 <joao@example.net>: Recipient address rejected:', '    User unknown'), returned()]),
  },
  {
    name: 'postfix, still trying', read: { automatic: 'delayed', recipient: 'joao@example.net', status: '4.4.1', why: /timed out/ },
    lines: report('MAILER-DAEMON@mx.example (Mail Delivery System)', 'Delayed Mail (still being retried)', [
      text('# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #'), status('Final-Recipient: rfc822; joao@example.net', 'Action: delayed', 'Status: 4.4.1', 'Diagnostic-Code: X-Postfix; connect to mail.example.net[192.0.2.1]:25: Connection timed out', 'Will-Retry-Until: Sat, 10 Jan 2026 10:00:00 +0000'), returned('text/rfc822-headers')]),
  },
  {
    name: 'postfix, given up after days', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '4.4.7', why: /too long/ },
    lines: report('MAILER-DAEMON@mx.example', 'Undelivered Mail Returned to Sender', [text('Sorry.'), status('Final-Recipient: rfc822; joao@example.net', 'Action: failed', 'Status: 4.4.7'), returned()]),
  },
  {
    name: 'Gmail', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.1.1', why: /does not exist/ },
    lines: report('Mail Delivery Subsystem <mailer-daemon@googlemail.com>', 'Delivery Status Notification (Failure)', [
      text('** Address not found **', '', "Your message wasn't delivered to joao@example.net because the address couldn't be found, or is unable to receive mail."),
      status('Final-Recipient: rfc822; joao@example.net', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try'), returned()], ['X-Failed-Recipients: joao@example.net', 'In-Reply-To: {id}', 'References: {id}']),
  },
  {
    name: 'Exchange Online', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.1.10', why: /Recipient not found/ },
    lines: report('Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@acme.example>', 'Undeliverable: Your order', [
      ['Content-Type: text/html; charset=us-ascii', '', '<p>Your message to <b>joao@example.net</b> couldn\'t be delivered.</p>'],
      status('Final-Recipient: rfc822;joao@example.net', 'Action: failed', 'Status: 5.1.10', "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"), returned()]),
  },
  {
    name: 'Exchange on premises, in words alone', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.1.1', why: /RecipNotFound/ },
    lines: plain('System Administrator <postmaster@acme.example>', 'Undeliverable: Your order', [
      'Delivery has failed to these recipients or distribution lists:', '', 'joao@example.net', 'The recipient\'s e-mail address was not found in the recipient\'s e-mail system.', '', 'Diagnostic information for administrators:', '', 'Generating server: ex1.example.net', '', 'joao@example.net', '#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##', '', 'Original message headers:', '', 'Received: from mail.acme.example', 'Message-ID: {id}', 'Subject: Your order']),
  },
  {
    name: 'exim', read: { automatic: 'bounce', recipient: 'joao@example.net', status: null, why: /550 No such user/ },
    lines: plain('Mail Delivery System <Mailer-Daemon@mx.example>', 'Mail delivery failed: returning message to sender', [
      'This message was created automatically by mail delivery software.', '', 'A message that you sent could not be delivered to one or more of its', 'recipients. This is a permanent error. The following address(es) failed:', '', '  joao@example.net', '    host mail.example.net [192.0.2.1]', '    SMTP error from remote mail server after RCPT TO:<joao@example.net>:', '    550 No such user here', '', '------ This is a copy of the message, including all the headers. ------', '', 'Return-path: <care@acme.example>', 'From: Care <care@acme.example>', 'To: joao@example.net', 'Message-ID: {id}', '', 'Hello'], ['X-Failed-Recipients: joao@example.net', 'Auto-Submitted: auto-replied']),
  },
  {
    name: 'exim, a warning', read: { automatic: 'delayed', recipient: 'joao@example.net', status: null, why: /Connection refused|No action|host/ },
    lines: plain('Mail Delivery System <Mailer-Daemon@mx.example>', 'Warning: message 1abcde-000 delayed 24 hours', [
      'This message was created automatically by mail delivery software.', 'A message that you sent has not yet been delivered to one or more of its', 'recipients after more than 24 hours on the queue on mx.example.', '', 'The address to which the message has not yet been delivered is:', '', '  joao@example.net', '    host mail.example.net [192.0.2.1]: Connection refused', '', 'No action is required on your part. Delivery attempts will continue for', 'some time, and this warning may be repeated at intervals.', '', 'Message-ID: {id}']),
  },
  {
    name: 'qmail', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.1.1', why: /no mailbox here by that name/ },
    lines: plain('MAILER-DAEMON@mx.example', 'failure notice', [
      'Hi. This is the qmail-send program at mx.example.', "I'm afraid I wasn't able to deliver your message to the following addresses.", "This is a permanent error; I've given up. Sorry it didn't work out.", '', '<joao@example.net>:', 'Sorry, no mailbox here by that name. (#5.1.1)', '', '--- Below this line is a copy of the message.', '', 'Return-Path: <care@acme.example>', 'Message-ID: {id}', 'From: care@acme.example', '', 'Hello']),
  },
  {
    name: 'qmail, given up with a code of trying', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '4.4.1', why: /establish an SMTP connection/ },
    lines: plain('MAILER-DAEMON@mx.example', 'failure notice', [
      'Hi. This is the qmail-send program at mx.example.', "I'm afraid I wasn't able to deliver your message to the following addresses.", "This is a permanent error; I've given up. Sorry it didn't work out.", '', '<joao@example.net>:', "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)", "I'm not going to try again; this message has been in the queue too long.", '', '--- Below this line is a copy of the message.', '', 'Message-ID: {id}', '', 'Hello']),
  },
  {
    name: 'sendmail', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.1.1', why: /User unknown/ },
    lines: report('Mail Delivery Subsystem <MAILER-DAEMON@mx.example>', 'Returned mail: see transcript for details', [
      text('   ----- The following addresses had permanent fatal errors -----', '<joao@example.net>', '    (reason: 550 5.1.1 <joao@example.net>... User unknown)'), status('Final-Recipient: RFC822; joao@example.net', 'Action: failed', 'Status: 5.1.1', 'Diagnostic-Code: SMTP; 550 5.1.1 <joao@example.net>... User unknown'), returned('text/rfc822-headers')]),
  },
  {
    name: 'Yahoo', read: { automatic: 'bounce', recipient: 'joao@example.net', status: null, why: /mailbox is disabled/ },
    lines: plain('MAILER-DAEMON@yahoo.example', 'Failure Notice', ['Sorry, we were unable to deliver your message to the following address.', '', '<joao@example.net>:', '554: delivery error: dd This mailbox is disabled (554.30) - mta.example', '', '--- Below this line is a copy of the message.', '', 'Message-ID: {id}', '', 'Hello']),
  },
  {
    name: 'a full mailbox, said by status alone', read: { automatic: 'bounce', recipient: 'joao@example.net', status: '5.2.2', why: /mailbox is full/ },
    lines: report('postmaster@example.net', 'Delivery failure', [text('See below.'), status('Original-Recipient: rfc822;joao@example.net', 'Action: failed', 'Status: 5.2.2'), returned()]),
  },
  {
    name: 'German, in words alone', read: { automatic: 'bounce', recipient: 'joao@example.net', status: null, why: /550/ },
    lines: plain('Mailer-Daemon@mx.example', 'Unzustellbar: Ihre Bestellung', ['Die folgende Adresse war nicht erreichbar:', '', 'joao@example.net: 550 unbekannter Empfaenger', '', 'Message-ID: {id}']),
  },
];
