import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';

const types = (text: string): string[] => fold(text).map((part) => part.type);
const written = (text: string): string => fold(text).filter((part) => part.type === 'text').map((part) => part.text).join('\n').trim();

describe('what is folded', () => {
  test.each([
    ['English', 'Thanks!\n\nOn Tue, 17 Nov 2026 at 10:12, Acme Care wrote:\n> Hello\n> there'],
    ['German', 'Thanks!\n\nAm 17.11.2026 um 10:12 schrieb Acme Care:\n> Hallo'],
    ['Portuguese', 'Thanks!\n\nEm ter., 17 de nov. de 2026 às 10:12, Acme escreveu:\n> Olá'],
    ['Malay', 'Thanks!\n\nPada Sel, 17 Nov 2026 10:12, Acme menulis:\n> Salam'],
    ['Hindi', 'Thanks!\n\nमंगल, 17 नव॰ 2026 को 10:12 बजे Acme ने लिखा:\n> नमस्ते'],
    ['Bengali', 'Thanks!\n\nমঙ্গল, ১৭ নভেম্বর ২০২৬ Acme লিখেছেন:\n> নমস্কার'],
    ['Outlook', 'Thanks!\n\nFrom: Acme Care\nSent: Tuesday\nTo: Maria\nSubject: Re\n\nHello'],
    ['forwarded', 'Thanks!\n\n-----Original Message-----\nHello'],
    ['signature', 'Thanks!\n-- \nMaria\n+44 7700 900123'],
    ['signature and quote', 'Thanks!\n-- \nMaria\n\nOn Tue, 17 Nov 2026, Acme wrote:\n> Hello'],
  ])('%s keeps only what was written', (_, text) => expect(written(text)).toBe('Thanks!'));

  test('answers between quoted lines stay where they are', () => {
    expect(types('> Which size?\nMedium\n> Which colour?\nBlue')).toEqual(['quote', 'text', 'quote', 'text']);
  });
  test('a mail that is nothing but a quote is shown', () => expect(types('> Hello\n> there')).toEqual(['text']));
  test('a sentence that ends in "wrote:" and is followed by words is no quote', () => expect(types('On the form I wrote:\nmy old address')).toEqual(['text']));
  test('nothing is lost', () => {
    const text = 'Hi\n\n> a\n\n> b\nyes\n-- \nM\n\nOn Mon, X wrote:\n> c\n';
    expect(fold(text).map((part) => part.text).join('\n')).toBe(text);
  });
});
