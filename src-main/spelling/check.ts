import type { Output } from '../../src-preload/contract/index.ts';
import { agentsOf, detectLanguage } from '../desk/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation, type ReadDb } from '../store/index.ts';
import { bestOf, candidates } from './choose.ts';
import type { Speller } from './speller.ts';
import { folded, wordsIn } from './words.ts';

/** Names are written as people write them: the customer's, the team's, our accounts', and what the desk has taught it. */
function knownHere(db: ReadDb, customerId: string | null): ReadonlySet<string> {
  const settings = tables.settingsOf(db);
  const customer = customerId === null ? undefined : tables.customerRow(db, customerId);
  const names = [
    customer?.name ?? '', ...(customerId === null ? [] : tables.identitiesOf(db, customerId).map((identity) => identity.display)), ...agentsOf(db).flatMap(({ name, initials }) => [name, initials]), ...tables.accounts(db).flatMap(({ name, address }) => [name, address]),
  ];
  return new Set([...names.flatMap((name) => name.split(/[^\p{L}\p{M}'’]+/u)), ...settings.spellWords].filter((word) => word !== '').map(folded));
}

/** What of a draft is misspelled, in the language it is most likely written in. */
export async function checkSpelling(db: ReadDb, speller: Speller, { conversationId, text }: { conversationId: string; text: string }): Promise<Output<'spell.check'>> {
  const customerId = tables.conversationCore(db, conversationId)?.customerId ?? null;
  const words = wordsIn(text, knownHere(db, customerId));
  const distinct = [...new Set(words.map(({ word }) => word))];
  const languages = candidates(customerId === null ? null : (tables.customerRow(db, customerId)?.language ?? null), detectLanguage(text));
  const tried = await Promise.all(languages.map(async (language) => ({ language, wrong: new Set(await speller.check(language, distinct)) })));
  const best = bestOf(tried, distinct.length);
  return { language: best?.language ?? null, marks: best === null ? [] : words.filter(({ word }) => best.wrong.has(word)).map(({ start, end }) => ({ start, end })) };
}

const MOST_WORDS = 20_000;

/** Teaches the desk a word, for everybody. */
export const addSpellWord: Operation<{ word: string }, void> = {
  name: 'spell.add',
  apply(tx, { word }) {
    const settings = tables.settingsOf(tx.db);
    if (settings.spellWords.some((known) => folded(known) === folded(word))) return;
    if (settings.spellWords.length >= MOST_WORDS) throw new ParleyError('refused', 'The desk’s dictionary is full.');
    tables.putSettings(tx.db, { ...settings, spellWords: [...settings.spellWords, word] });
    tx.touch('settings', '');
  },
};
