export { askedHere, suggestionsFor, SUGGEST_FROM_MS, type Asked } from './suggest.ts';
