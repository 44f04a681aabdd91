import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Hunspell, HunspellFactory } from 'hunspell-asm';
import { answerQuestions } from '../kernel/index.ts';
import type { SpellLanguage } from './choose.ts';

// Dictionaries take a while to read and suggestions a while to find: neither delays a commit or a key press.
export type SpellQuestion = { language: SpellLanguage } & ({ task: 'check'; words: readonly string[] } | { task: 'suggest'; word: string });

// The build puts a `require` of its own into every module.
const nodeRequire = createRequire(import.meta.url);
/** A word is right when one of them knows it: both ways of writing English are. */
const PACKAGES: Record<SpellLanguage, readonly string[]> = { en: ['dictionary-en-gb', 'dictionary-en'], es: ['dictionary-es'], fr: ['dictionary-fr'], pt: ['dictionary-pt'] };
const MOST_KEPT = 50_000;
const MOST_SUGGESTED = 7;

let factory: Promise<HunspellFactory> | null = null;
const loaded = new Map<SpellLanguage, Promise<{ spellers: Hunspell[]; known: Map<string, boolean> }>>();

async function load(language: SpellLanguage): Promise<{ spellers: Hunspell[]; known: Map<string, boolean> }> {
  // CommonJS; what it exports is not seen by an import.
  factory ??= (nodeRequire('hunspell-asm') as typeof import('hunspell-asm')).loadModule();
  const made = await factory;
  const spellers = PACKAGES[language].map((name) => {
    const folder = dirname(nodeRequire.resolve(name));
    const mount = (file: string): string => made.mountBuffer(readFileSync(join(folder, file)), `${name}-${file}`);
    return made.create(mount('index.aff'), mount('index.dic'));
  });
  return { spellers, known: new Map() };
}
const speller = (language: SpellLanguage): ReturnType<typeof load> => {
  const known = loaded.get(language) ?? load(language);
  loaded.set(language, known);
  return known;
};

const plain = (word: string): string => word.normalize('NFC').replaceAll('’', "'");

async function answer(question: SpellQuestion): Promise<readonly string[]> {
  const { spellers, known } = await speller(question.language);
  if (question.task === 'suggest') return [...new Set(spellers.flatMap((one) => one.suggest(plain(question.word))))].slice(0, MOST_SUGGESTED);
  if (known.size > MOST_KEPT) known.clear();
  return question.words.filter((word) => {
    const isRight = known.get(word) ?? spellers.some((one) => one.spell(plain(word)));
    known.set(word, isRight);
    return !isRight;
  });
}

answerQuestions(answer);
