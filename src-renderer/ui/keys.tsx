import { Fragment } from 'react';
import { keyLabels } from '../state/shortcuts.ts';

export const isMac = /Mac|iPhone|iPad/u.test(navigator.platform);

export function Keys({ keys }: { keys: string }) {
  if (keys === '') return null;
  return (
    <span className="keys" aria-hidden="true">
      {keyLabels(keys, isMac).map((label, index) => <Fragment key={index}>{index > 0 && ' '}{label === 'then' ? <span className="keys-then">{label}</span> : <kbd>{label}</kbd>}</Fragment>)}
    </span>
  );
}
