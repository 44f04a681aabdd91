import type { SetupArea, SetupPart, SetupPreview } from '../../src-preload/contract/index.ts';
import { AREAS, areaNames, type Setup, type WholeSetup } from './document.ts';

export type ImportMode = 'merge' | 'replace';
type Change = SetupPreview['areas'][number]['lines'][number]['change'];
interface Line { name: string; change: Change }
/** `ids`: what an entry of the file is called here. */
interface Merged<T> { next: T; lines: Line[]; same: number; isReordered: boolean; ids: ReadonlyMap<string, string> }

/** The same words for the same content, in whatever order its keys were written. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));

const NO_IDS: ReadonlyMap<string, string> = new Map();
type Merge<T> = (have: T, file: T, mode: ImportMode) => Merged<T>;

const value = <T>(): Merge<T> => (have, file) => {
  const isSame = canonical(have) === canonical(file);
  return { next: isSame ? have : file, lines: isSame ? [] : [{ name: '', change: 'changed' }], same: Number(isSame), isReordered: false, ids: NO_IDS };
};

const words: Merge<string[]> = (have, file, mode) => {
  const fresh = file.filter((word) => !have.includes(word));
  const gone = mode === 'replace' ? have.filter((word) => !file.includes(word)) : [];
  const next = mode === 'replace' ? file : [...have, ...fresh];
  return {
    next, same: have.length - gone.length, ids: NO_IDS, isReordered: fresh.length === 0 && gone.length === 0 && canonical(next) !== canonical(have),
    lines: [...fresh.map((name): Line => ({ name, change: 'new' })), ...gone.map((name): Line => ({ name, change: 'removed' }))],
  };
};

const record: Merge<Record<string, string>> = (have, file, mode) => {
  const keys = [...new Set([...Object.keys(have), ...Object.keys(file)])];
  const next = mode === 'replace' ? file : { ...have, ...file };
  const lines = keys.flatMap((name): Line[] => (have[name] === next[name] ? [] : [{ name, change: have[name] === undefined ? 'new' : next[name] === undefined ? 'removed' : 'changed' }]));
  return { next, lines, same: keys.length - lines.length, isReordered: false, ids: NO_IDS };
};

interface Kind<E> {
  /** By what an entry is found again, the surest first. */
  keys: (entry: E) => readonly (string | null)[];
  name: (entry: E) => string;
  /** Their order means something: the first that fits holds, or it is how they are shown. */
  isOrdered?: boolean;
  /** Entries that stay whatever the file says. */
  keeps?: boolean;
}

const entries = <E extends object>({ keys, name, isOrdered = false, keeps = false }: Kind<E>): Merge<E[]> => (have, file, mode) => {
  const idOf = (entry: E): string | null => ('id' in entry && typeof entry.id === 'string' ? entry.id : null);
  const found = new Map<E, E>();
  const taken = new Set<E>();
  const depth = Math.max(0, ...file.map((entry) => keys(entry).length));
  // All of the surest first: a namesake must not take what another entry has by its id.
  for (let level = 0; level < depth; level += 1) {
    for (const entry of file) {
      const key = keys(entry)[level];
      const match = found.has(entry) || key == null ? undefined : have.find((other) => !taken.has(other) && keys(other)[level] === key);
      if (match === undefined) continue;
      found.set(entry, match);
      taken.add(match);
    }
  }
  const ids = new Map<string, string>();
  const lines: Line[] = [];
  let same = 0;
  const taking = file.map((entry): E => {
    const match = found.get(entry);
    const here = match === undefined ? null : idOf(match);
    const [own] = [idOf(entry)];
    if (own !== null) ids.set(own, here ?? own);
    const next = here === null ? entry : { ...entry, id: here };
    if (match !== undefined && canonical(match) === canonical(next)) {
      same += 1;
      return match;
    }
    lines.push({ name: name(entry), change: match === undefined ? 'new' : 'changed' });
    return next;
  });
  const isReplaced = mode === 'replace' && !keeps;
  const gone = isReplaced ? have.filter((entry) => !taken.has(entry)) : [];
  lines.push(...gone.map((entry): Line => ({ name: name(entry), change: 'removed' })));
  const changed = new Map(file.map((entry, i) => [found.get(entry), taking[i]]));
  const next = isReplaced ? taking : [...have.map((entry) => changed.get(entry) ?? entry), ...taking.filter((_, i) => !found.has(file[i] as E))];
  return { next, lines, same: have.length - gone.length - lines.filter((line) => line.change === 'changed').length, ids, isReordered: isOrdered && lines.length === 0 && same === file.length && canonical(next) !== canonical(have) };
};

