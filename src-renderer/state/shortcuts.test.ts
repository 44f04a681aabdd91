import { describe, expect, test } from 'vitest';
import { chordOf, defaultShortcuts, keyLabels, matchShortcut, type KeyPress } from './shortcuts.ts';

const press = (key: string, patch: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 0, isTyping: false, altGraph: false, ...patch });
const match = (given: KeyPress, patch: Partial<Parameters<typeof matchShortcut>[1]> = {}) => matchShortcut(given, { custom: {}, on: true, prefix: null, isMac: false, ...patch });

describe('a shortcut fires', () => {
  test.each([['j', 'queue.next'], ['e', 'desk.done'], ['?', 'help.shortcuts'], ['/', 'search.open'], ['F6', 'pane.next'], ['[', 'pane.queue']] as const)('%s runs %s', (key, action) => {
    expect(match(press(key, { shiftKey: key === '?' }))).toEqual({ type: 'run', action });
  });
  test('with Ctrl on a PC and with Command on a Mac', () => {
    expect(match(press('k', { ctrlKey: true }))).toEqual({ type: 'run', action: 'palette.open' });
    expect(match(press('k', { metaKey: true }), { isMac: true })).toEqual({ type: 'run', action: 'palette.open' });
    expect(match(press('k', { metaKey: true }))).toEqual({ type: 'none' });
  });
  test('after its first key', () => {
    expect(match(press('g'))).toEqual({ type: 'wait', prefix: 'g' });
    expect(match(press('u'), { prefix: 'g' })).toEqual({ type: 'run', action: 'view.unassigned' });
    expect(match(press('x'), { prefix: 'g' })).toEqual({ type: 'none' });
  });
  test('on its new key when changed, and not on the old one', () => {
    expect(match(press('x'), { custom: { 'desk.done': 'x' } })).toEqual({ type: 'run', action: 'desk.done' });
    expect(match(press('e'), { custom: { 'desk.done': 'x' } })).toEqual({ type: 'none' });
    expect(match(press('e'), { custom: { 'desk.done': '' } })).toEqual({ type: 'none' });
  });
});

describe('a shortcut never fires', () => {
  test('while typing, except with Ctrl or an F-key', () => {
    expect(match(press('e', { isTyping: true }))).toEqual({ type: 'none' });
    expect(match(press('k', { ctrlKey: true, isTyping: true }))).toEqual({ type: 'run', action: 'palette.open' });
    expect(match(press('F6', { isTyping: true }))).toEqual({ type: 'run', action: 'pane.next' });
    expect(match(press('z', { ctrlKey: true, isTyping: true }))).toEqual({ type: 'none' });
  });
  test('with AltGr or Alt, whatever letter it makes', () => {
    expect(match(press('@', { altGraph: true, ctrlKey: true, altKey: true }))).toEqual({ type: 'none' });
    expect(match(press('e', { altGraph: true }))).toEqual({ type: 'none' });
    expect(match(press('e', { altKey: true }))).toEqual({ type: 'none' });
    expect(match(press('/', { altGraph: true }))).toEqual({ type: 'none' });
  });
  test('on a key an input method has swallowed', () => {
    expect(match(press('e', { isComposing: true }))).toEqual({ type: 'none' });
    expect(match(press('e', { keyCode: 229 }))).toEqual({ type: 'none' });
    expect(match(press('Process'))).toEqual({ type: 'none' });
    expect(match(press('Dead'))).toEqual({ type: 'none' });
  });
  test('as a single key when single keys are switched off', () => {
    expect(match(press('e'), { on: false })).toEqual({ type: 'none' });
    expect(match(press('k', { ctrlKey: true }), { on: false })).toEqual({ type: 'run', action: 'palette.open' });
  });
});

test('Shift counts for letters and named keys, not for signs', () => {
  expect(chordOf(press('E', { shiftKey: true }), false)).toBe('Shift+E');
  expect(chordOf(press('F6', { shiftKey: true }), false)).toBe('Shift+F6');
  expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?');
  expect(chordOf(press('Shift', { shiftKey: true }), false)).toBeNull();
});

test('no two actions share a standard key', () => {
  const keys = Object.values(defaultShortcuts);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys read as on the keyboard', () => {
  expect(keyLabels('Mod+K', false)).toEqual(['Ctrl', 'K']);
  expect(keyLabels('g o', false)).toEqual(['G', 'then', 'O']);
  expect(keyLabels('Mod+K', true)).toEqual(['⌘', 'K']);
});
