import { lazy } from '../../kernel/index.ts';

/** Private data found in a text; `what` hides all but its end. */
export interface Finding {
  guard: 'card' | 'iban' | 'account' | 'asks';
  what: string;
}

/** Digits of the scripts the desk writes, as Latin ones; offsets stay the same. */
const latinDigits = (text: string): string => text.replace(/[०-९০-৯٠-٩]/g, (digit) => {
  const code = digit.codePointAt(0) ?? 0;
  return String(code - (code >= 0x9e6 ? 0x9e6 : code >= 0x966 ? 0x966 : 0x660));
});

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 13616: the first four signs moved to the end, letters as numbers, modulo 97 is 1. */
export function passesIban(iban: string): boolean {
  let rest = 0;
  for (const sign of `${iban.slice(4)}${iban.slice(0, 4)}`) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const hide = (value: string): string => `…${value.replace(/[\s-]/g, '').slice(-4)}`;

const LINK = /\b(?:https?:\/\/|www\.)\S+|@\w+/gi;
const NUMBER = /(?<![\p{L}\p{N}+#])\d(?:[ \u00a0-]?\d){5,30}(?![\p{L}\p{N}])/gu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}(?![\p{L}\p{N}])/giu;
const ACCOUNT_WORD = /(?:account|acct|a\/c|konto|conta|akaun|खाता|खाते|अकाउंट|অ্যাকাউন্ট|একাউন্ট|হিসাব|customer (?:no|number|id))(?:\s|number|no\b|nombor|número|नंबर|संख्या|নম্বর|is|is:|:|#|\.|-|है|é|ialah){0,6}$/iu;
const COUNTRY_TRUNK = /^(?:0|1[ -]?8(?:00|88|77|66|55))/;

/** The longest valid IBAN at the start of what was found: the words behind it can look like more of it. */
function ibanIn(found: string): string | null {
  for (let text = found; text.length >= 15; text = text.slice(0, -1)) {
    const bare = text.replace(/[\s\u00a0]/g, '').toUpperCase();
    if (bare.length <= 34 && passesIban(bare)) return bare;
  }
  return null;
}

/** Card numbers by Luhn, IBANs by checksum, and other long numbers that look like an account's. Telephone numbers and links are none. */
export function findPrivateData(text: string): Finding[] {
  const findings: Finding[] = [];
  let rest = latinDigits(text).replace(LINK, (link) => ' '.repeat(link.length));
  rest = rest.replace(IBAN, (found) => {
    const iban = ibanIn(found);
    if (iban === null) return found;
    findings.push({ guard: 'iban', what: hide(iban) });
    return ' '.repeat(found.length);
  });
  for (const match of rest.matchAll(NUMBER)) {
    const digits = match[0].replace(/\D/g, '');
    const before = rest.slice(Math.max(0, match.index - 40), match.index);
    if (digits.length >= 13 && digits.length <= 19 && /^[2-6]/.test(digits) && passesLuhn(digits)) findings.push({ guard: 'card', what: hide(digits) });
    else if (ACCOUNT_WORD.test(before)) findings.push({ guard: 'account', what: hide(digits) });
    else if (!COUNTRY_TRUNK.test(match[0]) && digits.length >= (match[0] === digits ? 10 : 12) && !isDateTime(match[0])) findings.push({ guard: 'account', what: hide(digits) });
  }
  const asked = findAsking(text);
  if (asked !== null) findings.push({ guard: 'asks', what: asked });
  return findings;
}

/** 2026-03-14 10 30 is a time, 20260314 a date. */
const isDateTime = (text: string): boolean => /^(?:19|20)\d\d-?(?:0\d|1[0-2])-?[0-3]\d(?:[ -]?[0-2]\d[ -]?[0-5]\d)?$/.test(text.trim());

interface Speech {
  /** May be asked for in private only. */
  data: string;
  /** Asked for nowhere. */
  secret: string;
  ask: string;
  not: string;
}
// Whole words are enforced around each list: vowel signs belong to words.
const SPEECHES: readonly Speech[] = [
  {
    data: 'account (?:number|no|details|id)|card (?:number|no|details)|customer (?:number|no|id)|sort code|iban|bank details|date of birth|dob|social security(?: number)?|passport number|home address|phone number|telephone number|mobile number|email address|e-mail address',
    secret: 'passwords?|passcode|pin(?: code| number)?|cvv|cvc|security code|otp|one[- ]time (?:code|password)|login details',
    ask: 'what(?:\'s|’s)?|which|send|tell|give|share|reply with|respond with|provide|confirm|post|write|need|enter|type|let us know|can (?:we|i) have|could (?:we|i) have|may i have|please|dm|message', not: 'never|don\'t|don’t|do not|not|nobody|no one',
  },
  {
    data: 'खाता (?:संख्या|नंबर)|खाते (?:की संख्या|का नंबर)|अकाउंट नंबर|कार्ड (?:नंबर|संख्या)|ग्राहक (?:संख्या|नंबर)|जन्म ?तिथि|जन्मतिथि|फ़ोन नंबर|फोन नंबर|मोबाइल नंबर|घर का पता|बैंक विवरण',
    secret: 'पासवर्ड|पिन|ओटीपी|सीवीवी|otp|pin|password', ask: 'भेज\\p{M}*|भेजें|भेजिए|भेजिये|भेजो|बताएं|बताएँ|बताइए|बताइये|बताओ|बता|दें|दीजिए|दीजिये|दे|साझा|शेयर|लिखें|लिखिए|क्या|चाहिए', not: 'न|मत|कभी|नहीं',
  },
  {
    data: 'অ্যাকাউন্ট (?:নম্বর|নাম্বার)|একাউন্ট (?:নম্বর|নাম্বার)|হিসাব নম্বর|কার্ড (?:নম্বর|নাম্বার)|গ্রাহক নম্বর|জন্ম ?তারিখ|ফোন (?:নম্বর|নাম্বার)|মোবাইল (?:নম্বর|নাম্বার)|বাসার ঠিকানা|ব্যাংকের তথ্য',
    secret: 'পাসওয়ার্ড|পাসওয়ার্ড|পিন|ওটিপি|সিভিভি|otp|pin|password', ask: 'পাঠান|পাঠাও|পাঠাবেন|বলুন|বলেন|দিন|দেন|জানান|লিখুন|শেয়ার|শেয়ার|কী|কি|কত|দরকার', not: 'না|কখনো|কখনও',
  },
  {
    data: 'número d[aoe] (?:sua |seu |tua |teu )?(?:conta|cartão|cliente|telefone|celular|telemóvel)|conta bancária|dados bancários|iban|nib|data de nascimento|cpf|morada|endereço',
    secret: 'senha|palavra-passe|pin|cvv|cvc|código de segurança|código do sms', ask: 'envie|envia|enviar|envie-nos|envie-me|mande|manda|informe|informar|diga|diga-nos|diga-me|passe|confirme|confirmar|qual|quais|escreva|partilhe|compartilhe|indique|dê|preciso|precisamos|poste', not: 'nunca|não|jamais',
  },
  {
    data: '(?:nombor|no\\.?) (?:akaun|kad|pelanggan|telefon|ic|kad pengenalan)|butiran bank|tarikh lahir|alamat rumah',
    secret: 'kata laluan|pin|cvv|kod keselamatan|tac|otp', ask: 'hantar|hantarkan|beri|berikan|bagi|kongsi|kongsikan|beritahu|nyatakan|apa|apakah|tulis|sahkan|perlukan|perlu|masukkan', not: 'jangan|tidak|tak',
  },
];
const word = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${list.normalize('NFC')})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');
const patterns = lazy(() => SPEECHES.map((speech) => ({ data: word(speech.data), secret: word(speech.secret), ask: word(speech.ask), not: word(speech.not) })));
/** "Send us your account number in a DM" asks for it where it belongs. */
const inPrivate = lazy(() => word('dms?|direct messages?|private(?:ly)?|private messages?|inbox|by e?-?mail|डीएम|निजी|इनबॉक्स|ডিএম|ইনবক্স|ব্যক্তিগত|mensagem (?:privada|direta)|por e-?mail|privado|mesej (?:peribadi|langsung)|peti masuk|secara peribadi'));

/** The private thing a sentence asks for in public, as written; null when none does. */
export function findAsking(text: string): string | null {
  for (const sentence of text.normalize('NFC').split(/(?<=[.!?।\n])/u)) {
    const isQuestion = /\?/.test(sentence);
    for (const { data, secret, ask, not } of patterns()) {
      const secretly = secret.exec(sentence);
      const plain = data.exec(sentence);
      const found = secretly ?? (plain !== null && !inPrivate().test(sentence) ? plain : null);
      // What is warned of ("never send your PIN") is not asked for.
      if (found !== null && (isQuestion || ask.test(sentence)) && !not.test(sentence)) return found[0].trim();
    }
  }
  return null;
}
