import { catchUp } from '../state/after-frame.ts';

/** The place of this name that is on screen: drawers and sheets made ahead have the same. */
export function focusTarget(name: string): HTMLElement | null {
  catchUp();
  return [...document.querySelectorAll<HTMLElement>(`[data-focus-target=${name}]`)].find((element) => element.offsetParent !== null && element.closest('[inert]') === null) ?? null;
}
