import { keyLabels } from '../state/shortcuts.ts';

export const isMac = /Mac|iPhone|iPad/u.test(navigator.platform);

export function Keys({ keys }: { keys: string }) {
  if (keys === '') return null;
  return (
    <span className="keys" aria-hidden="true">
      {keyLabels(keys, isMac).map((label, index) => (label === 'then' ? <span key={index} className="keys-then">then</span> : <kbd key={index}>{label}</kbd>))}
    </span>
  );
}
