export interface Emoji { readonly sign: string; readonly code: string; readonly name: string; readonly words: readonly string[] }

let loading: Promise<readonly Emoji[]> | null = null;

/** The list is large; it is read when the first ":" is typed. */
function load(): Promise<readonly Emoji[]> {
  loading ??= Promise.all([import('emojibase-data/en/compact.json'), import('emojibase-data/en/shortcodes/github.json')]).then(([all, codes]) =>
    all.default.flatMap((one): Emoji[] => {
      const given = (codes.default as Readonly<Record<string, string | string[]>>)[one.hexcode];
      const list = given === undefined ? [] : typeof given === 'string' ? [given] : given;
      const [code] = list;
      return code === undefined ? [] : [{ sign: one.unicode, code, name: one.label, words: [...list.flatMap((name) => name.split('_')), ...list, ...(one.tags ?? [])] }];
    }));
  return loading;
}

/** Best first: the code itself, codes that begin so, words of it, words people use for it. Pure. */
export function rankEmoji(all: readonly Emoji[], typed: string, limit: number): Emoji[] {
  const query = typed.toLowerCase();
  const fit = (one: Emoji): number => (one.code === query ? 4 : one.code.startsWith(query) ? 3 : one.words.includes(query) ? 2 : one.words.some((word) => word.startsWith(query)) || one.name.startsWith(query) ? 1 : 0);
  return all.map((one, order) => ({ one, order, fit: fit(one) })).filter((row) => row.fit > 0).toSorted((a, b) => b.fit - a.fit || (b.fit === 3 ? a.one.code.length - b.one.code.length : 0) || a.order - b.order).slice(0, limit).map(({ one }) => one);
}

export const findEmoji = async (typed: string, limit: number): Promise<Emoji[]> => rankEmoji(await load(), typed, limit);
