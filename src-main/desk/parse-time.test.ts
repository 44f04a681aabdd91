import { describe, expect, test } from 'vitest';
import { parseTime } from './parse-time.ts';

// Sunday, 22 November 2026, 11:30 in Kolkata.
const now = Date.parse('2026-11-22T06:00:00Z');
const zone = 'Asia/Kolkata';
const local = (text: string): string | null => {
  const at = parseTime(text, zone, now);
  return at === null ? null : new Date(at + 330 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
};

describe('a time in words', () => {
  test.each([
    ['next Tuesday 10:00', '2026-11-24 10:00'], ['next Tuesday 10', '2026-11-24 10:00'], ['tomorrow', '2026-11-23 09:00'], ['in 2 hours', '2026-11-22 13:30'],
    ['Friday at 3pm', '2026-11-27 15:00'], ['14 May', '2027-05-14 09:00'], ['in 3 days', '2026-11-25 09:00'], ['banana', null], ['', null],
  ])('English: %j', (text, expected) => expect(local(text)).toBe(expected));

  test.each([
    ['अगले मंगलवार 10 बजे', '2026-11-24 10:00'], ['अगले मंगलवार १० बजे', '2026-11-24 10:00'], ['कल सुबह 9 बजे', '2026-11-23 09:00'], ['परसों शाम 5 बजे', '2026-11-24 17:00'],
    ['2 घंटे में', '2026-11-22 13:30'], ['दो घंटे बाद', '2026-11-22 13:30'], ['३ दिन बाद', '2026-11-25 09:00'], ['अगले हफ्ते', '2026-11-29 09:00'], ['14 मई', '2027-05-14 09:00'],
    ['शुक्रवार दोपहर 2 बजे', '2026-11-27 14:00'], ['कल साढ़े दस बजे', '2026-11-23 10:30'], ['सोमवार पौने 10 बजे', '2026-11-23 09:45'], ['कल रात 12 बजे', '2026-11-23 00:00'],
    ['रविवार 15:00', '2026-11-22 15:00'], ['अगले रविवार 15:00', '2026-11-29 15:00'], ['किताब', null], ['14 मई 2027 सुबह 11:15', '2027-05-14 11:15'],
  ])('Hindi: %j', (text, expected) => expect(local(text)).toBe(expected));

  test.each([
    ['আগামী মঙ্গলবার সকাল ১০টা', '2026-11-24 10:00'], ['আগামীকাল সকাল ৯টায়', '2026-11-23 09:00'], ['পরশু বিকেল ৫টা', '2026-11-24 17:00'], ['২ ঘণ্টা পরে', '2026-11-22 13:30'],
    ['৩ দিন পর', '2026-11-25 09:00'], ['পরের সপ্তাহে', '2026-11-29 09:00'], ['১৪ মে', '2027-05-14 09:00'], ['শুক্রবার দুপুর ২টা', '2026-11-27 14:00'], ['কাল সাড়ে দশটা', '2026-11-23 10:30'],
    ['সোমবার সন্ধ্যা ৭:৩০', '2026-11-23 19:30'], ['বই', null],
  ])('Bengali: %j', (text, expected) => expect(local(text)).toBe(expected));

  test.each([
    ['Selasa depan pukul 10', '2026-11-24 10:00'], ['esok pukul 9 pagi', '2026-11-23 09:00'], ['lusa jam 5 petang', '2026-11-24 17:00'], ['dalam 2 jam', '2026-11-22 13:30'],
    ['3 hari lagi', '2026-11-25 09:00'], ['minggu depan', '2026-11-29 09:00'], ['14 Mei', '2027-05-14 09:00'], ['Jumaat 10.30', '2026-11-27 10:30'], ['hari ini pukul 8 malam', '2026-11-22 20:00'],
    ['Khamis tengah hari', '2026-11-26 12:00'], ['pukul tiga petang', '2026-11-22 15:00'],
  ])('Malay: %j', (text, expected) => expect(local(text)).toBe(expected));

  test.each([
    ['próxima terça às 10h', '2026-11-24 10:00'], ['amanhã às 9h', '2026-11-23 09:00'], ['depois de amanhã às 17h30', '2026-11-24 17:30'], ['em 2 horas', '2026-11-22 13:30'],
    ['daqui a 3 dias', '2026-11-25 09:00'], ['semana que vem', '2026-11-29 09:00'], ['14 de maio', '2027-05-14 09:00'], ['terça-feira que vem 10:00', '2026-11-24 10:00'],
    ['sexta 15h30', '2026-11-27 15:30'], ['TERCA as 10', '2026-11-24 10:00'], ['sábado de manhã', '2026-11-28 09:00'], ['hoje às 3 da tarde', '2026-11-22 15:00'], ['em duas semanas', '2026-12-06 09:00'],
    ['22/12/2026 10:00', '2026-12-22 10:00'],
  ])('Portuguese: %j', (text, expected) => expect(local(text)).toBe(expected));

  test('what has passed, and what no calendar has, is no time', () => {
    expect(['hoje às 8h', '2020-01-01', '31 de fevereiro', 'अगले मंगलवार 30 बजे', 'esok pukul 25'].map(local)).toEqual([null, null, null, null, null]);
  });
});
