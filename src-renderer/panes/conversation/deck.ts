import type { ConversationRow } from '../../../src-preload/contract/index.ts';
import type { AppState, Timeline } from '../../state/model.ts';

/**
 * The open conversation and those that will most likely be opened next, each made once and laid over each other: opening one that is ready
 * only turns it up. A sheet is never shown twice.
 *
 * ahead: made before anybody asked. turned: asked for and in sight, but still without effect, as the frame that shows it does nothing else.
 * open: the conversation on screen. left: under the one that was turned up, until that frame is drawn.
 */
type Use = 'ahead' | 'turned' | 'open' | 'left';

/** What decides how a conversation opens; when it changes, what was made of it is not what opening it would show. */
interface Grounds {
  readonly row: ConversationRow;
  readonly timeline: Timeline;
}

export interface Sheet extends Grounds {
  readonly key: number;
  readonly id: string;
  readonly use: Use;
}

export type DeckState = Pick<AppState, 'openId' | 'cursorId' | 'conversations' | 'timelines' | 'target' | 'modes' | 'drafts'> & { readonly queue: Pick<AppState['queue'], 'ids'> };

const AHEAD = 2;

export const isUp = ({ use }: Pick<Sheet, 'use'>): boolean => use === 'turned' || use === 'open';

/** Null until there is something to show. */
export function groundsOf({ conversations, timelines }: Pick<DeckState, 'conversations' | 'timelines'>, id: string): Grounds | null {
  const row = conversations[id];
  const timeline = timelines[id];
  return row === undefined || timeline === undefined || (timeline.loading && timeline.ids.length === 0) ? null : { row, timeline };
}

/** What is most likely opened next: where the cursor stands, and what follows the open one, as "done" goes there. */
export function expected({ openId, cursorId, queue: { ids }, modes, drafts }: DeckState): readonly string[] {
  const at = openId === null ? -1 : ids.indexOf(openId);
  const follows = at === -1 ? [] : [ids[at + 1] ?? ids[at - 1], ids[at + 2]];
  const likely = new Set([cursorId, ...follows].filter((id): id is string => id != null && id !== openId));
  // The clock of a call runs from when its pad is there.
  return [...likely].filter((id) => modes[id] !== 'call' && drafts[`${id}:call`] === undefined).slice(0, AHEAD);
}

function isReady(sheet: Sheet, state: DeckState): boolean {
  const now = groundsOf(state, sheet.id);
  return sheet.use === 'ahead' && now?.row === sheet.row && now.timeline === sheet.timeline;
}

/** The deck with the open conversation up: the sheet that is ready for it, else a new one. */
export function turned(sheets: readonly Sheet[], state: DeckState, newKey: () => number): readonly Sheet[] {
  const { openId } = state;
  const up = sheets.find(isUp);
  const grounds = openId === null ? null : groundsOf(state, openId);
  if (openId === null || grounds === null) return up === undefined ? sheets : sheets.filter((sheet) => sheet.use === 'ahead');
  if (up?.id === openId) return sheets;
  // A place to go to in it is part of how it opens.
  const ready = state.target?.conversationId === openId ? undefined : sheets.find((sheet) => sheet.id === openId && isReady(sheet, state));
  if (ready === undefined) return [...sheets.filter((sheet) => sheet.use === 'ahead' && sheet.id !== openId), { ...grounds, key: newKey(), id: openId, use: 'open' }];
  return sheets.flatMap((sheet): readonly Sheet[] => (sheet === ready ? [{ ...sheet, use: 'turned' }] : sheet === up ? [{ ...sheet, use: 'left' }] : sheet.use === 'left' ? [] : [sheet]));
}

/** Once the frame is drawn: what was turned up takes effect, and what lay above it goes. */
export const settled = (sheets: readonly Sheet[]): readonly Sheet[] =>
  (sheets.some(isUnsettled) ? sheets.flatMap((sheet): readonly Sheet[] => (sheet.use === 'left' ? [] : sheet.use === 'turned' ? [{ ...sheet, use: 'open' }] : [sheet])) : sheets);

export const isUnsettled = ({ use }: Sheet): boolean => use === 'turned' || use === 'left';

/** The deck with what has become unlikely or old taken out, and one expected sheet more. */
export function prepared(sheets: readonly Sheet[], state: DeckState, newKey: () => number): readonly Sheet[] {
  const wanted = expected(state);
  const kept = sheets.filter((sheet) => sheet.use !== 'ahead' || (wanted.includes(sheet.id) && isReady(sheet, state)));
  for (const id of wanted) {
    const grounds = kept.some((sheet) => sheet.id === id) ? null : groundsOf(state, id);
    if (grounds !== null) return [...kept, { ...grounds, key: newKey(), id, use: 'ahead' }];
  }
  return kept.length === sheets.length ? sheets : kept;
}
