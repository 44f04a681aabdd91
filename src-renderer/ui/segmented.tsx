import { useRef, type KeyboardEvent, type ReactNode } from 'react';

interface Option<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly name?: string;
  readonly disabled?: boolean;
  readonly title?: string;
}

interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onPick: (value: V) => void;
  readonly className?: string;
}

/** A radio group in one line; arrows move, as in any radio group. A disabled option can still be reached, to read why. */
export function Segmented<V extends string>({ label, value, options, onPick, className = '' }: SegmentedProps<V>) {
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    // From the one that has the focus, not from `value`: that may change only once the core has said so, after the next key.
    const radios = [...(box.current?.querySelectorAll<HTMLElement>('[role=radio]') ?? [])];
    const next = (radios.findIndex((radio) => radio === event.target) + step + options.length) % options.length;
    const option = options[next];
    if (option === undefined) return;
    onPick(option.value);
    radios[next]?.focus();
  };
  return (
    <div ref={box} role="radiogroup" aria-label={label} className={`segmented ${className}`} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button
          key={option.value} type="button" role="radio" aria-checked={option.value === value} tabIndex={option.value === value ? 0 : -1}
          className={`segment${option.disabled === true ? ' is-off' : ''}`} data-value={option.value}
          {...(option.name === undefined ? {} : { 'aria-label': option.name })} {...(option.title === undefined ? {} : { title: option.title })}
          onClick={() => onPick(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
