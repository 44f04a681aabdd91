import { rememberSettings, saveSettings } from '../state/preferences.ts';
import { getState, setState } from '../state/store.ts';
import { focusTarget } from '../ui/focus-target.ts';

const order = ['queue', 'conversation', 'composer', 'customer'] as const;
type Target = (typeof order)[number];

export function focusPane(name: Target): void {
  focusTarget(name)?.focus({ preventScroll: true });
}

export function cyclePane(step: 1 | -1): void {
  const there = order.filter((name) => focusTarget(name) !== null);
  if (there.length === 0) return;
  const active = document.activeElement;
  const here = there.findIndex((name) => {
    const target = focusTarget(name);
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
