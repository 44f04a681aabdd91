/** What a canned response can name: `{first_name}`. A missing value has no entry or null. */
export type Variables = Readonly<Partial<Record<VariableName, string | null>>>;

export const VARIABLE_NAMES = [
  'first_name', 'last_name', 'name', 'handle', 'email', 'phone', 'agent', 'agent_first_name', 'initials', 'account', 'subject', 'last_call_date', 'last_contact_date', 'today', 'weekday', 'time',
] as const;
export type VariableName = (typeof VARIABLE_NAMES)[number];

const isKnown = (name: string): name is VariableName => (VARIABLE_NAMES as readonly string[]).includes(name);
const VARIABLE = /\{([a-z_]{1,40})(?:\|([^{}\n]{0,200}))?\}/gi;
const BLANK = /\[\[([^[\]\n]{1,80})\]\]/g;

/** Names of what the writer still has to fill, in the order they stand. */
export const blanksOf = (text: string): string[] => [...text.matchAll(BLANK)].map(([, name]) => (name ?? '').trim());

/**
 * Fills the variables of a canned response. One without a value takes its fallback (`{first_name|there}`), and without one it becomes a
 * blank: a "{first_name}" must never reach a customer. Braces that name no variable stay as they are and are told in `unknown`.
 */
export function expandCanned(body: string, variables: Variables): { text: string; blanks: string[]; unknown: string[] } {
  const unknown: string[] = [];
  const text = body.replace(VARIABLE, (whole, rawName: string, fallback: string | undefined) => {
    const name = rawName.toLowerCase();
    if (!isKnown(name)) {
      unknown.push(rawName);
      return whole;
    }
    const value = variables[name];
    if (value !== undefined && value !== null && value.trim() !== '') return value.trim();
    return fallback ?? `[[${name.replaceAll('_', ' ')}]]`;
  });
  return { text, blanks: blanksOf(text), unknown: [...new Set(unknown)] };
}

const HONORIFICS = /^(?:dr|mr|mrs|ms|miss|mx|prof|sir|madam|sra?|dona?|encik|puan|cik|tuan|श्री|श्रीमती|डॉ)\.?$/iu;

/** How a person is addressed: null for a handle, an address or a number that only stands where a name should. */
export function namesOf(display: string, isNamed: boolean): { first: string | null; last: string | null; full: string | null } {
  const name = display.trim();
  if (!isNamed || name === '' || /[@\d]/.test(name)) return { first: null, last: null, full: null };
  const comma = /^([^,]+),\s*(.+)$/u.exec(name);
  const words = (comma === null ? name : `${comma[2] ?? ''} ${comma[1] ?? ''}`).split(/\s+/u);
  const bare = words.filter((word, index) => index > 0 || !HONORIFICS.test(word));
  return { first: bare[0] ?? null, last: bare.length > 1 ? (bare.at(-1) ?? null) : null, full: words.join(' ') };
}
