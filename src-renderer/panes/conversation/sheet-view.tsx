import { memo, startTransition, useEffect, useLayoutEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { ShownProvider } from '../../ui/is-shown.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { isUp, type Sheet } from './deck.ts';
import { Timeline } from './timeline.tsx';

const swallow = (event: SyntheticEvent): void => {
  event.preventDefault();
  event.stopPropagation();
};

const PARTS = 3;

interface SheetViewProps {
  readonly id: string;
  readonly use: Sheet['use'];
  /** What stands below the timeline. */
  readonly composer: (conversationId: string) => ReactNode;
}

/** One conversation. What it is to the hand and to readers changes only after the frame that turned it up: it restyles everything in it. */
export const SheetView = memo(function SheetView({ id, use, composer }: SheetViewProps) {
  const box = useRef<HTMLDivElement>(null);
  // What nobody waits for is made part by part, and gives way to whatever is asked for: put into the page all at once it would keep a key waiting.
  const [made, setMade] = useState(0);
  useEffect(() => { if (made < PARTS) startTransition(() => setMade(made + 1)); }, [made]);
  const parts = use === 'ahead' ? made : PARTS;
  // The keyboard does not go along to the next one: a key meant for that would press what was pressed here.
  useLayoutEffect(() => { if (use === 'left' && document.activeElement instanceof HTMLElement && box.current?.contains(document.activeElement) === true) document.activeElement.blur(); }, [use]);
  const isAsleep = use === 'ahead' || use === 'turned';
  return (
    <div ref={box} className="sheet" data-sheet={isUp({ use }) ? 'up' : use} inert={isAsleep} aria-hidden={isAsleep} {...(use === 'left' ? { onPointerDownCapture: swallow, onClickCapture: swallow } : {})}>
      {parts > 0 && <ShownProvider value={!isAsleep}><Insides id={id} composer={composer} parts={parts} /></ShownProvider>}
    </div>
  );
});

interface InsidesProps extends Pick<SheetViewProps, 'id' | 'composer'> {
  readonly parts: number;
}

/** The timeline comes last: it stands between the others, which say how high it is. */
const Insides = memo(function Insides({ id, composer, parts }: InsidesProps) {
  return (
    <>
      <ConversationHeader conversationId={id} />
      {parts >= 3 && <Timeline conversationId={id} />}
      {parts >= 2 && composer(id)}
    </>
  );
});
