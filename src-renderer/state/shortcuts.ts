/** Every action that has a key. Two presses ("g o") are written with a space. */
export const defaultShortcuts = {
  'queue.next': 'j', 'queue.previous': 'k', 'queue.open': 'Enter',
  'desk.done': 'e', 'desk.snooze': 'h', 'desk.claim': 'c', 'desk.assign': 'a', 'desk.reopen': 'Shift+E', 'desk.evaluate': 'Shift+T', 'outcome.satisfied': '1', 'outcome.neutral': '2', 'outcome.dissatisfied': '3', 'outcome.none': '0', 'post.delete': 'Shift+D', 'post.hide': 'Shift+H',
  'call.log': 'l', 'call.pad': 'Mod+Shift+L', 'call.open': 'F2', 'call.deny': 'F4', 'call.dismiss': 'Shift+F2', 'compose.answer': 'r', 'compose.reply': 'b', 'compose.dm': 'd', 'compose.mail': 'm', 'compose.replyAll': 'Shift+M', 'compose.forward': 'f', 'compose.original': 'Mod+Shift+O', 'compose.note': 'n', 'compose.post': 'Shift+N', 'compose.private': 'Mod+Shift+D', 'promise.mark': 'p', 'playbook.open': 'Shift+P', 'suggest.first': 'Mod+1', 'suggest.second': 'Mod+2', 'suggest.third': 'Mod+3', 'compose.help': 'Mod+Shift+H',
  'view.open': 'g o', 'view.mine': 'g m', 'view.mentioned': 'g n', 'view.unassigned': 'g u', 'view.vip': 'g v', 'view.overdue': 'g d', 'view.snoozed': 'g s', 'view.done': 'g e', 'view.tray': 'g t', 'look.next': 'g l', 'incident.open': 'g i', 'followUp.show': 'g f', 'followUp.use': 'Shift+F',
  'queue.mark': 'x', 'queue.sort': 'o', 'queue.account': 'i', 'pane.queue': '[', 'pane.customer': ']', 'pane.next': 'F6', 'pane.previous': 'Shift+F6',
  'palette.open': 'Mod+K', 'search.open': '/', 'help.shortcuts': '?', 'app.settings': 'Mod+,', 'outbox.undo': 'Mod+Z', 'window.open': 'Mod+Shift+N',
} as const;

export type ActionId = keyof typeof defaultShortcuts;
export const actionIds = Object.keys(defaultShortcuts) as ActionId[];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
  /** A text field, or something else that takes letters, has the focus. */
  readonly isTyping: boolean;
  readonly altGraph: boolean;
}

/** An IME reports 229 for keys it has swallowed, also where isComposing is still false. */
const isIme = (press: KeyPress): boolean => press.isComposing || press.keyCode === 229 || press.key === 'Process' || press.key === 'Dead';

/** How a press is written in a shortcut; null for presses that can never be one. */
export function chordOf(press: KeyPress, isMac: boolean): string | null {
  if (isIme(press) || press.altGraph || press.altKey) return null;
  if (['Control', 'Shift', 'Meta', 'Alt', 'AltGraph', 'CapsLock', 'Unidentified'].includes(press.key)) return null;
  const mod = isMac ? press.metaKey : press.ctrlKey;
  if ((isMac ? press.ctrlKey : press.metaKey)) return null;
  const isLetter = /^\p{L}$/u.test(press.key);
  const key = isLetter ? (mod || press.shiftKey ? press.key.toUpperCase() : press.key) : press.key === ' ' ? 'Space' : press.key;
  // Shift is part of what a printed sign already is ("?"), but not of a letter or a named key.
  const shift = press.shiftKey && (isLetter || press.key.length > 1);
  return `${mod ? 'Mod+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

type Shortcuts = Readonly<Record<ActionId, string>>;
const made = new WeakMap<object, Shortcuts>();

/** Every button that names its key asks, so it is made once per set of settings. */
export function shortcutsOf(custom: Readonly<Record<string, string>>): Shortcuts {
  const known = made.get(custom);
  if (known !== undefined) return known;
  const shortcuts = Object.fromEntries(actionIds.map((action) => [action, custom[action] ?? defaultShortcuts[action]])) as Record<ActionId, string>;
  made.set(custom, shortcuts);
  return shortcuts;
}

export type Match = { readonly type: 'run'; readonly action: ActionId } | { readonly type: 'wait'; readonly prefix: string } | { readonly type: 'none' };

interface Matching {
  readonly custom: Readonly<Record<string, string>>;
  readonly on: boolean;
  readonly prefix: string | null;
  readonly isMac: boolean;
}

/** What a press means. While typing only chords with Mod and F-keys count, and undo stays the text field's own. */
export function matchShortcut(press: KeyPress, { custom, on, prefix, isMac }: Matching): Match {
  const chord = chordOf(press, isMac);
  if (chord === null) return { type: 'none' };
  const isSafe = chord.startsWith('Mod+') || /F\d{1,2}$/u.test(chord);
  if (press.isTyping && (!isSafe || chord === 'Mod+Z')) return { type: 'none' };
  if (!on && !isSafe) return { type: 'none' };
  const keys = shortcutsOf(custom);
  const typed = prefix === null ? chord : `${prefix} ${chord}`;
  const action = actionIds.find((candidate) => keys[candidate] === typed);
  if (action !== undefined) return { type: 'run', action };
  if (prefix === null && actionIds.some((candidate) => keys[candidate].startsWith(`${chord} `))) return { type: 'wait', prefix: chord };
  return { type: 'none' };
}

/** For people: "⌘K" or "Ctrl K", "G then O". */
export function keyLabels(keys: string, isMac: boolean): readonly string[] {
  return keys.split(' ').flatMap((chord, index) => [
    ...(index > 0 ? ['then'] : []),
    ...chord.split(/\+(?=.)/u).map((key) => (key === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : key === 'Shift' ? (isMac ? '⇧' : 'Shift') : key === 'Enter' ? '↵' : key.length === 1 ? key.toUpperCase() : key)),
  ]);
}
