import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { getState, useApp } from '../../state/store.ts';
import { dropTarget, loadNewer, loadOlder, markRead, toNewest } from '../../state/actions/conversation-actions.ts';
import { useMinute } from '../../state/ticker.ts';
import { useIsShown } from '../../ui/is-shown.ts';
import { dayLabel } from '../../state/words/time.ts';
import { EntryView } from './entry-view.tsx';
import { estimateHeight } from './timeline-heights.ts';
import { timelineItems, type TimelineItem } from './timeline-items.ts';

const none: readonly number[] = [];
/** Rows from an edge at which what lies beyond is read. */
const NEAR_EDGE = 30;
const NEAR_END_PX = 120;
const SEEN_AFTER_MS = 1_000;
const PADDING_PX = 16;
/** Before the first paint only what is seen is made; the rows around it follow. */
const OVERSCAN = { opening: 2, open: 8 } as const;
/** The rows around what is seen are for whoever stays; somebody who goes on at once needs the next conversation sooner. */
const STAYS_MS = 250;
/** How large the last timeline was. The next one opens with it, so that nothing has to be laid out to know what to show. */
let lastRect = { width: 640, height: Math.max(200, window.innerHeight - 320) };

export function Timeline({ conversationId }: { conversationId: string }) {
  const timeline = useApp((state) => state.timelines[conversationId]);
  const zone = useApp((state) => state.settings.officeZone);
  const ids = timeline?.ids ?? none;
  const firstUnreadId = timeline?.firstUnreadId ?? null;
  const items = useMemo(() => timelineItems(ids, getState().entries, zone, firstUnreadId), [ids, zone, firstUnreadId]);
  const scroller = useRef<HTMLDivElement>(null);
  /** The newest entries follow somewhere further down. */
  const isFarBack = timeline !== undefined && timeline.tail !== null;
  const [isAtBottom, setAtBottom] = useState(true);
  const isAtEnd = isAtBottom && !isFarBack;
  // What joins from further down is no news: it must not take the reader with it.
  const wasFarBack = useRef(isFarBack);
  const follows = !isFarBack && !wasFarBack.current;
  useEffect(() => { wasFarBack.current = isFarBack; });

  const isShown = useIsShown();
  const [isPlaced, setPlaced] = useState(false);
  const list = useVirtualizer({
    count: items.length, overscan: isPlaced ? OVERSCAN.open : OVERSCAN.opening, anchorTo: 'end', followOnAppend: follows, scrollEndThreshold: NEAR_END_PX, paddingStart: PADDING_PX, paddingEnd: PADDING_PX,
    initialRect: lastRect, initialOffset: () => openingOffset(items, firstUnreadId, targetIn(conversationId)), observeElementRect: observeRect, measureElement: measure,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: (index) => estimate(items[index]),
  });

  const goTo = useCallback((entryId: number, align: 'start' | 'center') => {
    const index = items.findIndex((item) => item.type === 'entry' && item.id === entryId);
    if (index >= 0) list.scrollToIndex(Math.max(0, align === 'start' ? index - 1 : index), { align });
    return index >= 0;
  }, [items, list]);

  // Opens at the first unread, else at the newest.
  const started = useRef(false);
  useEffect(() => {
    if (started.current || items.length === 0) return;
    started.current = true;
    if (getState().target?.conversationId === conversationId) return;
    if (firstUnreadId === null || !goTo(firstUnreadId, 'start')) list.scrollToEnd();
  }, [items.length, conversationId, firstUnreadId, goTo, list]);

  // Older ones are asked for only once the list is shown and stands where it opens, or its top would count as reached.
  const isEmpty = items.length === 0;
  useEffect(() => {
    if (!isShown || isEmpty) return undefined;
    const timer = setTimeout(() => setPlaced(true), STAYS_MS);
    return () => clearTimeout(timer);
  }, [isShown, isEmpty]);

  const found = useTarget(conversationId, items.length, goTo);

  const shown = list.getVirtualItems();
  const firstShown = shown[0]?.index ?? 0;
  useEffect(() => {
    if (isPlaced && firstShown < NEAR_EDGE && timeline?.hasOlder === true && !timeline.loading) void loadOlder(conversationId);
  }, [isPlaced, firstShown, timeline?.hasOlder, timeline?.loading, conversationId]);

  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (isPlaced && isFarBack && lastShown > items.length - NEAR_EDGE && timeline?.loading === false) void loadNewer(conversationId);
  }, [isPlaced, isFarBack, lastShown, items.length, timeline?.loading, conversationId]);
  const wantsEnd = useRef(false);
  const goToEnd = (): void => {
    wantsEnd.current = isFarBack;
    if (isFarBack) toNewest(conversationId);
    else list.scrollToEnd();
  };
  useEffect(() => {
    if (!wantsEnd.current || isFarBack) return;
    wantsEnd.current = false;
    list.scrollToEnd();
  }, [isFarBack, items, list]);

  // A composer that grows takes room from below: what was at the end stays at the end.
  const atEnd = useRef(true);
  atEnd.current = isAtEnd;
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => { if (started.current && atEnd.current) list.scrollToEnd(); });
    observer.observe(box);
    return () => observer.disconnect();
  }, [list]);

  const newest = ids.at(-1);
  const unread = useApp((state) => state.conversations[conversationId]?.unread ?? 0);
  const hasNewBelow = !isAtEnd && unread > 0;
  useEffect(() => {
    if (!isShown || !isAtEnd || unread === 0 || newest === undefined || document.hidden) return undefined;
    const timer = setTimeout(() => markRead(conversationId, newest), SEEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isShown, isAtEnd, unread, newest, conversationId]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const target = event.target as HTMLElement;
    if (step !== 0 && (target === scroller.current || target.getAttribute('role') === 'article')) {
      event.preventDefault();
      moveArticle(scroller.current, target, step);
    } else if (event.key === 'End' && target === scroller.current) {
      event.preventDefault();
      goToEnd();
    }
  };

  return (
    <div className="timeline-box">
      <div
        ref={scroller} className="timeline" role="feed" aria-label={t('conversation.timeline')} aria-busy={timeline?.loading === true} tabIndex={0} data-focus-target="conversation"
        onKeyDown={onKeyDown}
        onScroll={(event) => { const box = event.currentTarget; setAtBottom(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX); }}
      >
        {timeline?.loading === true && firstShown < NEAR_EDGE && <p className="timeline-loading">{t('conversation.loadingOlder')}</p>}
        <div className="virtual" role="presentation" style={{ height: list.getTotalSize() }}>
          <div className="virtual-run" role="presentation" style={{ transform: `translateY(${shown[0]?.start ?? 0}px)` }}>
            {shown.map((row) => {
              const item = items[row.index];
              return item === undefined ? null : (
                <div key={row.key} ref={list.measureElement} data-index={row.index} role="presentation" className="virtual-item">
                  <ItemView item={item} isFound={item.type === 'entry' && item.id === found} />
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" className={`pill end-pill${hasNewBelow ? ' is-news' : ''}`} onClick={goToEnd} aria-label={hasNewBelow ? t('conversation.newBelow', { count: unread }) : t('conversation.toNewest')}>
          <ArrowDown size={13} aria-hidden="true" /> {hasNewBelow ? t('conversation.newBelow', { count: unread }) : t('conversation.newest')}
        </button>
      )}
    </div>
  );
}

const ItemView = memo(function ItemView({ item, isFound }: { item: TimelineItem; isFound: boolean }) {
  switch (item.type) {
    case 'day': return <DayLine at={item.at} />;
    case 'new': return <div className="new-line"><span>{t('conversation.newFromHere')}</span></div>;
    case 'entry': return <EntryView id={item.id} showSubject={item.showSubject} isFound={isFound} />;
  }
});

function DayLine({ at }: { at: number }) {
  const zone = useApp((state) => state.settings.officeZone);
  const label = dayLabel(at, useMinute(), zone);
  return <div className="day-line"><span>{label}</span></div>;
}

const estimate = (item: TimelineItem | undefined): number => estimateHeight(item, item?.type === 'entry' ? getState().entries[item.id] : undefined, lastRect.width);

const targetIn = (conversationId: string): number | null => { const { target } = getState(); return target?.conversationId === conversationId ? target.entryId : null; };

/** Where a timeline opens, as far as heights are known before anything is laid out: around what search points at, at the first unread, else at the end. */
function openingOffset(items: readonly TimelineItem[], firstUnreadId: number | null, targetId: number | null): number {
  const indexOf = (id: number | null): number => (id === null ? -1 : items.findIndex((item) => item.type === 'entry' && item.id === id));
  const heights = items.map(estimate);
  const above = (index: number): number => heights.slice(0, Math.max(0, index)).reduce((sum, height) => sum + height, PADDING_PX);
  const end = Math.max(0, above(items.length) + PADDING_PX - lastRect.height);
  const target = indexOf(targetId);
  if (target >= 0) return Math.min(end, Math.max(0, above(target) + ((heights[target] ?? 0) - lastRect.height) / 2));
  const unread = indexOf(firstUnreadId) - 1;
  return unread < 0 ? end : Math.min(end, above(unread));
}

const heightOf = (entry: ResizeObserverEntry | undefined): number => Math.round(entry?.borderBoxSize[0]?.blockSize ?? 0);

/** Sizes come with the frame's own layout. Asking for them as rows are put in would lay the page out row by row. */
function observeRect(instance: Virtualizer<HTMLDivElement, Element>, tell: (rect: { width: number; height: number }) => void): (() => void) | undefined {
  const box = instance.scrollElement;
  if (box === null) return undefined;
  const observer = new ResizeObserver(([entry]) => {
    lastRect = { width: Math.round(entry?.borderBoxSize[0]?.inlineSize ?? 0), height: heightOf(entry) };
    tell(lastRect);
  });
  observer.observe(box);
  return () => observer.disconnect();
}

function measure(node: Element, entry: ResizeObserverEntry | undefined, instance: Virtualizer<HTMLDivElement, Element>): number {
  if (entry !== undefined) return heightOf(entry);
  const index = instance.indexFromElement(node);
  return instance.measurementsCache[index]?.size ?? instance.options.estimateSize(index);
}

/** Brings the entry that search pointed at into view, once it is loaded, and marks it for a moment. */
function useTarget(conversationId: string, loaded: number, goTo: (entryId: number, align: 'center') => boolean): number | null {
  const target = useApp((state) => (state.target?.conversationId === conversationId ? state.target.entryId : null));
  const [found, setFound] = useState<number | null>(null);
  useEffect(() => {
    if (target === null || loaded === 0 || !goTo(target, 'center')) return;
    setFound(target);
    dropTarget();
  }, [target, loaded, goTo]);
  useEffect(() => {
    if (found === null) return undefined;
    const timer = setTimeout(() => setFound(null), 2_500);
    return () => clearTimeout(timer);
  }, [found]);
  return found;
}

function moveArticle(box: HTMLElement | null, from: HTMLElement, step: number): void {
  if (box === null) return;
  const articles = [...box.querySelectorAll<HTMLElement>('[role=article]')];
  const at = articles.indexOf(from);
  const next = at === -1 ? (step > 0 ? firstVisible(box, articles) : articles.at(-1)) : articles[at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

function firstVisible(box: HTMLElement, articles: readonly HTMLElement[]): HTMLElement | undefined {
  const top = box.getBoundingClientRect().top;
  return articles.find((article) => article.getBoundingClientRect().bottom > top + 8);
}
