import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../test-desk.ts';
import { findOwnAddresses } from './own-address.ts';

const OURS = 'care@acme.example';
const mail = (from: string, to: string, more = ''): string => `From - Mon Jan  5 09:00:00 2026\nFrom: <${from}>\nTo: <${to}>\n${more}Subject: Hi\n\nHello\n\n`;

test.each([
  ['a single mail to us is to us', [mail('ann@example.org', OURS)], [], OURS],
  ['most mails are to us or from us', [mail('ann@example.org', OURS), mail(OURS, 'bob@example.org'), mail('cy@example.org', OURS)], [], OURS],
  ['one sender’s mails alone are theirs, unless the address they went to is ours here', [mail('ann@example.org', OURS), mail('ann@example.org', OURS)], [OURS], OURS],
  ['where it was delivered counts more', [mail('ann@example.org', 'list@example.org', `Delivered-To: ${OURS}\n`)], [], OURS],
  ['an address of ours that few of them name is not whose box it is', [mail('x@example.org', 'y@example.org'), mail('z@example.org', 'y@example.org'), mail('a@example.org', OURS), mail('b@example.org', 'y@example.org')], [OURS], 'y@example.org'],
  ['nobody’s, when no address is shared', [mail('a@example.org', 'b@example.org'), mail('c@example.org', 'd@example.org'), mail('e@example.org', 'f@example.org')], [], undefined],
] as const)('%s', async (_, mails, known, expected) => {
  const path = join(tempDir(), 'box.mbox');
  writeFileSync(path, mails.join(''));
  expect(await findOwnAddresses(path, known)).toEqual(expected === undefined ? [] : [expected]);
});
