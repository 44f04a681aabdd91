// A deterministic mailbox: Zipf-distributed words, five languages, real threads, our own answers among them.
import { seededRandom } from '../src-main/kernel/ids.ts';

const WORDS: Record<string, string> = {
  en: 'the a to please my is internet router not working since yesterday invoice refund order delivery help slow broken account number you called promised tomorrow engineer visit line fibre speed cable box light red restart password contract cancel move house price month charged twice thanks waiting answer week still nothing',
  hi: 'नमस्ते मेरा इंटरनेट बंद है कृपया मदद करें ग्राहक सेवा बिल रिफंड कल से राउटर लाल बत्ती शिकायत दर्ज समय पर जवाब नहीं मिला धन्यवाद गति धीमी बहुत दिन खाता संख्या',
  bn: 'নমস্কার আমার ইন্টারনেট বন্ধ দয়া করে সাহায্য করুন গ্রাহক সেবা বিল ফেরত কাল থেকে রাউটার লাল বাতি অভিযোগ সময় উত্তর পাইনি ধন্যবাদ গতি ধীর অনেক দিন',
  pt: 'olá a minha internet não funciona desde ontem por favor ajuda fatura reembolso encomenda técnico visita linha velocidade contrato cancelar preço mês cobrado duas vezes obrigado espero resposta semana ainda nada',
  ms: 'selamat pagi internet saya tidak berfungsi sejak semalam tolong bantu bil bayaran balik pesanan juruteknik lawatan talian kelajuan kontrak batal harga bulan dicaj dua kali terima kasih tunggu jawapan minggu masih tiada',
};
const NAMES = ['Ana', 'Ben', 'Carla', 'Dev', 'Eva', 'Farid', 'Gita', 'Hugo', 'Ines', 'Jamal', 'Kavya', 'Liam', 'Mina', 'Noor', 'Olga', 'Priya'];
const START = Date.UTC(2024, 0, 1);
export const OURS = 'care@acme.example';

export interface MadeMail { from: string; at: Date; raw: string }

const html = (text: string): string => `<html><head><meta charset="utf-8"><style>p{margin:0 0 1em}</style></head><body><div style="font-family:Arial">${text.split('\n').map((line) => `<p>${line}</p>`).join('')}<p><b>Order</b> <a href="https://shop.example/o/1">details</a></p></div></body></html>`;

const wrapped = (base64: string): string => base64.replace(/.{76}/g, '$&\n');

/** Quoted-printable (RFC 2045 6.7), lines of at most 76. */
function quoted(bytes: Buffer): string {
  let [quotedText, length] = ['', 0];
  for (const c of bytes.toString('latin1')) {
    const sign = /[\n\t\x20-\x3c\x3e-\x7e]/.test(c) ? c : `=${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    if (c !== '\n' && length + sign.length > 75) [quotedText, length] = [`${quotedText}=\n`, 0];
    quotedText += sign;
    length = c === '\n' ? 0 : length + sign.length;
  }
  return quotedText;
}

/** A text part as mail programs write it: plain 8 bit, quoted-printable in an older charset, or base64. */
function part(type: string, text: string, how: '8bit' | 'latin' | 'base64'): string {
  const head = (charset: string, encoding: string): string => `Content-Type: ${type}; charset=${charset}\nContent-Transfer-Encoding: ${encoding}\n\n`;
  if (how === 'base64') return `${head('utf-8', 'base64')}${wrapped(Buffer.from(text).toString('base64'))}\n`;
  return how === 'latin' ? `${head('windows-1252', 'quoted-printable')}${quoted(Buffer.from(text, 'latin1'))}\n` : `${head('utf-8', '8bit')}${text}\n`;
}

// oxlint-disable-next-line no-control-regex
const header = (text: string): string => (/^[\x00-\x7f]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);

/** `mixed`: as a mailbox holds them (of twenty, nine plain, nine with HTML beside, one HTML alone, one with a file of 40 kB; three charsets and encodings); else all plain UTF-8. */
export function* makeMails(messages: number, customers: number, mixed = false): Generator<MadeMail> {
  const random = seededRandom(42);
  const languages = Object.keys(WORDS);
  const lists = Object.fromEntries(languages.map((l) => [l, (WORDS[l] ?? '').split(' ')]));
  const last = new Map<number, string>();
  for (let i = 0; i < messages; i += 1) {
    const customer = Math.floor(random.unit() ** 2 * customers);
    const language = languages[customer % languages.length] ?? 'en';
    const words = lists[language] ?? [];
    const text = Array.from({ length: 20 + Math.floor(random.unit() * 100) }, () => words[Math.floor(random.unit() ** 2.2 * words.length)] ?? '').join(' ').replace(/(.{60,75}) /g, '$1\n');
    const address = `customer${customer}@mail${customer % 97}.example`;
    const name = `${NAMES[customer % NAMES.length] ?? 'A'} ${customer}`;
    const parent = last.get(customer);
    const isOurs = parent !== undefined && random.unit() < 0.4;
    const id = `<${i}.${customer}@${isOurs ? 'acme.example' : 'mail.example'}>`;
    last.set(customer, id);
    const at = new Date(START + i * 37_000);
    const [from, to] = isOurs ? [`Acme Care <${OURS}>`, `${name} <${address}>`] : [`${name} <${address}>`, OURS];
    const subject = `${parent ? 'Re: ' : ''}${words[customer % words.length] ?? 'x'} ${customer}`;
    const head = `Message-ID: ${id}\nDate: ${at.toUTCString().replace('GMT', '+0000')}\nFrom: ${from}\nTo: ${to}\nSubject: ${mixed ? header(subject) : subject}\n${parent ? `In-Reply-To: ${parent}\nReferences: ${parent}\n` : ''}MIME-Version: 1.0\n`;
    const how = !mixed || i % 3 === 0 ? '8bit' : language === 'hi' || language === 'bn' ? 'base64' : 'latin';
    const plain = part('text/plain', text, how);
    const rich = part('text/html', html(text), how);
    const both = `Content-Type: multipart/alternative; boundary="alt${i}"\n\n--alt${i}\n${plain}\n--alt${i}\n${rich}\n--alt${i}--\n`;
    const kind = mixed ? i % 20 : 0;
    const body = kind < 9 ? plain : kind < 18 ? both : kind === 18 ? rich
      : `Content-Type: multipart/mixed; boundary="mix${i}"\n\n--mix${i}\n${both}\n--mix${i}\nContent-Type: application/pdf; name="invoice-${i}.pdf"\nContent-Disposition: attachment; filename="invoice-${i}.pdf"\nContent-Transfer-Encoding: base64\n\n${wrapped(Buffer.alloc(40_000, `invoice ${i} `).toString('base64'))}\n--mix${i}--\n`;
    yield { from: isOurs ? OURS : address, at, raw: head + body };
  }
}
