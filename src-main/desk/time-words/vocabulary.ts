/** How one language says when. Words of one line mean the same; longer ones are tried first. */
export interface Vocabulary {
  /** Written in Latin letters: accents are taken off on both sides. */
  isLatin: boolean;
  /** Days from today. */
  days: readonly (readonly [days: number, words: readonly string[]])[];
  /** Sunday first. */
  weekdays: readonly (readonly string[])[];
  /** January first. */
  months: readonly (readonly string[])[];
  units: Readonly<Record<'minute' | 'hour' | 'day' | 'week' | 'month', readonly string[]>>;
  next: readonly string[];
  /** Around "2 hours" in "in 2 hours": before it, or after it. */
  before: readonly string[];
  after: readonly string[];
  /** Numbers in words, from one on. */
  numbers: readonly (readonly string[])[];
  /** Words or endings at the hour: before it, or after it. */
  hourBefore: readonly string[];
  hourAfter: readonly string[];
  parts: Readonly<Record<PartOfDay, readonly string[]>>;
  /** A quarter past, half past, a quarter to: said before the hour. */
  quarters: readonly (readonly [minutes: number, words: readonly string[]])[];
}

export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

export const portuguese: Vocabulary = {
  isLatin: true,
  days: [[0, ['hoje']], [1, ['amanhã']], [2, ['depois de amanhã']]],
  weekdays: [['domingo', 'dom'], ['segunda-feira', 'segunda feira', 'segunda', 'seg'], ['terça-feira', 'terça feira', 'terça', 'ter'], ['quarta-feira', 'quarta feira', 'quarta', 'qua'], ['quinta-feira', 'quinta feira', 'quinta', 'qui'], ['sexta-feira', 'sexta feira', 'sexta', 'sex'], ['sábado', 'sáb']],
  months: [['janeiro', 'jan'], ['fevereiro', 'fev'], ['março', 'mar'], ['abril', 'abr'], ['maio', 'mai'], ['junho', 'jun'], ['julho', 'jul'], ['agosto', 'ago'], ['setembro', 'set'], ['outubro', 'out'], ['novembro', 'nov'], ['dezembro', 'dez']],
  units: { minute: ['minutos', 'minuto', 'min'], hour: ['horas', 'hora', 'h'], day: ['dias', 'dia'], week: ['semanas', 'semana'], month: ['meses', 'mês'] },
  next: ['próxima', 'próximo', 'que vem', 'na próxima', 'no próximo'],
  before: ['em', 'daqui a', 'dentro de'], after: [],
  numbers: [['um', 'uma'], ['dois', 'duas'], ['três'], ['quatro'], ['cinco'], ['seis'], ['sete'], ['oito'], ['nove'], ['dez'], ['onze'], ['doze']],
  hourBefore: ['às', 'as', 'à', 'pelas'], hourAfter: ['horas', 'hora', 'hrs', 'h'],
  parts: { morning: ['da manhã', 'de manhã', 'pela manhã'], noon: ['ao meio-dia', 'meio-dia', 'meio dia'], afternoon: ['da tarde', 'de tarde', 'à tarde'], evening: ['da noite', 'de noite', 'à noite'], night: [] },
  quarters: [],
};

export const malay: Vocabulary = {
  isLatin: true,
  days: [[0, ['hari ini']], [1, ['esok', 'besok']], [2, ['lusa']], [3, ['tulat']]],
  weekdays: [['ahad'], ['isnin', 'senin'], ['selasa'], ['rabu'], ['khamis', 'kamis'], ['jumaat', 'jumat'], ['sabtu']],
  months: [['januari', 'jan'], ['februari', 'feb'], ['mac', 'maret'], ['april', 'apr'], ['mei'], ['jun', 'juni'], ['julai', 'juli'], ['ogos', 'agustus'], ['september', 'sept'], ['oktober', 'okt'], ['november', 'nov'], ['disember', 'dis', 'desember']],
  units: { minute: ['minit', 'menit'], hour: ['jam'], day: ['hari'], week: ['minggu'], month: ['bulan'] },
  next: ['depan', 'hadapan', 'akan datang'],
  before: ['dalam masa', 'dalam', 'selepas'], after: ['lagi', 'kemudian'],
  numbers: [['satu', 'se'], ['dua'], ['tiga'], ['empat'], ['lima'], ['enam'], ['tujuh'], ['lapan', 'delapan'], ['sembilan'], ['sepuluh'], ['sebelas'], ['dua belas']],
  hourBefore: ['pukul', 'jam'], hourAfter: [],
  parts: { morning: ['pagi'], noon: ['tengah hari', 'tengahari'], afternoon: ['petang'], evening: ['malam'], night: [] },
  quarters: [],
};

