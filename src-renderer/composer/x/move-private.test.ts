import { expect, test } from 'vitest';
import { textsAfterMove } from './move-private.ts';

const LINES = ['I have sent you a direct message.', 'I have written you an e-mail.'];

test.each([
  ['nothing was written', { open: '', closed: '' }, { open: LINES[0], closed: '' }],
  ['what was begun in public goes on in private', { open: ' Your order 12 … ', closed: '' }, { open: LINES[0], closed: 'Your order 12 …' }],
  ['both were begun', { open: 'public', closed: 'private' }, { open: LINES[0], closed: 'private\n\npublic' }],
  ['another way is chosen after the first', { open: LINES[1] ?? '', closed: 'private' }, { open: LINES[0], closed: 'private' }],
])('%s', (_name, was, expected) => expect(textsAfterMove(was, LINES[0] ?? '', LINES)).toEqual(expected));
