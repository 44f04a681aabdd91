const VALUE = /^[\w.+/-]+/;
const PARAMETER = /[ \t]*;[ \t]*([\w-]+)=(?:"([^"\\]*)"|([^\s"();\\]+))/y;
const REST = /^[ \t]*;?[ \t]*$/;

/** A value such as `text/plain; charset="utf-8"`. */
export interface Typed {
  /** Lower case. */
  value: string;
  /** By name in lower case; the first of a name. */
  parameters: ReadonlyMap<string, string>;
}

/** Null when it is not of the plain form: comments, escapes, continued and encoded parameters. */
export function readTyped(field: string): Typed | null {
  const value = VALUE.exec(field)?.[0];
  if (value === undefined) return null;
  const parameters = new Map<string, string>();
  let at = value.length;
  for (PARAMETER.lastIndex = at; ; at = PARAMETER.lastIndex) {
    const [, name, quoted, token] = PARAMETER.exec(field) ?? [];
    if (name === undefined) break;
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted ?? token ?? '');
  }
  return REST.test(field.slice(at)) ? { value: value.toLowerCase(), parameters } : null;
}
