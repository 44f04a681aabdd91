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
export const t = i18n.t.bind(i18n) as typeof i18n.t;
