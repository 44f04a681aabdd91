import { expect, it } from 'vitest';
import { advertisedSize } from './smtp-size.ts';

it.each([
  ['250-mail.example\r\n250-SIZE 26214400\r\n250 AUTH PLAIN', 26_214_400], ['250-mail.example\r\n250 SIZE 10240000', 10_240_000], ['250-x\n250-size 5\n250 HELP', 5],
  ['250-mail.example\r\n250-SIZE\r\n250 HELP', null], ['250-SIZE 0\r\n250 HELP', null], ['250 mail.example', null], ['250-AUTH SIZE 7\r\n250 HELP', null], ['', null],
])('%j takes mails of %s bytes', (answer, size) => expect(advertisedSize(answer)).toBe(size));
