import { useEffect, useState } from 'react';
import { Tooltip } from '@base-ui/react/tooltip';
import { Keys } from './keys.tsx';
import { hideTip, watchTips, type ShownTip } from './tips.ts';

/** The one tooltip of the window. */
export function TipLayer() {
  const [tip, setTip] = useState<ShownTip | null>(null);
  useEffect(() => watchTips(setTip), []);
  if (tip === null) return null;
  // A press on it must not count as one beside the dialog it belongs to.
  const isInDialog = tip.anchor.closest('[role=dialog]') !== null;
  return (
    <Tooltip.Root open onOpenChange={(isOpen) => { if (!isOpen) hideTip(); }}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={tip.anchor} side={tip.side} sideOffset={6} className={`layer is-tip${isInDialog ? ' is-through' : ''}`}>
          <Tooltip.Popup className="tooltip">
            {tip.label}
            <Keys keys={tip.keys} />
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
