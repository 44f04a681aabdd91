export interface Part {
  readonly type: 'text' | 'quote' | 'signature';
  readonly text: string;
}

/** "On Monday, Maria wrote:" in the languages our customers write; tested against one line, or up to three joined by a blank. */
const ATTRIBUTIONS: readonly RegExp[] = [
  /^On\s.{4,400}\swrote\s*:$/i,
  /^Am\s.{4,400}\sschrieb(?:en)?\b.{0,200}:$/i,
  /^El\s.{4,400}\sescribi(?:ó|o)\s*:$/i,
  /^(?:Em|A|No dia)\s.{4,400}\sescreveu\s*:$/i,
  /^Le\s.{4,400}\sa écrit\s*:$/i,
  /^Il\s.{4,400}\sha scritto\s*:$/i,
  /^Op\s.{4,400}\s(?:schreef|heeft)\b.{0,200}:$/i,
  /^.{4,400}(?:ने लिखा|लिखा है|लिखा)\s*:$/,
  /^.{4,400}(?:লিখেছেন|লিখেছে|লিখেছিলেন)\s*:$/,
  /^Pada\s.{4,400}\s(?:menulis|tulis)\s*:$/i,
  /^(?:Den|Den\s.{1,20})\s.{4,400}\s(?:skrev|skrifaði)\b.{0,200}:$/i,
  /^W dniu\s.{4,400}\s(?:napisał|napisała|pisze|napisał\(a\))\s*:$/i,
  /^(?:pon|wt|śr|czw|pt|sob|niedz)\.?,?\s.{4,400}\s(?:napisał|napisała|napisał\(a\))\s*:$/i,
  /^.{4,400}\s(?:пишет|писал|писала|написал|написала|написал\(а\)|пише|написав|написала)\s*:$/i,
  /^.{4,400}\s(?:tarihinde|şunu|şunları)\s.{0,200}yazdı\s*:$/i,
  /^(?:Dne|Dňa|Dna)\s.{4,400}\s(?:napsal|napsala|napsal\(a\)|napísal|napísala|napísal\(a\))\s*:$/i,
  /^.{4,400}\s(?:kirjoitti|a scris|ezt írta|έγραψε)\s*:$/i,
  /^.{4,400}(?:さん)?(?:が|は)?(?:のメール|書きました|のメッセージ)\s*[:：]$/,
  /^(?:在|于|於)?.{4,400}(?:写道|寫道|写到)\s*[:：]$/,
  /^.{4,400}(?:님이 작성|작성)\s*[:：]$/,
  /^.{4,400}(?:كتب|كتبت|כתב|כתבה).{0,200}[:：]$/,
];

/** Other languages: a line that names a time and an address and ends with a colon. */
const isAnyAttribution = (line: string): boolean => /\d{1,2}[:.]\d{2}/.test(line) && /<[^<>\s@]{1,100}@[^<>\s@]{1,100}>.{0,60}:$/.test(line);

