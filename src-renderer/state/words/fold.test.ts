import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';

const ANSWER = 'Thank you, that worked.';
const types = (text: string): string[] => fold(text).map((part) => part.type);
const written = (text: string): string => fold(text).filter((part) => part.type === 'text').map((part) => part.text).join('\n').trim();

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
  ['Swedish', 'Den mån 5 jan. 2026 kl 10:12 skrev Maria <maria@example.org>:'],
  ['Danish', 'Den man. 5. jan. 2026 kl. 10.12 skrev Maria:'],
  ['Polish', 'pon., 5 sty 2026 o 10:12 Maria napisał(a):'],
  ['Polish, Thunderbird', 'W dniu 5.01.2026 o 10:12, Maria pisze:'],
  ['Czech', 'Dne po 5. 1. 2026 10:12 uživatel Maria napsal:'],
  ['Russian', 'пн, 5 янв. 2026 г. в 10:12, Мария пишет:'],
  ['Ukrainian', 'пн, 5 січ. 2026 р. о 10:12 Марія пише:'],
  ['Turkish', 'Maria, 5 Oca 2026 Pzt, 10:12 tarihinde şunu yazdı:'],
  ['Finnish', 'ma 5. tammik. 2026 klo 10.12 Maria kirjoitti:'],
  ['Romanian', 'În lun., 5 ian. 2026 la 10:12, Maria a scris:'],
  ['Greek', 'Στις Δευ 5 Ιαν 2026 στις 10:12 π.μ., η Maria έγραψε:'],
  ['Japanese', '2026年1月5日(月) 10:12 Mariaさんのメール:'],
  ['Chinese', 'Maria 于2026年1月5日周一 10:12写道：'],
  ['Korean', '2026년 1월 5일 (월) 오전 10:12, Maria님이 작성:'],
  ['Arabic', 'في الاثنين، 5 يناير 2026 في 10:12 ص كتب Maria:'],
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
  'Från: Maria\nSkickat: den 5 januari 2026 10:12\nTill: Care\nÄmne: Router',
  'Od: Maria\nWysłano: poniedziałek, 5 stycznia 2026\nDo: Care\nTemat: Router',
  'От: Мария\nОтправлено: 5 января 2026 г.\nКому: Care\nТема: Router',
  'Kimden: Maria\nGönderildi: 5 Ocak 2026\nKime: Care\nKonu: Router',
  '差出人: Maria\n送信日時: 2026年1月5日\n宛先: Care\n件名: Router',
  '发件人：Maria\n发送时间：2026年1月5日\n收件人：Care\n主题：Router',
  '________________________________\nDa: Maria\nInviato: lunedì 5 gennaio 2026\nA: Care\nOggetto: Router',
];

describe('every way to quote', () => {
  test.each(attributions)('an attribution in %s', (_, line) => expect(written(`${ANSWER}\n\n${line}\n\n> Please restart it.\n> Care`)).toBe(ANSWER));
  test.each(separators)('%s', (line) => expect(written(`${ANSWER}\n\n${line}\nFrom: x\nold`)).toBe(ANSWER));
  test.each(headerBlocks)('a block of copied headers', (block) => expect(written(`${ANSWER}\n\n${block}\n\nold text`).replace(/_+$/, '').trim()).toBe(ANSWER));
  test.each(['Sent from my iPhone\n\nOn 5 Jan 2026, at 10:12, Care wrote:\n> old', 'Von meinem iPhone gesendet', '-- \nMaria'])('a signature: %j', (rest) => expect(written(`${ANSWER}\n\n${rest}`)).toBe(ANSWER));
  test('an answer written below the quote', () => expect(written(`On 5 Jan 2026, Care wrote:\n> Did it work?\n\n${ANSWER}`)).toBe(ANSWER));
  test.each(['Do: this first.\nDate: tomorrow', 'Od: x', 'On Monday I wrote to you about: the router.', 'From: the heart, thank you.', 'Am Montag war ich da.', 'a > b', 'Two things:\n- one\n- two'])('ordinary text is left alone: %s', (text) => {
    expect(fold(text)).toEqual([{ type: 'text', text }]);
  });
  test('no line of any text is lost', () => {
    const line = fc.oneof(fc.constantFrom('', '> old', '-- ', 'On 5 Jan 2026, at 10:12, Care wrote:', '-----Original Message-----', 'From: a', 'To: b', 'Date: c', 'Sent from my iPhone'), fc.string());
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => void expect(fold(lines.join('\n')).map((part) => part.text).join('\n')).toBe(lines.join('\n'))));
  });
});

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
