import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { getState, setState, useApp } from '../../state/store.ts';
import { openConversation } from '../../state/actions/conversation-actions.ts';
import { loadMoreRows, moveCursor, unmark } from '../../state/actions/queue-actions.ts';
import { useDelayed } from '../../ui/use-delayed.ts';
import { QueueRow } from './queue-row.tsx';
import { QueueEmpty } from './queue-empty.tsx';

type List = Virtualizer<HTMLDivElement, Element>;

const ROW = { comfortable: 56, compact: 44 } as const;
const NEAR_END = 15;
const LEAVES_WITHIN_MS = 150;

export function QueueList() {
  const ids = useApp((state) => state.queue.ids);
  const loading = useApp((state) => state.queue.loading);
  const cursorId = useApp((state) => state.cursorId);
  const rowHeight = ROW[useApp((state) => state.settings.density)];
  const scroller = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  const byPointer = useByPointer();
  const list = useVirtualizer({
    count: ids.length, estimateSize: () => rowHeight, overscan: 8, getScrollElement: () => scroller.current, getItemKey: (index) => ids[index] ?? index,
  });
  useEffect(() => list.measure(), [list, rowHeight]);
  const fresh = useKeptPlace(ids, rowHeight, scroller, list);

  const cursorIndex = cursorId === null ? -1 : ids.indexOf(cursorId);
  useEffect(() => {
    const reveal = (): void => {
      const at = cursorId === null ? -1 : getState().queue.ids.indexOf(cursorId);
      // Under the pointer nothing may move: a list that scrolls between press and release swallows the click.
      if (at >= 0 && !byPointer.current && !isInView(list, at * rowHeight, rowHeight)) list.scrollToIndex(at, { align: 'auto' });
    };
    if (getState().openId !== cursorId) {
      reveal();
      return undefined;
    }
    // The one before is mostly done and leaves the list, which then makes room by itself.
    const timer = setTimeout(reveal, LEAVES_WITHIN_MS);
    return () => clearTimeout(timer);
    // Only a move of the cursor scrolls; a change of the list keeps its place by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursorId]);

  const items = list.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (ids.length > 0 && lastShown >= ids.length - NEAR_END) void loadMoreRows();
  }, [lastShown, ids.length]);

  // A change of view takes the list away for a moment; who walked in it goes on walking.
  const isShown = ids.length > 0;
  useEffect(() => {
    if (isShown && hadFocus.current && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [isShown]);

  const showSkeleton = useDelayed(loading && ids.length === 0);
  if (ids.length === 0) return loading ? (showSkeleton ? <QueueSkeleton /> : null) : <QueueEmpty />;

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -ids.length, End: ids.length };
    const step = event.altKey || event.ctrlKey || event.metaKey ? undefined : steps[event.key];
    if (step !== undefined) moveCursor(step);
    else if (event.key === 'Escape' && getState().marked.length > 0) unmark();
    else if ((event.key === 'Enter' || event.key === ' ') && cursorId !== null) void openConversation(cursorId);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="queue-scroll-box">
      {fresh > 0 && (
        <button type="button" className="pill new-pill" onClick={() => scroller.current?.scrollTo({ top: 0 })}>
          <ArrowUp size={13} aria-hidden="true" /> {t('queue.fresh', { count: fresh })}
        </button>
      )}
      <div
        ref={scroller} id="queue-list" className="queue-scroll" role="listbox" tabIndex={0} aria-label={t('queue.list')} data-focus-target="queue"
        {...(cursorIndex >= 0 && cursorId !== null ? { 'aria-activedescendant': `row-${cursorId}` } : {})}
        onKeyDown={onKeyDown}
        onBlur={() => { hadFocus.current = false; }}
        onFocus={() => { hadFocus.current = true; if (!byPointer.current && getState().cursorId === null) setState({ cursorId: ids[0] ?? null }); }}
      >
        <div className="virtual" role="presentation" style={{ height: list.getTotalSize() }}>
          <div className="virtual-run" role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map((item) => (
              <div key={item.key} role="presentation" className="virtual-item" style={{ height: item.size }}>
                <QueueRow id={ids[item.index] ?? ''} position={item.index + 1} />
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

/** Told from what the list knows already: asking the page would lay it out. */
function isInView(list: List, top: number, height: number): boolean {
  const from = list.scrollOffset ?? 0;
  return list.scrollRect !== null && top >= from && top + height <= from + list.scrollRect.height;
}

/** Whether the last thing done in the window was done with the pointer. */
function useByPointer(): { readonly current: boolean } {
  const byPointer = useRef(false);
  useEffect(() => {
    const pointer = (): void => { byPointer.current = true; };
    const key = (): void => { byPointer.current = false; };
    window.addEventListener('pointerdown', pointer, true);
    window.addEventListener('keydown', key, true);
    return () => {
      window.removeEventListener('pointerdown', pointer, true);
      window.removeEventListener('keydown', key, true);
    };
  }, []);
  return byPointer;
}

/**
 * Keeps what is being read where it is when rows come, go or move: the row under the pointer, else the open one, else the first on screen.
 * Answers how many new rows stand above the screen.
 */
function useKeptPlace(ids: readonly string[], rowHeight: number, scroller: { readonly current: HTMLDivElement | null }, list: List): number {
  const before = useRef<readonly string[]>(ids);
  const [fresh, setFresh] = useState<readonly string[]>([]);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = ids;
    const box = scroller.current;
    if (box === null || was === ids || was.length === 0) return;
    // As in `isInView`: a row that leaves must not have the page laid out twice.
    let top = list.scrollOffset ?? 0;
    const anchor = anchorOf(box, was, rowHeight, top, list.scrollRect?.height ?? 0);
    if (anchor !== null) {
      const delta = (ids.indexOf(anchor) - was.indexOf(anchor)) * rowHeight;
      if (ids.includes(anchor) && delta !== 0) {
        box.scrollTop += delta;
        top = box.scrollTop;
      }
    }
    const known = new Set(was);
    const firstShown = Math.floor(top / rowHeight);
    const above = ids.slice(0, firstShown).filter((id) => !known.has(id));
    setFresh((old) => (old.length === 0 && above.length === 0 ? old : [...old.filter((id) => ids.includes(id)), ...above]));
  }, [ids, rowHeight, scroller, list]);
  useEffect(() => {
    const box = scroller.current;
    if (box === null || fresh.length === 0) return undefined;
    const seen = (): void => {
      const firstShown = Math.floor((box.scrollTop + rowHeight / 2) / rowHeight);
      setFresh((old) => { const left = old.filter((id) => before.current.indexOf(id) < firstShown); return left.length === old.length ? old : left; });
    };
    box.addEventListener('scroll', seen, { passive: true });
    return () => box.removeEventListener('scroll', seen);
  }, [fresh.length, rowHeight, scroller]);
  return fresh.length;
}

function anchorOf(box: HTMLDivElement, was: readonly string[], rowHeight: number, top: number, height: number): string | null {
  const hovered = box.matches(':hover') ? box.querySelector('[role=option]:hover') : null;
  if (hovered !== null) return hovered.id.slice('row-'.length);
  const { openId, cursorId } = getState();
  const first = Math.floor(top / rowHeight);
  // The one cut off at the end is no hold: it comes into view as rows above it leave.
  const last = Math.floor((top + height) / rowHeight) - 1;
  const isShown = (id: string | null): id is string => id !== null && was.indexOf(id) >= first && was.indexOf(id) <= last;
  if (isShown(openId)) return openId;
  if (box.contains(document.activeElement) && isShown(cursorId)) return cursorId;
  return top > 0 ? (was[first] ?? null) : null;
}

function QueueSkeleton() {
  return (
    <div className="queue-scroll" aria-busy="true" aria-label={t('common.loading')}>
      {Array.from({ length: 9 }, (_, index) => <div key={index} className="skeleton-row"><span className="bone is-dot" /><span className="bone is-name" /><span className="bone is-line" /></div>)}
    </div>
  );
}
