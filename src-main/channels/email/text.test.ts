import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanLine, cleanText } from './text.ts';

// With a bell at its end a text is never taken for clean at first sight; the bell itself goes.
const BELL = '\u0007';
const signs = fc.constantFrom('a', 'é', 'न', '🙂', '\ud83d', ' ', '  ', '\t', '\n', '\r', '\r\n', '\n\n\n\n', '-- \n', '\u0000', '\u000b', '\u0085', '\u00a0', '\u1680', '\u2003', '\u200b', '\u2028', '\u202e', '\u2066', '\u3000', '\ufeff', '\ufffd');
const texts = fc.oneof(fc.array(signs, { maxLength: 12 }).map((all) => all.join('')), fc.string({ unit: 'binary', maxLength: 12 }));

it('what looks clean at first sight is what cleaning leaves', () => {
  fc.assert(fc.property(texts, (text) => {
    expect(cleanLine(text, 200)).toBe(cleanLine(`${text}${BELL}`, 200));
    expect(cleanText(text)).toBe(cleanText(`${text}${BELL}`));
  }), { numRuns: 3_000 });
});
