const snowflakeEpochMs = 1_288_834_974_657n;

/** The id X would give at `atMs` (docs.x.com, "X IDs"): milliseconds since its epoch in the high bits. */
export function snowflakeAt(atMs: number, serial = 0): string {
  return (((BigInt(Math.trunc(atMs)) - snowflakeEpochMs) << 22n) | BigInt(serial)).toString();
}

/** Orders ids as numbers; they do not fit a double. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The next id at `nowMs`, always above every id given before, even when the clock steps back. */
export function nextId(state: { lastId: string }, nowMs: number): string {
  const byClock = snowflakeAt(nowMs);
  const after = (BigInt(state.lastId) + 1n).toString();
  state.lastId = compareIds(byClock, after) > 0 ? byClock : after;
  return state.lastId;
}

/** One-to-one conversation id: `{smaller}-{larger}`. */
export function conversationOf(a: string, b: string): string {
  return compareIds(a, b) < 0 ? `${a}-${b}` : `${b}-${a}`;
}
