import type { Language } from './content/index.ts';

/** What customers of the demo desk say when they write back or write anew. */
export type Texts = { replies: readonly string[]; mentions: readonly string[]; dms: readonly string[]; mails: readonly { subject: string; text: string }[] };

export const activityTexts: Record<Language, Texts> = {
  en: {
    replies: [
      'Thank you, that was quick! I will try it tonight and tell you.', 'That did it. Much appreciated.', 'Hm, I did exactly that and the light is still red. What next?',
      'Good to know. And until when will that take, roughly?', 'Thanks. One more thing: does this show up on my next bill?', 'Sorry, I do not understand the second part. Could you say it more simply?',
      'You told me the same last week and nothing changed. Please let somebody look at it who can decide.', 'Perfect, you made my day.', 'Could you send me that in writing, please?', 'Still the same here. Shall I restart it once more?',
    ],
    mentions: ['my Zip loses the connection every time it rains. Coincidence?', 'is there an outage in Fernhill? Nothing loads since ten minutes', 'how do I get a copy of my May invoice? The app shows June only', 'big thanks to the technician who came today, on time and friendly', 'the new speed is great, the new price less so. Can we talk?'],
    dms: ['Hi, can I move my technician appointment from Thursday to Friday?', 'Hello, I think somebody else is using my WiFi. How can I see who is on it?', 'Quick one: does the Zip work with a battery pack?'],
    mails: [
      { subject: 'Question about my contract', text: 'Hello,\n\nwhen does my contract end, and what happens to my telephone number if I do not renew it?\n\nKind regards' },
      { subject: 'Parcel came back', text: 'Hi,\n\nthe router I returned came back to me, "address unknown". What is the right address?\n\nThanks' },
      { subject: 'Praise', text: 'Just to say it once: I have been with you for six years and the line has been down twice. Well done.' },
    ],
  },
  hi: {
    replies: ['धन्यवाद, अब सब ठीक चल रहा है।', 'मैंने वैसा ही किया, पर बत्ती अभी भी लाल है। अब क्या करूँ?', 'इसमें लगभग कितना समय लगेगा?', 'क्या यह रक़म अगले बिल में जुड़ेगी?', 'ज़रा आसान शब्दों में समझा दीजिए।', 'बहुत अच्छा, आपने जल्दी जवाब दिया।'],
    mentions: ['आज शाम से इंटरनेट बहुत धीमा है, कृपया देखें।', 'मई का बिल ऐप में कहाँ मिलेगा?', 'आपके तकनीशियन समय पर आए, धन्यवाद।'],
    dms: ['नमस्ते, क्या मैं तकनीशियन का समय शुक्रवार को रखवा सकता हूँ?', 'मेरे वाई-फ़ाई पर कोई अनजान उपकरण दिख रहा है, क्या करूँ?'],
    mails: [{ subject: 'प्लान बदलना है', text: 'नमस्ते,\n\nमैं अगले महीने से बड़ा प्लान लेना चाहती हूँ। इसके लिए मुझे क्या करना होगा?\n\nधन्यवाद' }],
  },
  bn: {
    replies: ['ধন্যবাদ, এখন সব ঠিক চলছে।', 'যেমন বললেন তেমনই করলাম, কিন্তু বাতি এখনো লাল। এখন কী করব?', 'আনুমানিক কতক্ষণ লাগবে?', 'এই টাকা কি পরের বিলে যোগ হবে?', 'একটু সহজ করে বুঝিয়ে বলবেন?', 'এত তাড়াতাড়ি উত্তর পাব ভাবিনি, অনেক ধন্যবাদ।'],
    mentions: ['বিকেল থেকে ইন্টারনেট খুব ধীর, একটু দেখবেন?', 'মে মাসের বিল অ্যাপে কোথায় পাব?', 'আজ যিনি লাইন ঠিক করতে এসেছিলেন, তাঁকে ধন্যবাদ জানাবেন।'],
    dms: ['আপা, মিস্ত্রি আসার সময়টা কি শুক্রবারে নেওয়া যায়?', 'আমার ওয়াই-ফাইয়ে একটা অচেনা যন্ত্র দেখাচ্ছে, কী করব?'],
    mails: [{ subject: 'প্যাকেজ বদল', text: 'নমস্কার,\n\nআগামী মাস থেকে আরেকটু বড় প্যাকেজ নিতে চাই। কী করতে হবে জানাবেন?\n\nধন্যবাদ' }],
  },
  pt: {
    replies: ['Obrigada, resolveu!', 'Fiz exatamente isso e a luz continua vermelha. E agora?', 'Certo. Quanto tempo demora, mais ou menos?', 'Isso vai aparecer na próxima fatura?', 'Não entendi a segunda parte, pode explicar de outro jeito?', 'Que rapidez, muito obrigado!'],
    mentions: ['a internet caiu de novo aqui no bairro, é geral?', 'onde encontro a fatura de maio no app?', 'o técnico de hoje foi nota dez, obrigado!'],
    dms: ['Oi! Dá para passar a visita técnica de quinta para sexta?', 'Apareceu um aparelho desconhecido no meu WiFi. O que faço?'],
    mails: [{ subject: 'Mudança de titularidade', text: 'Olá,\n\nquero passar o contrato para o nome da minha filha. Que documentos são necessários?\n\nObrigado' }],
  },
  ms: {
    replies: ['Terima kasih, sudah elok sekarang.', 'Saya sudah buat begitu, tetapi lampu masih merah. Apa lagi yang perlu dibuat?', 'Lebih kurang berapa lama?', 'Adakah ini akan masuk dalam bil bulan depan?', 'Maaf, boleh terangkan sekali lagi dengan lebih mudah?', 'Pantas sungguh, terima kasih banyak!'],
    mentions: ['internet terputus setiap kali hujan, kebetulan ke?', 'di mana boleh saya lihat bil bulan Mei dalam aplikasi?', 'terima kasih kepada juruteknik yang datang hari ini, sangat membantu'],
    dms: ['Hai, boleh tukar temu janji juruteknik dari Khamis ke Jumaat?', 'Ada peranti yang saya tidak kenal dalam WiFi saya. Apa perlu saya buat?'],
    mails: [{ subject: 'Tukar pakej', text: 'Salam,\n\nSaya ingin menukar kepada pakej yang lebih laju mulai bulan depan. Apakah langkahnya?\n\nTerima kasih' }],
  },
};
