import { afterEach, beforeEach, expect, it } from 'vitest';
import nodemailer from 'nodemailer';
import { startImapPeer, type ImapPeer } from './imap/index.ts';
import { startSmtpPeer, type SmtpPeer } from './smtp.ts';

const care = { user: 'care@acme.example', pass: 'sesame' };
let imap: ImapPeer;
let smtp: SmtpPeer;

function send(to: string, pass = care.pass, authMethod = 'PLAIN'): Promise<unknown> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtp.port, secure: false, authMethod, auth: { user: care.user, pass } });
  return transport.sendMail({ from: care.user, to, subject: 'Your Zip', text: 'We are on it', messageId: '<ours-1@acme.example>' });
}

beforeEach(async () => {
  imap = await startImapPeer({ users: [care] });
  smtp = await startSmtpPeer({ users: [care], imap });
});

afterEach(async () => {
  await smtp.close();
  await imap.close();
});

it('keeps every accepted mail raw with its envelope, by PLAIN and LOGIN', async () => {
  const heard: string[] = [];
  smtp.onMessage(m => heard.push(m.to.join()));
  await send('maria@customer.example');
  await send('liz@customer.example', care.pass, 'LOGIN');
  expect(heard).toEqual(['maria@customer.example', 'liz@customer.example']);
  expect(smtp.messages()[0]).toMatchObject({ from: care.user, user: care.user, to: ['maria@customer.example'] });
  expect(smtp.messages()[0]?.raw.toString()).toContain('Message-ID: <ours-1@acme.example>');
});

it('refuses a wrong password', async () => {
  await expect(send('maria@customer.example', 'wrong')).rejects.toMatchObject({ responseCode: 535 });
});

it('refuses for a while or for good when told, and keeps nothing', async () => {
  smtp.refuseNext({ code: 451, message: 'try later' });
  await expect(send('maria@customer.example')).rejects.toMatchObject({ responseCode: 451 });
  smtp.refuseNext({ code: 550, message: 'no such user', stage: 'rcpt' });
  await expect(send('maria@customer.example')).rejects.toMatchObject({ responseCode: 550 });
  expect(smtp.messages()).toHaveLength(0);
  await send('maria@customer.example');
  expect(smtp.messages()).toHaveLength(1);
});

it('can leave a sender in doubt: accepted, but the line is cut before the answer', async () => {
  smtp.dropNext({ afterAccept: true });
  await expect(send('maria@customer.example')).rejects.toThrow();
  expect(smtp.messages()).toHaveLength(1);
  smtp.dropNext({ afterAccept: false });
  await expect(send('maria@customer.example')).rejects.toThrow();
  expect(smtp.messages()).toHaveLength(1);
});

it('delivers mail for a local mailbox into its INBOX', async () => {
  await send(care.user);
  expect(imap.mailbox(care.user, 'INBOX').messages[0]?.raw).toContain('Return-Path: <care@acme.example>\r\n');
});

it('goes down and comes back on the same port', async () => {
  await smtp.pause();
  await expect(send('maria@customer.example')).rejects.toMatchObject({ code: 'ESOCKET' });
  await smtp.resume();
  await send('maria@customer.example');
  expect(smtp.messages()).toHaveLength(1);
});
