/** A line of the demo desk's canned responses: shortcut, folder, then title and text per language. */
interface Line {
  shortcut: string;
  folder: string;
  en: [title: string, text: string];
  hi?: [title: string, text: string];
  bn?: [title: string, text: string];
  pt?: [title: string, text: string];
  ms?: [title: string, text: string];
  /** Other words where a channel needs them, in English. */
  reply?: string;
  mail?: string;
}

const LINES: readonly Line[] = [
  {
    shortcut: 'hello', folder: 'Greetings',
    en: ['Greeting', 'Hello {first_name|there}, this is {agent_first_name}. '],
    hi: ['अभिवादन', 'नमस्ते {first_name|जी}, मैं {agent_first_name}। '], bn: ['সম্ভাষণ', 'নমস্কার {first_name|}, আমি {agent_first_name}। '],
    pt: ['Saudação', 'Olá {first_name|}, aqui é {agent_first_name}. '], ms: ['Salam', 'Hai {first_name|}, saya {agent_first_name}. '],
  },
  {
    shortcut: 'thanks', folder: 'Greetings',
    en: ['Thank you for telling us', 'Thank you for telling us, {first_name|and for your patience}. It helps us put it right.'],
    hi: ['बताने के लिए धन्यवाद', 'बताने के लिए धन्यवाद, {first_name|}। इससे हमें इसे ठीक करने में मदद मिलती है।'], bn: ['জানানোর জন্য ধন্যবাদ', 'জানানোর জন্য ধন্যবাদ, {first_name|}। এতে আমরা ঠিক করতে পারি।'],
    pt: ['Obrigado por avisar', 'Obrigado por nos avisar, {first_name|}. Isso ajuda-nos a resolver.'], ms: ['Terima kasih', 'Terima kasih kerana memberitahu kami, {first_name|}. Ia membantu kami membaikinya.'],
  },
  {
    shortcut: 'sorry', folder: 'Greetings',
    en: ['Apology', 'I am sorry, {first_name|really}. That is not how it should be, and I am looking into it now.'],
    hi: ['क्षमा', 'मुझे खेद है, {first_name|}। ऐसा नहीं होना चाहिए था, मैं अभी देख रहा हूँ।'], bn: ['দুঃখিত', 'দুঃখিত, {first_name|}। এমন হওয়ার কথা নয়, আমি এখনই দেখছি।'],
    pt: ['Pedido de desculpa', 'Peço desculpa, {first_name|}. Não devia ser assim; estou a ver isto agora.'], ms: ['Maaf', 'Maaf, {first_name|}. Ini tidak sepatutnya berlaku, saya sedang menyemaknya sekarang.'],
  },
  {
    shortcut: 'late', folder: 'Delivery',
    en: ['Late delivery', 'Hello {first_name|there}, your router is late and I am sorry. The courier now says [[day]]; I will look again on [[day of my check]] and write to you either way.'],
    hi: ['देर से डिलीवरी', 'नमस्ते {first_name|जी}, आपका राउटर देर से आ रहा है, क्षमा करें। कूरियर अब [[दिन]] बता रहा है; मैं फिर देखकर आपको लिखूँगा।'],
    bn: ['ডেলিভারিতে দেরি', 'নমস্কার {first_name|}, আপনার রাউটার পৌঁছাতে দেরি হচ্ছে, দুঃখিত। কুরিয়ার এখন [[দিন]] বলছে; আমি আবার দেখে আপনাকে লিখব।'],
    pt: ['Entrega atrasada', 'Olá {first_name|}, o seu router está atrasado, peço desculpa. A transportadora indica agora [[dia]]; volto a verificar e escrevo-lhe.'],
    ms: ['Penghantaran lewat', 'Hai {first_name|}, penghala anda lewat, maaf. Kurier kini menyatakan [[hari]]; saya akan semak semula dan menulis kepada anda.'],
    reply: 'Hello {first_name|there}, sorry it is late. The courier now says [[day]]; I keep an eye on it.',
  },
  {
    shortcut: 'outage', folder: 'Network',
    en: ['Known outage', 'We know about the outage in [[area]] and are working on it. The next news comes at [[time]].'],
    hi: ['ज्ञात बाधा', '[[क्षेत्र]] में रुकावट की हमें जानकारी है और काम चल रहा है। अगली सूचना [[समय]] पर।'], bn: ['জানা বিভ্রাট', '[[এলাকা]]-এর বিভ্রাট আমাদের জানা, কাজ চলছে। পরের খবর [[সময়]]-এ।'],
    pt: ['Avaria conhecida', 'Sabemos da avaria em [[zona]] e estamos a trabalhar nela. A próxima informação chega às [[hora]].'], ms: ['Gangguan diketahui', 'Kami tahu tentang gangguan di [[kawasan]] dan sedang membaikinya. Berita seterusnya pada [[masa]].'],
  },
  {
    shortcut: 'refund', folder: 'Billing',
    en: ['Refund is on its way', 'Hello {first_name|there}, we refund [[amount]]. It reaches your account by [[date]].'],
    hi: ['धनवापसी', 'नमस्ते {first_name|जी}, हम [[राशि]] वापस कर रहे हैं। यह [[तारीख]] तक पहुँच जाएगी।'], bn: ['টাকা ফেরত', 'নমস্কার {first_name|}, আমরা [[পরিমাণ]] ফেরত দিচ্ছি। [[তারিখ]]-এর মধ্যে পৌঁছে যাবে।'],
    pt: ['Reembolso', 'Olá {first_name|}, devolvemos [[valor]]. Chega até [[data]].'], ms: ['Bayaran balik', 'Hai {first_name|}, kami memulangkan [[jumlah]]. Ia akan tiba sebelum [[tarikh]].'],
    mail: 'Hello {first_name|there},\n\nwe refund [[amount]]. It reaches the account you pay from by [[date]]; the statement shows “Acme Broadband”.\n\nKind regards\n{agent}',
  },
  {
    shortcut: 'visit', folder: 'Network',
    en: ['Engineer visit', 'An engineer can come on [[day]] between [[from]] and [[to]]. Does that suit you, {first_name|please}?'],
    hi: ['इंजीनियर का आना', 'इंजीनियर [[दिन]] को [[से]] और [[तक]] के बीच आ सकते हैं। क्या यह ठीक है, {first_name|जी}?'], bn: ['প্রকৌশলীর আসা', 'প্রকৌশলী [[দিন]] [[থেকে]] থেকে [[পর্যন্ত]]-এর মধ্যে আসতে পারেন। সুবিধা হবে, {first_name|}?'],
    pt: ['Visita técnica', 'Um técnico pode ir em [[dia]] entre as [[de]] e as [[até]]. Convém-lhe, {first_name|}?'], ms: ['Lawatan juruteknik', 'Juruteknik boleh datang pada [[hari]] antara [[dari]] dan [[hingga]]. Sesuaikah, {first_name|}?'],
  },
  {
    shortcut: 'slow', folder: 'Network',
    en: ['Slow connection: first steps', 'Please plug one computer into the router by cable and measure again. If it is slow by cable too, tell me the figure and I test the line from here.'],
    hi: ['धीमा कनेक्शन', 'कृपया एक कंप्यूटर को केबल से राउटर में लगाकर फिर नापिए। केबल से भी धीमा हो तो मुझे आँकड़ा बताइए, मैं यहाँ से लाइन जाँचूँगा।'], bn: ['ধীর সংযোগ', 'একটি কম্পিউটার কেবল দিয়ে রাউটারে লাগিয়ে আবার মাপুন। কেবলেও ধীর হলে আমাকে জানান, আমি এখান থেকে লাইন পরীক্ষা করব।'],
    pt: ['Ligação lenta', 'Por favor ligue um computador por cabo ao router e meça de novo. Se também for lento por cabo, diga-me o valor e testo a linha daqui.'], ms: ['Sambungan perlahan', 'Sila sambungkan satu komputer ke penghala dengan kabel dan ukur semula. Jika masih perlahan, beritahu saya angkanya dan saya akan uji talian dari sini.'],
  },
  {
    shortcut: 'bill', folder: 'Billing',
    en: ['Explain a bill', 'The amount of [[amount]] on your bill is for [[what]]. It will not come again next month.'],
    hi: ['बिल समझाना', 'आपके बिल में [[राशि]] [[किसके]] लिए है। यह अगले महीने नहीं आएगा।'], bn: ['বিল ব্যাখ্যা', 'আপনার বিলে [[পরিমাণ]] [[কীসের]] জন্য। আগামী মাসে এটি আসবে না।'],
    pt: ['Explicar a fatura', 'O valor de [[valor]] na sua fatura é de [[quê]]. Não volta a aparecer no próximo mês.'], ms: ['Terangkan bil', 'Jumlah [[jumlah]] pada bil anda adalah untuk [[apa]]. Ia tidak akan muncul bulan depan.'],
  },
  {
    shortcut: 'dm', folder: 'Public and private',
    en: ['Please write in private', 'I can sort this out with you in private, {first_name|}. Please send {account|us} a direct message.'],
    hi: ['निजी संदेश में', 'मैं इसे निजी संदेश में आपके साथ सुलझा सकता हूँ, {first_name|जी}। कृपया {account|हमें} संदेश भेजें।'], bn: ['ব্যক্তিগত বার্তায়', 'এটি ব্যক্তিগত বার্তায় সমাধান করতে পারি, {first_name|}। দয়া করে {account|আমাদের} বার্তা পাঠান।'],
    pt: ['Em privado', 'Posso resolver isto consigo em privado, {first_name|}. Envie uma mensagem direta a {account|nós}.'], ms: ['Secara peribadi', 'Saya boleh selesaikan ini secara peribadi, {first_name|}. Sila hantar mesej langsung kepada {account|kami}.'],
  },
  { shortcut: 'call', folder: 'Public and private', en: ['After a call', 'Hello {first_name|there}, as we said on the phone on {last_call_date}: [[what was agreed]].'] },
  { shortcut: 'move', folder: 'Contract', en: ['Moving house', 'Congratulations on the new place, {first_name|}! Your line can move with you on [[date]]; the old one stays on until the new one works.'] },
  { shortcut: 'end', folder: 'Greetings', en: ['Close with care', 'I am glad that works now, {first_name|}. If anything comes up, write here and you reach us. {agent_first_name}'] },
];

const LANGUAGES = ['en', 'hi', 'bn', 'pt', 'ms'] as const;

/** The demo desk's canned responses in its five languages. */
export const cannedSample = LINES.flatMap((line) => LANGUAGES.flatMap((language) => {
  const words = line[language];
  if (words === undefined) return [];
  const [title, text] = words;
  const isEnglish = language === 'en';
  return [{
    shortcut: line.shortcut, folder: line.folder, title, language,
    texts: { any: text, reply: isEnglish ? (line.reply ?? null) : null, dm: null, mail: isEnglish ? (line.mail ?? null) : null }, attachmentIds: [] as string[],
  }];
}));
