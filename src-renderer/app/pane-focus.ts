import { rememberSettings, saveSettings } from '../state/preferences.ts';
import { getState, setState } from '../state/store.ts';

const order = ['queue', 'conversation', 'composer', 'customer'] as const;
type Target = (typeof order)[number];

const targetOf = (name: Target): HTMLElement | null => [...document.querySelectorAll<HTMLElement>(`[data-focus-target=${name}]`)].find((element) => element.offsetParent !== null) ?? null;

export function focusPane(name: Target): void {
  targetOf(name)?.focus({ preventScroll: true });
}

export function cyclePane(step: 1 | -1): void {
  const there = order.filter((name) => targetOf(name) !== null);
  if (there.length === 0) return;
  const active = document.activeElement;
  const here = there.findIndex((name) => {
    const target = targetOf(name);
    return target === active || (name !== 'conversation' && target?.contains(active) === true) || (name === 'composer' && active?.closest('.composer') != null) || (name === 'conversation' && active?.closest('.timeline') != null);
  });
  const next = there[(here + step + there.length) % there.length];
  if (next !== undefined) focusPane(next);
}

const drawn = (): 'three' | 'two' | 'one' => (window.innerWidth < 900 ? 'one' : window.innerWidth < 1200 ? 'two' : 'three');

export function toggleQueue(): void {
  if (drawn() === 'one') setState({ drawer: getState().drawer === 'queue' ? null : 'queue' });
  else setState({ queueHidden: !getState().queueHidden });
}

export function toggleCustomer(): void {
  if (drawn() !== 'three') setState({ drawer: getState().drawer === 'customer' ? null : 'customer' });
  else void saveSettings({ showCustomerPane: !getState().settings.showCustomerPane });
}

export const rememberWidths = (queue: number, customer: number): void => rememberSettings({ paneWidths: { queue, customer } });
