/** A mail's text taken apart for reading. Empty strings where there is nothing. Nothing is lost: every line is in one of them. */
export interface FoldedText {
  fresh: string;
  quoted: string;
  signature: string;
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
];

/** Other languages: a line that names a time and an address and ends with a colon. */
const isAnyAttribution = (line: string): boolean => /\d{1,2}[:.]\d{2}/.test(line) && /<[^<>\s@]{1,100}@[^<>\s@]{1,100}>.{0,60}:$/.test(line);

const SEPARATOR =
  /^[-_]{2,}\s*(?:Original Message|Original Appointment|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Mensaje original|Mensaje reenviado|Mensagem original|Mensagem encaminhada|Message d['’]origine|Message original|Message transféré|Messaggio originale|Messaggio inoltrato|Oorspronkelijk bericht|Doorgestuurd bericht|मूल संदेश|মূল বার্তা|Mesej asal|Pesan asli)\s*[-_]{2,}$/i;

const FROM_LINE = /^\*?(?:From|Von|De|Da|Van|Daripada|Dari|प्रेषक|द्वारा|প্রেরক|থেকে)\s?:\*?\s+\S/i;
const OTHER_LINE = /^\*?(?:Sent|Date|To|Subject|Cc|Gesendet|Datum|An|Betreff|Enviado(?: el)?|Enviada(?: em)?|Fecha|Para|Asunto|Data|Assunto|Envoyé|À|Objet|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|Dihantar|Tarikh|Kepada|Subjek|भेजा गया|दिनांक|तिथि|प्रति|को|विषय|পাঠানো হয়েছে|পাঠানো|তারিখ|প্রাপক|প্রতি|বিষয়)\s?:\*?(?:\s|$)/i;

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
    if (joined.endsWith(':') && (ATTRIBUTIONS.some((pattern) => pattern.test(joined)) || isAnyAttribution(joined))) return count;
  }
  return 0;
}

/** A block of copied headers, as Outlook puts above what it quotes: From and at least two more within the next lines. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = lines[at];
  if (first === undefined || tooLong(first) || !FROM_LINE.test(first.trim())) return false;
  return lines.slice(at + 1, at + 8).filter((line) => !tooLong(line) && OTHER_LINE.test(line.trim())).length >= 2;
}

const tidy = (lines: readonly string[]): string => lines.join('\n').replace(/^(?:[ \t]*\n)+/, '').trimEnd();

function splitSignature(lines: readonly string[]): { fresh: string; signature: string } {
  for (let at = lines.length - 1; at >= 0 && at >= lines.length - 25; at -= 1) {
    const line = lines[at] ?? '';
    const isMobile = !tooLong(line) && MOBILE.test(line.trim()) && lines.slice(at + 1).every(isBlank);
    if (line === '-- ' || line === '--' || isMobile) return { fresh: tidy(lines.slice(0, at)), signature: tidy(lines.slice(isMobile ? at : at + 1)) };
  }
  return { fresh: tidy(lines), signature: '' };
}

/**
 * Splits a mail's plain text into what is new, what is quoted and the signature. Answers between the quoted lines stay where they are:
 * such a text is all fresh, because folding would tear question and answer apart. Linear in the length of the text.
 */
export function foldText(text: string): FoldedText {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isBlank(line)) continue;
    if (!tooLong(line) && (SEPARATOR.test(line.trim()) || isHeaderBlock(lines, at))) {
      // Outlook draws a line of underscores above its header block; it belongs to the quote.
      const from = /^_{5,}$/.test((lines[at - 1] ?? '').trim()) ? at - 1 : at;
      return { ...splitSignature(lines.slice(0, from)), quoted: tidy(lines.slice(from)) };
    }
    const intro = attributionLines(lines, at);
    if (intro === 0 && !isQuote(line)) continue;
    let next = at + intro;
    while (next < lines.length && isBlank(lines[next] ?? '')) next += 1;
    // Without ">" everything below is the old mail (HTML made into text); such an attribution must have a body.
    if (intro > 0 && !isQuote(lines[next] ?? '')) return { ...splitSignature(lines.slice(0, at)), quoted: tidy(lines.slice(at)) };
    while (next < lines.length && (isQuote(lines[next] ?? '') || isBlank(lines[next] ?? ''))) next += 1;
    const rest = lines.slice(next);
    if (rest.some(isQuote)) return { ...splitSignature(lines), quoted: '' };
    const { fresh, signature } = splitSignature([...lines.slice(0, at), ...rest]);
    return { fresh, quoted: tidy(lines.slice(at, next)), signature };
  }
  return { ...splitSignature(lines), quoted: '' };
}
