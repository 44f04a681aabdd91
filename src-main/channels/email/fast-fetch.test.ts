import { ImapFlow } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { dovecotMissing, startDovecot } from '../../../e2e/peers/dovecot.ts';
import { readAnswer, shortenFetch, type ServerAnswer } from './fast-fetch.ts';

const answer = (text: string, ...literals: string[]): ServerAnswer => ({ payload: Buffer.from(text, 'latin1'), literals: literals.map((literal) => Buffer.from(literal)) });

describe('answers read without imapflow', () => {
  it('reads the items asked for in any order', () => {
    expect(readAnswer(answer('* 3 FETCH (UID 17 FLAGS (\\Seen $Later) INTERNALDATE "02-Jan-2026 03:04:05 +0100" RFC822.SIZE 4 MODSEQ (9007199254740993) BODY[]<0> {4}\r\n)', 'a\r\nb')))
      .toEqual({ seq: 3, uid: 17, flags: new Set(['\\Seen', '$Later']), internalDate: new Date('2026-01-02T02:04:05Z'), size: 4, modseq: 9007199254740993n, source: Buffer.from('a\r\nb') });
    expect(readAnswer(answer('* 3 FETCH (BODY[] {4}\r\n FLAGS () UID 17)', 'a\r\nb'))).toEqual({ seq: 3, uid: 17, flags: new Set(), source: Buffer.from('a\r\nb') });
    expect(readAnswer(answer('* 1 FETCH (UID 2 RFC822.SIZE 300)'))).toEqual({ seq: 1, uid: 2, size: 300 });
  });

  it.each([
    ['another answer', '* 12 EXISTS', []],
    ['a tagged one', 'A1 OK Fetch completed.', []],
    ['no UID', '* 1 FETCH (FLAGS (\\Seen))', []],
    ['an item nobody asked for', '* 1 FETCH (UID 2 ENVELOPE NIL)', []],
    ['a body that is no literal', '* 1 FETCH (UID 2 BODY[] "x")', []],
    ['a body that is nothing', '* 1 FETCH (UID 2 BODY[] NIL)', []],
    ['a literal of another length', '* 1 FETCH (UID 2 BODY[] {3}\r\n)', ['ab']],
    ['a literal that belongs to something else', '* 1 FETCH (UID 2 RFC822.SIZE 3)', ['abc']],
    ['two literals', '* 1 FETCH (UID 2 BODY[] {1}\r\n BODY[] {1}\r\n)', ['a', 'b']],
    ['a flag with a bracket', '* 1 FETCH (UID 2 FLAGS (a(b) RFC822.SIZE 3)', []],
    ['a date nobody can read', '* 1 FETCH (UID 2 INTERNALDATE "yesterday" RFC822.SIZE 3)', []],
    ['more after the end', '* 1 FETCH (UID 2 RFC822.SIZE 3) x', []],
    ['no end', '* 1 FETCH (UID 2 RFC822.SIZE 3', []],
  ])('leaves %s to imapflow', (_, text, literals) => {
    expect(readAnswer(answer(text, ...literals))).toBeNull();
  });
});

describe.skipIf(dovecotMissing !== null)('fetching from Dovecot', () => {
  it('gives what imapflow alone gives', async () => {
    const dovecot = await startDovecot();
    try {
      dovecot.deliver(Array.from({ length: 30 }, (_, i) => `Message-ID: <${i}@a.example>\r\nSubject: {${i}}\r\n\r\n${') {3}\r\n* 1 FETCH ('.repeat(i)}\r\n`));
      await dovecot.doveadm('flags add', '\\Flagged \\Answered', 'mailbox', 'INBOX', '1:9');
      const fetched = async (isShortened: boolean): Promise<{ found: unknown[]; long: number }> => {
        const client = new ImapFlow({ host: dovecot.host, port: dovecot.port, secure: false, doSTARTTLS: false, auth: { user: dovecot.user, pass: dovecot.password }, logger: false });
        const inside = client as unknown as { handleResponse(answer: ServerAnswer): Promise<boolean> };
        const whole = inside.handleResponse;
        let long = 0;
        inside.handleResponse = (one) => ((long += 1), whole.call(client, one));
        if (isShortened) shortenFetch(client);
        await client.connect();
        try {
          const mailbox = await client.mailboxOpen('INBOX', { readOnly: true });
          const mails = [];
          for await (const { id: _, flagColor: _color, ...mail } of client.fetch('1:*', { uid: true, size: true, flags: true, internalDate: true, source: { start: 0, maxLength: 1_000_000 } }, { uid: true })) mails.push(mail);
          const sizes = (await client.fetchAll('1:20', { uid: true, size: true }, { uid: true })).map(({ id: _, ...mail }) => mail);
          return { found: [mails, sizes, mailbox.uidNext, mailbox.highestModseq], long };
        } finally {
          client.close();
        }
      };
      const [shortened, alone] = [await fetched(true), await fetched(false)];
      expect(shortened.found).toEqual(alone.found);
      expect(shortened.found[0]).toHaveLength(30);
      // Else a newer imapflow with other insides would send every mail the long way again, and nobody would notice.
      expect(alone.long - shortened.long).toBe(50);
    } finally {
      await dovecot.close();
    }
  });
});
