import { describe, expect, it } from 'vitest';
import { mailSize, sizeProblem } from './mail-size.ts';

const MB = 1_048_576;
describe('a mail too large for its server', () => {
  it.each([
    ['nobody knows the limit', [30 * MB], null, null],
    ['small', [MB], 25 * MB, null],
    ['fits as it lies on the disk, but not as it travels', [20 * MB], 25 * MB, '27 MB'],
    ['several files together', [6 * MB, 6 * MB, 7 * MB], 25 * MB, '26 MB'],
    ['just fits', [18 * MB], 25 * MB, null],
  ])('%s', (_, sizes, limit, what) => expect(sizeProblem('Hello', sizes.map((size) => ({ size })), limit)?.what ?? null).toBe(what));

  it('says both figures', () => expect(sizeProblem('', [{ size: 9 * MB }], 10 * MB)?.message).toBe('With its attachments this mail is 12 MB on its way; the mail server takes at most 10 MB. Take something out or send a link.'));
  it('counts what the encoding adds', () => expect(mailSize('', [{ size: 57_000 }])).toBe(78_000 + 4_500));
});
