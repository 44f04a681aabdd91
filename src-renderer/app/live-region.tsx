import { useApp } from '../state/store.ts';

export function LiveRegion() {
  const spoken = useApp((state) => state.spoken);
  return <div className="visually-hidden" role="status" aria-live="polite" data-test="live">{spoken}</div>;
}
