import { expect, test } from 'vitest';
import { pageOf, withoutPage } from './mail-page.ts';

const page = { name: 'message.html', type: 'text/html', n: 1 };
const twin = { ...page, n: 0 };
const text = { name: 'message.html', type: 'text/plain', n: 2 };
const pdf = { name: 'offer.pdf', type: 'application/pdf', n: 3 };

test.each([
  ['none', [pdf], undefined, [pdf]], ['nothing at all', [], undefined, []], ['its own', [pdf, page], page, [pdf]],
  ['the last, a file that is called so stays a file', [twin, pdf, page], page, [twin, pdf]], ['no file of another type', [text], undefined, [text]],
])('the page of a mail: %s', (_, files, found, others) => expect([pageOf(files), withoutPage(files)]).toEqual([found, others]));
