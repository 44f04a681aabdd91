// U+200B-200D, U+2060 and U+FEFF are invisible and split words for the tokenizer: क्‍ष with and without joiner is one word to a reader.
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/g;

/** The form in which text is indexed and searched: NFC, without invisible characters. */
export const normaliseForSearch = (text: string): string => text.normalize('NFC').replace(INVISIBLE, '');
