import { useEffect, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { ask, call } from '../../bridge.ts';
import type { Output } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { speak } from '../../state/toasts.ts';
import { caretPoint } from '../drafts/caret.ts';
import { markAfter, markAt, shiftMarks, type SpellMark } from './spell-marks.ts';

const QUIET_MS = 350;
type Language = NonNullable<Output<'spell.check'>['language']>;

interface Found { readonly text: string; readonly language: Language | null; readonly marks: readonly SpellMark[] }
interface Open { readonly mark: SpellMark; readonly word: string; readonly at: { readonly x: number; readonly top: number; readonly bottom: number }; readonly words: readonly string[] | null; readonly chosen: number }

export interface Spelling {
  readonly marks: readonly SpellMark[];
  readonly open: Open | null;
  /** Suggestions, then the line that teaches the desk the word. */
  readonly pick: (index: number) => void;
  readonly close: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly onContextMenu: (event: MouseEvent) => void;
}

/** Misspelled words of a draft: asked about when the fingers rest, walked by F7, put right from a list. */
export function useSpelling(area: RefObject<HTMLTextAreaElement | null>, conversationId: string, text: string, isWanted: boolean): Spelling {
  const isOn = useApp((state) => state.settings.spellCheck) && isWanted;
  const taught = useApp((state) => state.settings.spellWords);
  const [found, setFound] = useState<Found>({ text: '', language: null, marks: [] });
  const [open, setOpen] = useState<Open | null>(null);
  useEffect(() => {
    if (!isOn || text.trim() === '') return undefined;
    let isOld = false;
    const timer = setTimeout(() => {
      void ask('spell.check', { conversationId, text }).then((answer) => {
        // A draft is written without its underlines as well.
        if (!isOld && answer.ok) setFound({ text, ...answer.value });
      });
    }, QUIET_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [conversationId, text, isOn, taught]);
  useEffect(() => {
    const follow = (): void => setOpen((now) => (now === null || area.current === null ? now : { ...now, at: caretPoint(area.current, now.mark.start) }));
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, [area]);
  const marks = !isOn || text.trim() === '' ? [] : shiftMarks(found.marks, found.text, text);
  // What was open is of a text that is no more.
  const shown = open !== null && text.slice(open.mark.start, open.mark.end) === open.word ? open : null;

  const show = (mark: SpellMark): void => {
    const box = area.current;
    if (box === null || found.language === null) return;
    const word = text.slice(mark.start, mark.end);
    box.setSelectionRange(mark.start, mark.end);
    setOpen({ mark, word, at: caretPoint(box, mark.start), words: null, chosen: 0 });
    void ask('spell.suggest', { language: found.language, word }).then((answer) => {
      const words = answer.ok ? answer.value.words : [];
      setOpen((now) => (now === null || now.mark !== mark ? now : { ...now, words }));
      speak(t('spell.spoken', { word, count: words.length }));
    });
  };
  const close = (): void => setOpen(null);
  const pick = (index: number): void => {
    const box = area.current;
    if (shown === null || box === null) return;
    close();
    const word = shown.words?.[index];
    box.focus();
    if (word === undefined) {
      void call('spell.add', { word: shown.word });
      return;
    }
    box.setSelectionRange(shown.mark.start, shown.mark.end);
    // The only way to change a field that leaves its own undo whole.
    document.execCommand('insertText', false, word);
  };

  return {
    marks, open: shown, pick, close,
    onKeyDown(event) {
      const box = area.current;
      if (event.key === 'F7' && box !== null && marks.length > 0) {
        const next = markAfter(marks, shown === null ? box.selectionStart : shown.mark.end);
        if (next !== undefined) show(next);
      } else if (shown === null || event.ctrlKey || event.metaKey || event.altKey) return false;
      else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const count = (shown.words?.length ?? 0) + 1;
        setOpen({ ...shown, chosen: (shown.chosen + (event.key === 'ArrowDown' ? 1 : -1) + count) % count });
      } else if (event.key === 'Enter') {
        if (shown.words !== null) pick(shown.chosen);
      } else if (event.key === 'Escape') {
        close();
        box?.setSelectionRange(shown.mark.end, shown.mark.end);
      } else {
        close();
        return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    onContextMenu(event) {
      const box = area.current;
      const mark = box === null ? undefined : markAt(marks, box.selectionStart);
      // Anywhere else the field's own menu is wanted.
      if (mark === undefined) return;
      event.preventDefault();
      show(mark);
    },
  };
}
