/** A customer's words on a day; 0 is today, 1 yesterday. */
export interface DayWords { conversationId: string; day: number; text: string }
export interface Trend { phrase: string; today: number; usual: number; conversationIds: string[] }

const FEWEST = 5;
const TIMES = 4;
const LONGEST = 3;
const MOST = 8;
/** With fewer days behind it nothing is usual yet. */
const FEWEST_DAYS = 3;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Words that say nothing alone; phrases with them in them count, as long as one of their words says something. */
const EMPTY = new Set(('the and this that for has had have not but all can our your you they there their from with will just when been still since now was were are what who how why out any some would could should today yesterday tomorrow morning evening tonight please hello thanks of is it in on at to an as be by do if me my no or so up us we he she its a i again one get got did does '
  // How people greet and part: on a day of many letters it would stand above what they are about.
  + 'dear sir madam mr ms mrs team hi hey kind regards best sincerely thank olá oi bom boa dia tarde noite prezado prezada prezados caro cara senhor senhora obrigado obrigada atenciosamente hola estimado estimada buenos buenas gracias saludos bonjour madame monsieur merci cordialement guten sehr geehrte hallo liebe grüße danke '
  + 'नमस्ते धन्यवाद प्रिय महोदय নমস্কার প্রিয় ধন্যবাদ জনাব hai terima kasih selamat tuan puan encik '
  + 'para com não uma por mas que está yang dan ini itu dengan untuk tidak ada और है हैं नहीं में को की का के से এবং না আমার আমি করে').split(' '));

/** Words and phrases of a text, folded; links and handles are nobody's topic. Zero-width joiners belong to Indic words and are left out of the comparison. */
export function phrasesOf(text: string): Set<string> {
  const words = (text.normalize('NFC').toLowerCase().replace(/https?:\S+|[@#]\S+/gu, ' ').replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').match(WORD) ?? []).slice(0, 400);
  const phrases = new Set<string>();
  for (let size = 1; size <= LONGEST; size += 1) {
    for (let at = 0; at + size <= words.length; at += 1) {
      const part = words.slice(at, at + size);
      const says = part.filter((word) => !EMPTY.has(word) && !/^\d+$/.test(word));
      if (size > 1 ? says.length > 0 : says.some((word) => word.length > 2)) phrases.add(part.join(' '));
    }
  }
  return phrases;
}

/**
 * What far more customers write about today than on other days: at least five, and four times what is usual. Each customer counts once a
 * day, however often they write. Of phrases that stand for the same customers the longest speaks. Product line D33.
 */
export function findTrends(messages: readonly DayWords[]): Trend[] {
  const days = new Set(messages.map(({ day }) => day).filter((day) => day > 0));
  if (days.size < FEWEST_DAYS) return [];
  const today = new Map<string, Set<string>>();
  for (const { conversationId, text } of messages.filter(({ day }) => day === 0)) {
    for (const phrase of phrasesOf(text)) today.set(phrase, (today.get(phrase) ?? new Set()).add(conversationId));
  }
  const many = new Map([...today].filter(([, who]) => who.size >= FEWEST));
  const before = new Map<string, Set<string>>();
  for (const { conversationId, day, text } of messages) {
    if (day === 0) continue;
    for (const phrase of phrasesOf(text)) if (many.has(phrase)) before.set(phrase, (before.get(phrase) ?? new Set()).add(`${day} ${conversationId}`));
  }
  const lit = [...many]
    .map(([phrase, who]): Trend => ({ phrase, today: who.size, usual: (before.get(phrase)?.size ?? 0) / days.size, conversationIds: [...who] }))
    .filter((trend) => trend.today >= TIMES * Math.max(trend.usual, 0.25))
    .toSorted((a, b) => b.today - a.today || b.phrase.length - a.phrase.length || (a.phrase < b.phrase ? -1 : 1));
  const told: Trend[] = [];
  for (const trend of lit) {
    const isInside = lit.some((other) => other !== trend && ` ${other.phrase} `.includes(` ${trend.phrase} `) && other.today >= trend.today * 0.8);
    const isSame = told.some((other) => trend.conversationIds.every((id) => other.conversationIds.includes(id)));
    if (!isInside && !isSame) told.push(trend);
  }
  return told.slice(0, MOST);
}
