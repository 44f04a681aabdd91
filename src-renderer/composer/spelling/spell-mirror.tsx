import { useLayoutEffect, useRef, type RefObject } from 'react';
import { COPIED } from '../drafts/caret.ts';
import { piecesOf, type SpellMark } from './spell-marks.ts';

/** Waves under misspelled words: the field's text laid out once more exactly over it, with nothing of it to be seen. */
export function SpellMirror({ area, text, marks, typingAt }: { area: RefObject<HTMLTextAreaElement | null>; text: string; marks: readonly SpellMark[]; typingAt: number | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  const isEmpty = marks.length === 0;
  useLayoutEffect(() => {
    const [box, outer, inner] = [area.current, frame.current, copy.current];
    if (box === null || outer === null || inner === null) return undefined;
    const scroll = (): void => { inner.style.transform = `translateY(${-box.scrollTop}px)`; };
    const follow = (): void => {
      const style = getComputedStyle(box);
      for (const name of COPIED) inner.style[name] = style[name];
      Object.assign(outer.style, { left: `${box.offsetLeft}px`, top: `${box.offsetTop}px`, width: `${box.clientWidth}px`, height: `${box.clientHeight}px` });
      scroll();
    };
    follow();
    // A letter changes size or scroll position, or nothing here: asking at every key would lay a long text out once more.
    const watch = new ResizeObserver(follow);
    watch.observe(box);
    // What stands above the field moves it without changing its size.
    if (box.parentElement !== null) watch.observe(box.parentElement);
    box.addEventListener('scroll', scroll);
    return () => {
      watch.disconnect();
      box.removeEventListener('scroll', scroll);
    };
  }, [area, isEmpty]);
  if (isEmpty) return null;
  return (
    <div ref={frame} className="spell-mirror" aria-hidden="true" data-test="spell-mirror">
      <div ref={copy} className="spell-copy" dir="auto">{piecesOf(text, marks, typingAt).map((piece, index) => (index % 2 === 0 ? piece : <span key={index} className="misspelled">{piece}</span>))}{'\u200b'}</div>
    </div>
  );
}
