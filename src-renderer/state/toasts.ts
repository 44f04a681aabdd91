import type { Toast } from './model.ts';
import { getState, setState } from './store.ts';

const MOST = 4;
let lastId = 0;

export function toast(text: string, tone: Toast['tone'] = 'plain', action: Toast['action'] = null): void {
  lastId += 1;
  const added: Toast = { id: lastId, tone, text, action };
  setState((state) => ({ toasts: [...state.toasts.filter((other) => other.text !== text), added].slice(-MOST) }));
}

export const dropToast = (id: number): void => setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));

/** Says something to a screen reader without moving anything on screen. */
export function speak(text: string): void {
  // The same words twice would not be read twice; a trailing space makes them new.
  setState({ spoken: getState().spoken === text ? `${text} ` : text });
}
