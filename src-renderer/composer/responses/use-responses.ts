import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { ComposerMode } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { speak } from '../../state/toasts.ts';
import { firstBlank } from '../drafts/blanks.ts';
import { caretPoint } from '../drafts/caret.ts';
import { insertionAt, type Typed } from '../drafts/insertion.ts';
import { inlineAt, type InlineHit, type InlineSource } from '../mail/inline-sources.ts';
import { editDraft, localDraft } from '../drafts/local-drafts.ts';

interface Open {
  readonly source: InlineSource;
  readonly start: number;
  readonly query: string;
  readonly at: { readonly x: number; readonly top: number; readonly bottom: number };
}

export interface Responses {
  readonly at: Open['at'] | null;
  readonly source: InlineSource['name'] | null;
  readonly hits: readonly InlineHit[];
  readonly chosen: number;
  /** After every change of text or caret. */
  readonly look: () => void;
  /** True when the key was for the list. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly pick: (hit: InlineHit) => void;
  readonly close: () => void;
}

interface Found { readonly source: InlineSource; readonly query: string; readonly hits: readonly InlineHit[] }

/** Lists in the text: "/" at the start of a word opens the canned responses, "//" the help pages, ":" the emoji; letters narrow, Enter inserts with the cursor in the first blank. */
export function useResponses(area: RefObject<HTMLTextAreaElement | null>, conversationId: string, mode: ComposerMode): Responses {
  const [open, setOpen] = useState<Open | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState(0);
  /** A list closed by Escape stays closed until it is gone. */
  const dismissed = useRef<number | null>(null);
  const asked = useRef<{ source: InlineSource; query: string; answer: Promise<Found> } | null>(null);

  const close = (): void => {
    setOpen(null);
    setFound(null);
    asked.current = null;
  };

  const find = (source: InlineSource, query: string): Promise<Found> => {
    if (asked.current?.query === query && asked.current.source === source) return asked.current.answer;
    const answer = source.find({ conversationId, mode }, query).then((hits): Found => ({ source, query, hits }));
    asked.current = { source, query, answer };
    void answer.then((result) => {
      if (asked.current?.query !== query || asked.current.source !== source) return;
      setFound(result);
      setChosen(0);
      speak(t(`inline.found.${source.name}`, { count: result.hits.length }));
    });
    return answer;
  };

  const look = (): void => {
    const box = area.current;
    if (box === null) return;
    const slash = box.selectionStart === box.selectionEnd ? inlineAt(box.value, box.selectionStart, mode) : null;
    if (slash === null || slash.start !== dismissed.current) dismissed.current = null;
    if (slash === null || dismissed.current !== null) {
      if (open !== null) close();
      return;
    }
    setOpen((before) => (before !== null && before.source === slash.source && before.start === slash.start && before.query === slash.query ? before : { ...slash, at: before !== null && before.start === slash.start ? before.at : caretPoint(box, slash.start) }));
    void find(slash.source, slash.query);
  };

  useEffect(() => close, [conversationId, mode]);
  useEffect(() => {
    const follow = (): void => setOpen((before) => (before === null || area.current === null ? before : { ...before, at: caretPoint(area.current, before.start) }));
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, [area]);

  /** What was typed up to now is what the text takes the place of; the list does not come back while it is on its way. */
  const leave = ({ start }: Open): Typed => {
    const box = area.current;
    close();
    dismissed.current = start;
    return { start, text: box?.value.slice(start, Math.max(start, box.selectionStart)) ?? '' };
  };

  const insert = async (source: InlineSource, hit: InlineHit, typed: Typed): Promise<void> => {
    const box = area.current;
    const given = await source.take({ conversationId, mode }, hit);
    if (given === null || box === null || !box.isConnected) return;
    box.focus();
    const { from: start, to, later } = insertionAt(box.value, box.selectionStart, typed);
    box.setSelectionRange(start, to);
    // The only way to change a field that leaves its own undo whole.
    document.execCommand('insertText', false, given.text);
    if (later > 0) box.setSelectionRange(start + given.text.length + later, start + given.text.length + later);
    if (given.attachments.length > 0) editDraft(conversationId, mode, { attachments: [...localDraft(conversationId, mode).attachments, ...given.attachments] });
    const blank = later > 0 ? null : firstBlank(box.value, start);
    if (blank !== null && blank.end <= start + given.text.length) box.setSelectionRange(blank.start, blank.end);
  };

  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (open === null || event.ctrlKey || event.metaKey || event.altKey) return false;
    const hits = found?.hits ?? [];
    const isCurrent = found?.query === open.query && found.source === open.source;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (hits.length === 0) return false;
      setChosen((before) => (before + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length);
    } else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      if (isCurrent && hits.length === 0) return false;
      const { source, query } = open;
      const hit = isCurrent ? (hits[chosen] ?? hits[0]) : undefined;
      // Fast fingers press Enter before the answer is there: what they typed decides, not what happens to be shown.
      const waiting = hit === undefined ? find(source, query) : null;
      const typed = leave(open);
      if (hit !== undefined) void insert(source, hit, typed);
      else void waiting?.then((result) => { if (result.hits[0] !== undefined) void insert(source, result.hits[0], typed); });
    } else if (event.key === 'Escape' && hits.length > 0) {
      dismissed.current = open.start;
      close();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const shown = open !== null && found?.source === open.source ? found.hits : [];
  return { at: open?.at ?? null, source: open?.source.name ?? null, hits: shown, chosen, look, onKeyDown, close, pick: (hit) => { if (open !== null) void insert(open.source, hit, leave(open)); } };
}
