import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { BookPlus } from 'lucide-react';
import { t } from '../../locales/index.ts';
import type { Spelling } from './use-spelling.ts';

export const SPELL_LIST = 'spell-list';
export const spellId = (index: number): string => `spell-${index}`;
const MARGIN = 8;

/** What may have been meant, at the word; the focus stays in the text. */
export function SpellList({ spelling: { open, pick } }: { spelling: Spelling }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open === null || box.current === null) return;
    const { offsetWidth, offsetHeight, style } = box.current;
    const isAbove = open.at.top - offsetHeight - MARGIN >= MARGIN;
    style.left = `${Math.max(MARGIN, Math.min(open.at.x - 10, window.innerWidth - offsetWidth - MARGIN))}px`;
    style.top = `${isAbove ? open.at.top - offsetHeight - 4 : open.at.bottom + 4}px`;
  }, [open]);
  if (open === null || open.words === null) return null;
  const { words, chosen } = open;
  return createPortal(
    <div ref={box} id={SPELL_LIST} role="listbox" aria-label={t('spell.list', { word: open.word })} className="responses is-spelling" data-test="spelling" onMouseDown={(event) => event.preventDefault()}>
      {words.map((word, index) => <div key={word} id={spellId(index)} role="option" aria-selected={index === chosen} className="response spell-word" onClick={() => pick(index)}>{word}</div>)}
      <div id={spellId(words.length)} role="option" aria-selected={words.length === chosen} className="response spell-add" onClick={() => pick(words.length)}><BookPlus size={13} aria-hidden="true" />{t('spell.add', { word: open.word })}</div>
    </div>,
    document.querySelector('main') ?? document.body,
  );
}