const SEPARATOR =
  /^[-_]{2,}\s*(?:Original Message|Original Appointment|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Mensaje original|Mensaje reenviado|Mensagem original|Mensagem encaminhada|Message d['’]origine|Message original|Message transféré|Messaggio originale|Messaggio inoltrato|Oorspronkelijk bericht|Doorgestuurd bericht|मूल संदेश|মূল বার্তা|Mesej asal|Pesan asli|Ursprungligt meddelande|Oprindelig meddelelse|Opprinnelig melding|Wiadomość oryginalna|Původní zpráva|Исходное сообщение|Пересылаемое сообщение|Özgün İleti|Alkuperäinen viesti|元のメッセージ|原始邮件|原始郵件|원본 메시지|الرسالة الأصلية)\s*[-_]{2,}$/i;

const FROM_LINE = /^\*?(?:From|Von|De|Da|Van|Daripada|Dari|प्रेषक|द्वारा|প্রেরক|থেকে|Från|Fra|Od|От|Від|Kimden|Lähettäjä|差出人|发件人|寄件者|보낸 사람|من)\s?[:：]\*?\s*\S/i;
const OTHER_LINE = /^\*?(?:Sent|Date|To|Subject|Cc|Gesendet|Datum|An|Betreff|Enviado(?: el)?|Enviada(?: em)?|Fecha|Para|Asunto|Data|Assunto|Envoyé|À|Objet|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|Dihantar|Tarikh|Kepada|Subjek|भेजा गया|दिनांक|तिथि|प्रति|को|विषय|পাঠানো হয়েছে|পাঠানো|তারিখ|প্রাপক|প্রতি|বিষয়|Skickat|Till|Ämne|Sendt|Til|Emne|Wysłano|Do|Temat|Odesláno|Komu|Předmět|Отправлено|Дата|Кому|Тема|Надіслано|Gönderildi|Kime|Konu|Lähetetty|Vastaanottaja|Aihe|送信日時|宛先|件名|发送时间|收件人|主题|寄件日期|收件者|主旨|보낸 날짜|받는 사람|제목|تاريخ الإرسال|إلى|الموضوع)\s?[:：]\*?(?:\s|\S|$)/i;

const MOBILE = /^(?:Sent from my |Sent from Outlook|Get Outlook for|Von meinem .{2,40} gesendet|Gesendet von|Enviado desde mi |Enviado do meu |Enviado de meu |Envoyé de mon |Envoyé depuis mon |Inviato da |Inviato dal mio |Verzonden vanaf |Verstuurd vanaf |मेरे .{2,40} से भेजा गया|আমার .{2,40} থেকে পাঠানো|Dihantar dari(?:pada)? )/i;

const isQuote = (line: string): boolean => /^\s?>/.test(line);
const isBlank = (line: string): boolean => line.trim() === '';
const tooLong = (line: string): boolean => line.length > 1_000;

/** How many lines the attribution at `at` takes (1 to 3), 0 when there is none. */
function attributionLines(lines: readonly string[], at: number): number {
  let joined = '';
  for (let count = 1; count <= 3; count += 1) {
    const line = lines[at + count - 1];
    if (line === undefined || isBlank(line) || isQuote(line) || tooLong(line)) return 0;
    joined = count === 1 ? line.trim() : `${joined} ${line.trim()}`;
    if (joined.length > 1_000) return 0;
    if (/[:：]$/.test(joined) && (ATTRIBUTIONS.some((pattern) => pattern.test(joined)) || isAnyAttribution(joined))) return count;
  }
  return 0;
}

/** A block of copied headers, as Outlook puts above what it quotes: From and at least two more within the next lines. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = lines[at];
  if (first === undefined || tooLong(first) || !FROM_LINE.test(first.trim())) return false;
  return lines.slice(at + 1, at + 8).filter((line) => !tooLong(line) && OTHER_LINE.test(line.trim())).length >= 2;
}

/** Splits a mail into what was written, what was quoted, and the signature. Nothing is lost: the parts joined by newlines are the text. */
export function fold(text: string): readonly Part[] {
  const lines = text.split('\n');
  const kinds: Part['type'][] = [];
  let rest: Part['type'] | null = null;
  while (kinds.length < lines.length) {
    const at = kinds.length;
    const line = lines[at] ?? '';
    if (rest !== 'quote' && (SEPARATOR.test(line.trim()) || isHeaderBlock(lines, at))) rest = 'quote';
    else if (rest === null && (line === '-- ' || line === '--' || isMobileLine(lines, at))) rest = 'signature';
    const taken = rest === 'quote' ? 0 : attributionLines(lines, at);
    if (taken > 0 && quoteFollows(lines, at + taken)) {
      if (rest === 'signature') rest = 'quote';
      for (let i = 0; i < taken; i += 1) kinds.push('quote');
    } else kinds.push(rest ?? (isQuote(line) ? 'quote' : 'text'));
  }
  const parts = group(lines, kinds);
  return parts.some((part) => part.type === 'text' && part.text.trim() !== '') ? parts : [{ type: 'text', text }];
}

/** "Sent from my iPhone" is a signature only where nothing but a quote comes after it. */
function isMobileLine(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (tooLong(line) || !MOBILE.test(line.trim())) return false;
  const next = lines.findIndex((other, index) => index > at && !isBlank(other));
  return next === -1 || isQuote(lines[next] ?? '') || attributionLines(lines, next) > 0 || SEPARATOR.test((lines[next] ?? '').trim()) || isHeaderBlock(lines, next);
}

/** Below an attribution stands a quote, or nothing more. "On the form I wrote:" and an answer under it is no attribution. */
function quoteFollows(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from).find((line) => !isBlank(line));
  return next === undefined || isQuote(next);
}

function group(lines: readonly string[], kinds: readonly Part['type'][]): readonly Part[] {
  const parts: { type: Part['type']; lines: string[] }[] = [];
  lines.forEach((line, at) => {
    const type = kinds[at] ?? 'text';
    const last = parts.at(-1);
    // Blank lines between two quoted runs belong to the quote.
    if (last?.type === type || (last?.type === 'quote' && isBlank(line) && type === 'text' && kinds[at + 1] === 'quote')) last.lines.push(line);
    else parts.push({ type, lines: [line] });
  });
  return parts.map((part) => ({ type: part.type, text: part.lines.join('\n') }));
}
