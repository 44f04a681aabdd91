import type { ReactNode } from 'react';

export interface TipWords { readonly label: ReactNode; readonly keys: string; readonly side: 'top' | 'bottom' | 'left' | 'right' }

export interface ShownTip extends TipWords { readonly anchor: Element }

const WAIT_MS = 500;
const words = new WeakMap<Element, TipWords>();
let shown: Element | null = null;
let show: (tip: ShownTip | null) => void = () => undefined;

/** What an element says when somebody rests on it. A tooltip of its own for each button would cost more than all the buttons of a screen. */
export function setTip(element: Element, tip: TipWords): void {
  words.set(element, tip);
  if (shown === element) tell(element);
}

/** The tip of an element that leaves goes with it; one that is only rendered again has its words back at once. */
export function dropTip(element: Element): void {
  words.delete(element);
  if (shown === element) queueMicrotask(() => { if (shown === element && !words.has(element)) tell(null); });
}

export const hideTip = (): void => tell(null);

function tell(anchor: Element | null): void {
  const tip = anchor === null ? undefined : words.get(anchor);
  shown = tip === undefined ? null : anchor;
  show(anchor === null || tip === undefined ? null : { ...tip, anchor });
}

function tippedAt(target: EventTarget | null): Element | null {
  for (let element = target instanceof Element ? target : null; element !== null; element = element.parentElement) if (words.has(element)) return element;
  return null;
}

/** Rest on an element, or come to it by key, and its tip is shown; while one is shown the next needs no wait. Returns how to stop. */
export function watchTips(onShow: (tip: ShownTip | null) => void): () => void {
  show = onShow;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let over: Element | null = null;
  /** Pressed: it has been understood. */
  let silent: Element | null = null;
  const rest = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const hide = (): void => {
    rest();
    if (shown !== null) tell(null);
  };
  const onOver = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || (event.target instanceof Element && event.target.closest('.tooltip') !== null)) return;
    const at = tippedAt(event.target);
    if (at === over) return;
    over = at;
    const isShowing = shown !== null;
    rest();
    if (at !== silent) silent = null;
    if (at === shown) return;
    if (at === null || at === silent) hide();
    else if (isShowing) tell(at);
    else timer = setTimeout(() => { if (at.isConnected) tell(at); }, WAIT_MS);
  };
  const onLeave = (event: PointerEvent): void => {
    if (event.relatedTarget !== null) return;
    over = null;
    hide();
  };
  const onPress = (): void => {
    silent = over;
    hide();
  };
  const onFocus = (event: FocusEvent): void => {
    const { target } = event;
    if (target instanceof Element && words.has(target) && target.matches(':focus-visible')) tell(target);
  };
  const onBlur = (event: FocusEvent): void => { if (event.target === shown) hide(); };
  const listeners = [['pointerover', onOver], ['pointerout', onLeave], ['pointerdown', onPress], ['click', onPress], ['focusin', onFocus], ['focusout', onBlur]] as const;
  for (const [name, listener] of listeners) document.addEventListener(name, listener as EventListener, true);
  return () => {
    rest();
    for (const [name, listener] of listeners) document.removeEventListener(name, listener as EventListener, true);
    show = () => undefined;
  };
}
