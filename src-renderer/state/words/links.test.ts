import { expect, test } from 'vitest';
import { pieces } from './links.ts';

test.each([
  ['see https://a.example/x.', ['see ', '*https://a.example/x', '.']],
  ['(https://a.example/x)', ['(', '*https://a.example/x', ')']],
  ['no link here', ['no link here']],
  ['https://a.example https://b.example', ['*https://a.example', ' ', '*https://b.example']],
  ['javascript:alert(1)', ['javascript:alert(1)']],
])('%s', (text, expected) => expect(pieces(text).map((piece) => (piece.url === null ? piece.text : `*${piece.text}`))).toEqual(expected));
