/** One line of JSON a record. What may be private never reaches it: see `redact`. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

const SECRET_FIELD = /pass|secret|token|authori[sz]ation|cookie|credential|^key$|^text$|^body$|^subject$/i;
const SECRET_VALUE: readonly [RegExp, string][] = [
  [/\b(?:Bearer|Basic|OAuth)\s+[\w\-.~+/=,"% ]+/gi, '[credentials]'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu, '[address]'],
  [/\+?\d[\d ().-]{7,}\d/g, '[number]'],
];

/** Hides by field name and by the shape of values (addresses, numbers, credentials), to any depth of 6. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return SECRET_VALUE.reduce((text, [pattern, word]) => text.replace(pattern, word), value.slice(0, 2_000));
  if (value instanceof Error) return redact(`${value.name}: ${value.message}`, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, SECRET_FIELD.test(name) ? '[hidden]' : redact(item, depth + 1)]));
}

export function createLog(write: (line: string) => void, now: () => number): Log {
  const at = (level: string) => (event: string, fields: Record<string, unknown> = {}): void =>
    write(JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...(redact(fields) as object) }));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
