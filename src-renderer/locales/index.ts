import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

const i18n = i18next.createInstance();
void i18n.use(initReactI18next).init({
  lng: 'en', fallbackLng: 'en', initAsync: false, showSupportNotice: false,
  resources: { en: { translation: en } }, interpolation: { escapeValue: false },
} as Parameters<typeof i18n.init>[0]);

export { i18n };

const look = i18n.t.bind(i18n) as unknown as (key: string, options?: object) => string;
const plain = new Map<string, string>();
i18n.on('languageChanged', () => plain.clear());

/** Words without figures or names in them are looked up once; a screen has hundreds of them. */
function translate(key: string, options?: object): string {
  if (options !== undefined) return look(key, options);
  const known = plain.get(key);
  if (known !== undefined) return known;
  const words = look(key);
  plain.set(key, words);
  return words;
}
export const t = translate as unknown as typeof i18n.t;
