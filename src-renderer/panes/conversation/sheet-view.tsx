import { memo, startTransition, useEffect, useLayoutEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { ShownProvider } from '../../ui/is-shown.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { isUp, type Sheet } from './deck.ts';
import { Timeline } from './timeline.tsx';

const swallow = (event: SyntheticEvent): void => {
  event.preventDefault();
  event.stopPropagation();
};

interface SheetViewProps {
  readonly id: string;
  readonly use: Sheet['use'];
  /** What stands below the timeline. */
  readonly composer: (conversationId: string) => ReactNode;
}

/** One conversation. What it is to the hand and to readers changes only after the frame that turned it up: it restyles everything in it. */
export const SheetView = memo(function SheetView({ id, use, composer }: SheetViewProps) {
  const box = useRef<HTMLDivElement>(null);
  // What nobody waits for is made in small steps, and gives way to whatever is asked for.
  const [isMade, setMade] = useState(false);
  useEffect(() => startTransition(() => setMade(true)), []);
  // The keyboard does not go along to the next one: a key meant for that would press what was pressed here.
  useLayoutEffect(() => { if (use === 'left' && document.activeElement instanceof HTMLElement && box.current?.contains(document.activeElement) === true) document.activeElement.blur(); }, [use]);
  const isAsleep = use === 'ahead' || use === 'turned';
  return (
    <div ref={box} className="sheet" data-sheet={isUp({ use }) ? 'up' : use} inert={isAsleep} aria-hidden={isAsleep} {...(use === 'left' ? { onPointerDownCapture: swallow, onClickCapture: swallow } : {})}>
      {(isMade || use !== 'ahead') && <ShownProvider value={!isAsleep}><Insides id={id} composer={composer} /></ShownProvider>}
    </div>
  );
});

const Insides = memo(function Insides({ id, composer }: Pick<SheetViewProps, 'id' | 'composer'>) {
  return (
    <>
      <ConversationHeader conversationId={id} />
      <Timeline conversationId={id} />
      {composer(id)}
    </>
  );
});
