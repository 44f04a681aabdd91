import { cloneElement, type ComponentProps, type ReactElement, type ReactNode, type Ref } from 'react';
import { dropTip, setTip, type TipWords } from './tips.ts';

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
  readonly side?: TipWords['side'];
  readonly children: ReactElement<{ ref?: Ref<Element> | undefined }>;
}

/** Gives its one element words that come up on hover and focus; `TipLayer` shows them. */
export function Tip({ label, keys = '', side = 'bottom', children }: TipProps) {
  const { ref } = children.props;
  return cloneElement(children, {
    ref: (element: Element | null) => {
      if (element === null) return undefined;
      setTip(element, { label, keys, side });
      const leave = give(ref, element);
      return () => {
        leave();
        dropTip(element);
      };
    },
  });
}

function give(ref: Ref<Element> | undefined, element: Element): () => void {
  if (typeof ref === 'function') {
    const leave = ref(element);
    return typeof leave === 'function' ? leave : () => void ref(null);
  }
  if (ref != null) ref.current = element;
  return () => { if (ref != null) ref.current = null; };
}