export const hindi: Vocabulary = {
  isLatin: false,
  days: [[0, ['आज']], [1, ['कल']], [2, ['परसों', 'परसो']]],
  weekdays: [['रविवार', 'इतवार', 'संडे'], ['सोमवार', 'मंडे'], ['मंगलवार', 'मंगल'], ['बुधवार', 'बुध'], ['गुरुवार', 'गुरूवार', 'बृहस्पतिवार', 'वीरवार'], ['शुक्रवार', 'शुक्र'], ['शनिवार', 'शनि']],
  months: [['जनवरी'], ['फरवरी', 'फ़रवरी'], ['मार्च'], ['अप्रैल'], ['मई'], ['जून'], ['जुलाई'], ['अगस्त'], ['सितंबर', 'सितम्बर'], ['अक्टूबर', 'अक्तूबर'], ['नवंबर', 'नवम्बर'], ['दिसंबर', 'दिसम्बर']],
  units: { minute: ['मिनट', 'मिनटों'], hour: ['घंटे', 'घंटा', 'घंटों', 'घण्टे'], day: ['दिन', 'दिनों'], week: ['हफ्ते', 'हफ़्ते', 'हफ्ता', 'हफ्तों', 'सप्ताह'], month: ['महीने', 'महीना', 'महीनों', 'माह'] },
  next: ['अगले', 'अगला', 'अगली', 'आने वाले', 'आगामी'],
  before: [], after: ['में', 'के बाद', 'बाद'],
  numbers: [['एक'], ['दो'], ['तीन'], ['चार'], ['पाँच', 'पांच'], ['छह', 'छः', 'छे'], ['सात'], ['आठ'], ['नौ'], ['दस'], ['ग्यारह'], ['बारह']],
  hourBefore: [], hourAfter: ['बजे'],
  parts: { morning: ['सुबह', 'सवेरे'], noon: ['दोपहर'], afternoon: [], evening: ['शाम'], night: ['रात'] },
  quarters: [[30, ['साढ़े']], [15, ['सवा']], [-15, ['पौने']]],
};

export const bengali: Vocabulary = {
  isLatin: false,
  days: [[0, ['আজকে', 'আজ']], [1, ['আগামীকাল', 'আগামী কাল', 'কালকে', 'কাল']], [2, ['পরশুদিন', 'পরশু']]],
  weekdays: [['রবিবার', 'রোববার'], ['সোমবার'], ['মঙ্গলবার'], ['বুধবার'], ['বৃহস্পতিবার'], ['শুক্রবার'], ['শনিবার']],
  months: [['জানুয়ারি', 'জানুয়ারী'], ['ফেব্রুয়ারি', 'ফেব্রুয়ারী'], ['মার্চ'], ['এপ্রিল'], ['মে'], ['জুন'], ['জুলাই'], ['আগস্ট', 'অগাস্ট'], ['সেপ্টেম্বর'], ['অক্টোবর'], ['নভেম্বর'], ['ডিসেম্বর']],
  units: { minute: ['মিনিট', 'মিনিটের'], hour: ['ঘণ্টা', 'ঘন্টা', 'ঘণ্টার', 'ঘন্টার'], day: ['দিন', 'দিনের'], week: ['সপ্তাহ', 'সপ্তাহে', 'সপ্তাহের'], month: ['মাস', 'মাসে', 'মাসের'] },
  next: ['আগামী', 'পরের', 'সামনের'],
  before: [], after: ['পরে', 'পর', 'মধ্যে', 'বাদে'],
  numbers: [['এক'], ['দুই', 'দু'], ['তিন'], ['চার'], ['পাঁচ'], ['ছয়'], ['সাত'], ['আট'], ['নয়'], ['দশ'], ['এগারো'], ['বারো']],
  hourBefore: [], hourAfter: ['টায়', 'টার', 'টা'],
  parts: { morning: ['সকাল', 'সকালে', 'ভোর', 'ভোরে'], noon: ['দুপুর', 'দুপুরে'], afternoon: ['বিকাল', 'বিকালে', 'বিকেল', 'বিকেলে'], evening: ['সন্ধ্যা', 'সন্ধ্যায়'], night: ['রাত', 'রাতে'] },
  quarters: [[30, ['সাড়ে']], [15, ['সোয়া', 'সওয়া']], [-15, ['পৌনে']]],
};
