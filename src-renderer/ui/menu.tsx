import type { ReactElement, ReactNode } from 'react';
import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Keys } from './keys.tsx';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly checked?: boolean;
  readonly separated?: boolean;
  readonly run: () => void;
}

export function DropMenu({ trigger, entries, align = 'start', side = 'bottom' }: { trigger: ReactElement<Record<string, unknown>>; entries: readonly MenuEntry[]; align?: 'start' | 'end'; side?: 'top' | 'bottom' }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner side={side} align={align} sideOffset={4} className="layer">
          <Menu.Popup className="menu">
            {entries.map((entry) => (
              <Menu.Item key={entry.id} className={`menu-item${entry.separated === true ? ' is-separated' : ''}`} onClick={entry.run} data-action={entry.id}>
                <span className="menu-icon">{entry.checked === true ? <Check size={14} aria-hidden="true" /> : entry.icon}</span>
                <span className="menu-label">{entry.label}{entry.checked === true && <span className="visually-hidden"> (chosen)</span>}</span>
                {entry.keys !== undefined && <Keys keys={entry.keys} />}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