const named = <E extends { id: string; name: string }>(): Merge<E[]> => entries<E>({ keys: (entry) => [entry.id, entry.name], name: (entry) => entry.name, isOrdered: true });
const inLanguage = (name: string, language: string | null): string => (language === null ? name : `${name} (${language})`);

const MERGES: { [P in SetupPart]: Merge<WholeSetup[P]> } = {
  officeZone: value(), defaultRegion: value(), undoSeconds: value(), privateLines: value(), noQuoteMailboxes: words, decisionTree: value(), readLimits: value(), enforceClaims: value(), claimMinutes: value(), secondLook: value(), shortcutsOn: value(),
  responses: entries({ keys: (r) => [`${r.shortcut} ${r.language ?? ''}`], name: (r) => inLanguage(`/${r.shortcut}`, r.language) }),
  helpPages: entries({ keys: (f) => [`${f.url} ${f.language ?? ''}`], name: (f) => inLanguage(f.title, f.language) }),
  rules: named(), calendars: named(), policies: named(), limits: named(), customFields: named(),
  playbook: entries({ keys: (s) => [s.id, s.title], name: (s) => s.title, isOrdered: true }),
  urgentWords: words, watchWords: words, listenWords: words, competitors: words, spellWords: words, dispositions: words,
  callLists: entries({ keys: (c) => [c.columns], name: (c) => c.columns.slice(0, 80) }),
  // Somebody who works here is not sent away by a file.
  agents: entries({ keys: (a) => [a.initials.toLowerCase()], name: (a) => `${a.initials} ${a.name}`, keeps: true }),
  shortcuts: record,
  spendingLimits: entries({ keys: (s) => [s.account.toLowerCase()], name: (s) => s.account }),
};

/** Entries of the file under the ids this desk knows their like by. */
function withOwnIds(have: WholeSetup, file: Setup, mode: ImportMode): Setup {
  const calendars = file.calendars === undefined ? NO_IDS : MERGES.calendars(have.calendars, file.calendars, mode).ids;
  const limits = file.limits === undefined ? NO_IDS : MERGES.limits(have.limits, file.limits, mode).ids;
  const own = (ids: ReadonlyMap<string, string>, id: string | null): string | null => (id === null ? null : (ids.get(id) ?? id));
  return {
    ...file,
    ...(file.policies === undefined ? {} : { policies: file.policies.map((policy) => ({ ...policy, calendarId: own(calendars, policy.calendarId) })) }),
    ...(file.playbook === undefined ? {} : { playbook: file.playbook.map((scenario) => ({ ...scenario, limitId: own(limits, scenario.limitId) })) }),
  };
}

export interface MergedSetup { next: WholeSetup; areas: SetupPreview['areas'] }
const MOST_LINES = 200;

/** What a desk becomes by a file, area by area, and in what it differs. Areas that are not chosen stay as they are. */
export function mergeSetup(have: WholeSetup, given: Setup, mode: ImportMode, chosen: readonly SetupArea[] = areaNames): MergedSetup {
  const file = withOwnIds(have, given, mode);
  const next: WholeSetup = { ...have };
  const areas = areaNames.filter((area) => chosen.includes(area)).flatMap((area): SetupPreview['areas'] => {
    const parts = AREAS[area].filter((part) => file[part] !== undefined);
    if (parts.length === 0) return [];
    const lines: SetupPreview['areas'][number]['lines'] = [];
    let same = 0;
    let isReordered = false;
    const take = <P extends SetupPart>(part: P): void => {
      const merged = MERGES[part](have[part], file[part] as WholeSetup[P], mode);
      next[part] = merged.next;
      same += merged.same;
      isReordered ||= merged.isReordered;
      lines.push(...merged.lines.map((line) => ({ part, ...line })));
    };
    for (const part of parts) take(part);
    const count = (change: Change): number => lines.filter((line) => line.change === change).length;
    return [{ area, fresh: count('new'), changed: count('changed'), same, removed: count('removed'), isReordered, lines: lines.slice(0, MOST_LINES) }];
  });
  return { next, areas };
}
