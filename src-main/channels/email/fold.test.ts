import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { foldText } from './fold.ts';

const ANSWER = 'Thank you, that worked.';
const attributions: [language: string, line: string][] = [
  ['English', 'On Mon, 5 Jan 2026 at 10:12, Maria Silva <maria@example.org> wrote:'],
  ['English over two lines', 'On Mon, 5 Jan 2026 at 10:12, Maria Silva\n<maria@example.org> wrote:'],
  ['German', 'Am 05.01.2026 um 10:12 schrieb Maria Silva:'],
  ['German, Outlook style', 'Am Mo., 5. Jan. 2026 um 10:12 Uhr schrieb Maria <maria@example.org>:'],
  ['Spanish', 'El lun, 5 ene 2026 a las 10:12, Maria (<maria@example.org>) escribió:'],
  ['Portuguese, Brazil', 'Em seg., 5 de jan. de 2026 às 10:12, Maria <maria@example.org> escreveu:'],
  ['Portuguese, Portugal', 'A segunda, 5/01/2026, 10:12, Maria escreveu:'],
  ['French', 'Le lun. 5 janv. 2026 à 10:12, Maria <maria@example.org> a écrit :'],
  ['Italian', 'Il giorno lun 5 gen 2026 alle ore 10:12 Maria <maria@example.org> ha scritto:'],
  ['Dutch', 'Op ma 5 jan 2026 om 10:12 schreef Maria <maria@example.org>:'],
  ['Hindi', 'सोम, 5 जन॰ 2026 को 10:12 am बजे को Maria <maria@example.org> ने लिखा:'],
  ['Bengali', 'সোম, ৫ জানু, ২০২৬ তারিখে ১০:১২ PM টায় Maria <maria@example.org> লিখেছেন:'],
  ['Malay', 'Pada Isn, 5 Jan 2026 pada 10:12 PG Maria <maria@example.org> menulis:'],
  ['any language with time and address', '2026-01-05 10:12 időpontban Maria <maria@example.org> ezt írta:'],
];

const separators = [
  '-----Original Message-----', '----- Ursprüngliche Nachricht -----', '-----Mensaje original-----', '-----Mensagem original-----',
  "-----Message d'origine-----", '-----Messaggio originale-----', '-----Oorspronkelijk bericht-----', '-----मूल संदेश-----', '-----মূল বার্তা-----',
  '-----Mesej asal-----', '---------- Forwarded message ---------',
];

const headerBlocks = [
  'From: Maria\nSent: Monday, 5 January 2026 10:12\nTo: Care\nSubject: Router',
  'Von: Maria\nGesendet: Montag, 5. Januar 2026 10:12\nAn: Care\nBetreff: Router',
  'De: Maria\nEnviado: lunes, 5 de enero de 2026\nPara: Care\nAsunto: Router',
  'De : Maria\nEnvoyé : lundi 5 janvier 2026\nÀ : Care\nObjet : Router',
  '________________________________\nDa: Maria\nInviato: lunedì 5 gennaio 2026\nA: Care\nOggetto: Router',
];

describe('folding what a customer quotes', () => {
  it.each(attributions)('folds an attribution in %s', (_language, line) => {
    const folded = foldText(`${ANSWER}\n\n${line}\n\n> Please restart it.\n> Care`);
    expect(folded).toEqual({ fresh: ANSWER, quoted: `${line}\n\n> Please restart it.\n> Care`, signature: '' });
    expect(foldText(`${ANSWER}\n\n${line}\nPlease restart it.`).fresh).toBe(ANSWER);
  });

  it.each(separators)('folds below %s', (line) => {
    expect(foldText(`${ANSWER}\n\n${line}\nFrom: x\nold`)).toEqual({ fresh: ANSWER, quoted: `${line}\nFrom: x\nold`, signature: '' });
  });

  it.each(headerBlocks)('folds below a block of copied headers', (block) => {
    expect(foldText(`${ANSWER}\n\n${block}\n\nold text`)).toEqual({ fresh: ANSWER, quoted: `${block}\n\nold text`, signature: '' });
  });

  it('takes a signature off what is fresh', () => {
    expect(foldText(`${ANSWER}\n-- \nMaria Silva\n+44 7700 900123`)).toEqual({ fresh: ANSWER, quoted: '', signature: 'Maria Silva\n+44 7700 900123' });
    expect(foldText(`${ANSWER}\n\nSent from my iPhone\n\nOn 5 Jan 2026, at 10:12, Care wrote:\n> old`)).toMatchObject({ fresh: ANSWER, signature: 'Sent from my iPhone' });
    expect(foldText(`${ANSWER}\n\nVon meinem iPhone gesendet`)).toMatchObject({ fresh: ANSWER, signature: 'Von meinem iPhone gesendet' });
  });

  it('keeps an answer written below the quote', () => {
    expect(foldText(`On 5 Jan 2026, Care wrote:\n> Did it work?\n\n${ANSWER}`)).toEqual({ fresh: ANSWER, quoted: 'On 5 Jan 2026, Care wrote:\n> Did it work?', signature: '' });
  });

  it('leaves answers between the quoted lines where they are', () => {
    const text = 'On 5 Jan 2026, Care wrote:\n> Did it work?\nYes.\n> Anything else?\nNo.';
    expect(foldText(text)).toEqual({ fresh: text, quoted: '', signature: '' });
  });

  it.each(['On Monday I wrote to you about: the router.', 'From: the heart, thank you.', 'Am Montag war ich da.', 'a > b', 'Two things:\n- one\n- two'])('leaves ordinary text alone: %s', (text) => {
    expect(foldText(text)).toEqual({ fresh: text, quoted: '', signature: '' });
  });

  it('loses no line of any text', () => {
    const line = fc.oneof(fc.constantFrom('', '> old', '-- ', 'On 5 Jan 2026, at 10:12, Care wrote:', '-----Original Message-----', 'From: a', 'To: b', 'Date: c', 'Sent from my iPhone'), fc.string());
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      const { fresh, quoted, signature } = foldText(text);
      const words = (value: string): string[] => value.split('\n').map((part) => part.trim()).filter((part) => part !== '' && part !== '--').sort();
      expect(words([fresh, quoted, signature].join('\n'))).toEqual(words(text));
    }));
  });

  it('is done with a hostile text at once', () => {
    const started = performance.now();
    for (const text of ['> '.repeat(100_000), 'On '.repeat(80_000), `${'a '.repeat(200)}10:12 <a@b>:\n`.repeat(600), 'From: a\n'.repeat(30_000)]) foldText(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
