/** The sign and letters that opened a list, as they stood when an entry was chosen. */
export interface Typed { readonly start: number; readonly text: string }

export interface Insertion {
  readonly from: number;
  readonly to: number;
  /** Letters typed since the choice: they stay, behind what comes in. */
  readonly later: number;
}

/** What a chosen text replaces when it arrives: what opened the list and nothing that was typed since. */
export function insertionAt(value: string, caret: number, { start, text }: Typed): Insertion {
  const end = start + text.length;
  return value.slice(start, end) === text ? { from: start, to: end, later: Math.max(0, caret - end) } : { from: caret, to: caret, later: 0 };
}
