import { namesOf } from '../canned/expand.ts';

const GREETING = /^(\s*(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|olá|oi|caro|cara|prezad[oa]|bom dia|boa tarde|halo|hai|salam|नमस्ते|नमस्कार|प्रिय|নমস্কার|প্রিয়|প্রিয়|হ্যালো)\s+)([\p{L}\p{M}.'’-]+(?: [\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*)?)(?=\s*[,!.:\n]|$)/iu;
const SIGNATURE = /\n-- \n[\s\S]*$/u;
const INITIALS = /\s*\^[\p{L}]{1,4}\s*$/u;
const HANDLES_FIRST = /^\s*(?:@\w{1,30}\s+)+/u;
const QUOTED = /\n(?:>.*|On .{5,200} wrote:)[\s\S]*$/u;

/** What stands in an answer and belongs to whoever got it; each becomes a blank that must be filled before anything leaves. */
const OWN: readonly (readonly [RegExp, string])[] = [
  [/\S+@\S+\.\p{L}{2,}/gu, 'e-mail'],
  [/@\w{2,30}/gu, 'handle'],
  [/(?:[€$£₹৳]|\b(?:R\$|RM|Rs\.?|EUR|USD|GBP|INR|BDT|MYR|BRL))\s?\p{Nd}[\p{Nd}.,]*|\p{Nd}[\p{Nd}.,]*\s?(?:[€$£₹৳%]|(?:EUR|USD|GBP|INR|BDT|MYR|BRL|euros?|dollars?|rupees?|reais|ringgit|रुपये|টাকা)(?![\p{L}\p{M}]))/giu, 'amount'],
  [/\p{Nd}{1,2}[:.h]\p{Nd}{2}(?!\p{Nd})(?:\s?[ap]\.?m\.?)?|(?<!\p{Nd})\p{Nd}{1,2}\s?[ap]\.?m\b/giu, 'time'],
  [/\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}|(?<!\p{Nd})\p{Nd}{1,2}[./]\p{Nd}{1,2}(?:[./]\p{Nd}{2,4})?(?!\p{Nd})|(?<!\p{Nd})\p{Nd}{1,2}(?:st|nd|rd|th)?\s(?:de\s)?(?:jan|feb|fev|mar|mac|apr|abr|may|mai|mei|jun|jul|aug|ago|ogos|sep|set|oct|out|okt|nov|dec|dez|dis)\p{L}*|(?<![\p{L}])(?:january|february|march|april|june|july|august|september|october|november|december)\s\p{Nd}{1,2}(?!\p{Nd})/giu, 'date'],
  [/(?<![\p{L}\p{M}])(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:segunda|terça|quarta|quinta|sexta)-feira|sábado|domingo|isnin|selasa|rabu|khamis|jumaat|sabtu|ahad|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार|সোমবার|মঙ্গলবার|বুধবার|বৃহস্পতিবার|শুক্রবার|শনিবার|রবিবার)(?![\p{L}\p{M}])/giu, 'day'],
  [/#?(?:\p{Lu}{1,6}[-\s]?)?\+?\p{Nd}(?:[\p{Nd}\s/().-]{2,}\p{Nd})(?:[-\p{L}\p{Nd}]*)/gu, 'number'],
];
const LINK = /\bhttps?:\/\/[^\s<>"']+/giu;
const PERSONAL_LINK = /[?#]|\p{Nd}{5,}|[\p{L}\p{Nd}]{16,}/u;
const BLANK = /\[\[[^[\]\n]{1,80}\]\]/gu;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * An answer that went to somebody, as it could go to anybody: greeting, name, numbers, amounts, dates and addresses of that customer are
 * blanks, signature and initials are gone. What another customer was told about themselves must never reach the next one.
 */
export function generalise(answer: string, was: { customerName: string }, here: { firstName: string | null }): string {
  let text = answer.replace(QUOTED, '').replace(SIGNATURE, '').replace(INITIALS, '').replace(HANDLES_FIRST, '').trim();
  const kept: string[] = [];
  const keep = (whole: string): string => {
    kept.push(whole);
    return `\uE000${String.fromCodePoint(0xe100 + kept.length)}`;
  };
  const blank = (name: string): string => keep(`[[${name}]]`);
  const named = here.firstName ?? '[[name]]';
  text = text.replace(BLANK, keep).replace(LINK, (link) => (PERSONAL_LINK.test(link) ? blank('link') : keep(link)));
  text = text.replace(GREETING, (_, hello: string) => `${hello}${keep(named)}`);
  const { first, last, full } = namesOf(was.customerName, true);
  // A family name stands behind "Mr" as often as not: it is asked for instead of guessed.
  for (const [name, instead] of [[full, named], [first, named], [last, '[[name]]']] as const) {
    if (name !== null && [...name].length > 2) text = text.replace(new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${escaped(name)}(?![\\p{L}\\p{M}\\p{N}])`, 'giu'), () => keep(instead));
  }
  for (const [pattern, name] of OWN) text = text.replace(pattern, () => blank(name));
  return text.replace(/\uE000([\uE101-\uF8FF])/gu, (_, mark: string) => kept[(mark.codePointAt(0) ?? 0xe101) - 0xe101] ?? '').trim();
}
