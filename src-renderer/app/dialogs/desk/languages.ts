import { t } from '../../../locales/index.ts';

/** Languages the desk speaks; '' = for any. */
export const LANGUAGES: readonly string[] = ['', 'en', 'hi', 'bn', 'pt', 'ms', 'es', 'fr'];
export const languageName = (code: string): string => (code === '' ? t('responses.anyLanguage') : (new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code));
