import type { Toast } from './model.ts';
import { getState, setState } from './store.ts';

const MOST = 2;
let lastId = 0;

/** The newest, and as many before it as there is room for; what failed stays longest. Pure. */
export function toastsWith(toasts: readonly Toast[], added: Toast): readonly Toast[] {
  const others = toasts.filter((other) => other.text !== added.text);
  if (others.length < MOST) return [...others, added];
  const goes = others.find((other) => other.tone !== 'bad') ?? others[0];
  return [...others.filter((other) => other !== goes), added];
}

export function toast(text: string, tone: Toast['tone'] = 'plain', action: Toast['action'] = null): void {
  lastId += 1;
  const added: Toast = { id: lastId, tone, text, action };
  setState((state) => ({ toasts: toastsWith(state.toasts, added) }));
}

export const dropToast = (id: number): void => setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));

/** Says something to a screen reader without moving anything on screen. */
export function speak(text: string): void {
  // The same words twice would not be read twice; a trailing space makes them new.
  setState({ spoken: getState().spoken === text ? `${text} ` : text });
}
