import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

interface DividerProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1 when dragging right makes the pane wider, -1 when it makes it narrower. */
  readonly sign: 1 | -1;
  readonly controls: string;
  readonly onResize: (value: number) => void;
}

const STEP = 16;

export function Divider({ label, value, min, max, sign, controls, onResize }: DividerProps) {
  const drag = useRef<{ x: number; value: number } | null>(null);
  const set = (next: number): void => onResize(Math.round(Math.min(max, Math.max(min, next))));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, value };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current !== null) set(drag.current.value + (event.clientX - drag.current.x) * sign);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? STEP * sign : event.key === 'ArrowLeft' ? -STEP * sign : 0;
    if (step !== 0) set(value + step);
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="separator" aria-orientation="vertical" aria-label={label} aria-controls={controls} aria-valuenow={value} aria-valuemin={min} aria-valuemax={max}
      tabIndex={0} className="divider" onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={() => { drag.current = null; }} onKeyDown={onKeyDown}
    />
  );
}
