import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '@base-ui/react/tooltip';
import { Keys } from './keys.tsx';

type ButtonProps = ComponentProps<'button'> & { readonly tone?: 'plain' | 'primary' | 'quiet' | 'danger'; readonly small?: boolean };

export function Button({ tone = 'plain', small = false, className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`button is-${tone}${small ? ' is-small' : ''} ${className}`} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'title'> {
  readonly label: string;
  readonly keys?: string;
  readonly children: ReactNode;
}

/** A button that shows a picture: its name and key come up on hover and focus. */
export function IconButton({ label, keys, className = '', children, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} {...(keys === undefined ? {} : { keys })}>
      <button type="button" className={`icon-button ${className}`} aria-label={label} {...rest}>{children}</button>
    </Tip>
  );
}

interface TipProps {
  readonly label: ReactNode;
  readonly keys?: string;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: React.ReactElement<Record<string, unknown>>;
}

export function Tip({ label, keys, side = 'bottom', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="layer">
          <Tooltip.Popup className="tooltip">
            {label}
            {keys !== undefined && keys !== '' && <Keys keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
