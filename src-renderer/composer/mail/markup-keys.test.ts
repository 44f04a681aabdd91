import { describe, expect, it } from 'vitest';
import { formatOf, formatted, nextItem, type Edit, type Format, type Selection } from './markup-keys.ts';

/** "[" and "]" stand for the ends of the selection, "|" for the cursor. */
function read(marked: string): Selection {
  if (marked.includes('|')) return { text: marked.replace('|', ''), start: marked.indexOf('|'), end: marked.indexOf('|') };
  return { text: marked.replace('⟦', '').replace('⟧', ''), start: marked.indexOf('⟦'), end: marked.indexOf('⟧') - 1 };
}
function after({ text }: Selection, edit: Edit): string {
  const changed = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  return edit.start === edit.end ? `${changed.slice(0, edit.start)}|${changed.slice(edit.start)}` : `${changed.slice(0, edit.start)}⟦${changed.slice(edit.start, edit.end)}⟧${changed.slice(edit.end)}`;
}

describe('formatting', () => {
  it.each<[Format, string, string]>([
    ['bold', 'we ⟦will⟧ call', 'we **⟦will⟧** call'], ['bold', 'we **⟦will⟧** call', 'we ⟦will⟧ call'], ['bold', 'we ⟦**will**⟧ call', 'we ⟦will⟧ call'], ['bold', 'we| call', 'we**|** call'], ['bold', '⟦ will ⟧', ' **⟦will⟧** '],
    ['link', 'see ⟦our page⟧.', 'see [our page](⟦https://⟧).'], ['link', '⟦https://a.example/x⟧', '[|](https://a.example/x)'], ['link', 'see |', 'see [|](https://)'],
    ['list', 'a\n⟦b\nc⟧\nd', 'a\n⟦- b\n- c⟧\nd'], ['list', '⟦- b\n- c⟧', '⟦b\nc⟧'], ['list', '⟦1. b\n2. c⟧', '⟦- b\n- c⟧'], ['list', 'a\n|', 'a\n- |'], ['list', '⟦b\n\nc⟧', '⟦- b\n\n- c⟧'],
    ['numbers', '⟦b\nc⟧', '⟦1. b\n2. c⟧'], ['numbers', '⟦- b\n- c⟧', '⟦1. b\n2. c⟧'], ['numbers', '⟦1. b\n2. c⟧', '⟦b\nc⟧'],
    ['quote', '⟦b\n- c⟧', '⟦> b\n> - c⟧'], ['quote', '⟦> b\n> - c⟧', '⟦b\n- c⟧'],
  ])('%s: %j becomes %j', (format, before, wanted) => expect(after(read(before), formatted(format, read(before)))).toBe(wanted));
});

describe('Enter', () => {
  it.each<[string, string | null]>([
    ['- a|', '- a\n- |'], ['x\n9. a|', 'x\n9. a\n10. |'], ['- a\n- |', '- a\n|'], ['1. |', '|'], ['text|', null], ['- a|b', null], ['-a|', null], ['- ⟦a⟧', null], ['  - a|\nb', '  - a\n  - |\nb'],
  ])('after %j gives %j', (before, wanted) => {
    const edit = nextItem(read(before));
    expect(edit === null ? null : after(read(before), edit)).toBe(wanted);
  });
});

it.each([
  [{ key: 'b', code: 'KeyB', ctrlKey: true }, 'bold'], [{ key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }, 'link'], [{ key: 'k', code: 'KeyK', metaKey: true, shiftKey: true }, 'link'],
  // The palette's own key, whatever is selected.
  [{ key: 'k', code: 'KeyK', ctrlKey: true }, null], [{ key: 'B', code: 'KeyB', ctrlKey: true, shiftKey: true }, null], [{ key: '(', code: 'Digit8', ctrlKey: true, shiftKey: true }, 'list'],
  [{ key: '&', code: 'Digit7', metaKey: true, shiftKey: true }, 'numbers'], [{ key: ')', code: 'Digit9', ctrlKey: true, shiftKey: true }, 'quote'], [{ key: 'b', code: 'KeyB' }, null], [{ key: 'b', code: 'KeyB', ctrlKey: true, altKey: true }, null],
] as const)('%j asks for %s', (press, format) => expect(formatOf({ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...press })).toBe(format));
