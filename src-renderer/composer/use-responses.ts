import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { CannedHit, ComposerMode } from '../../src-preload/contract/index.ts';
import { ask, call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { speak } from '../state/toasts.ts';
import { firstBlank, slashAt } from './blanks.ts';
import { caretPoint } from './caret.ts';
import { editDraft, localDraft } from './local-drafts.ts';

const MOST = 7;

interface Open {
  readonly start: number;
  readonly query: string;
  readonly at: { readonly x: number; readonly top: number; readonly bottom: number };
}

export interface Responses {
  readonly at: Open['at'] | null;
  readonly hits: readonly CannedHit[];
  readonly chosen: number;
  /** After every change of text or caret. */
  readonly look: () => void;
  /** True when the key was for the list. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly pick: (hit: CannedHit) => void;
  readonly close: () => void;
}

interface Found { readonly query: string; readonly hits: readonly CannedHit[] }

/** Canned responses while writing: "/" at the start of a word opens them, letters narrow, Enter inserts with the cursor in the first blank. */
export function useResponses(area: RefObject<HTMLTextAreaElement | null>, conversationId: string, mode: ComposerMode): Responses {
  const [open, setOpen] = useState<Open | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState(0);
  /** A "/" closed by Escape stays closed until it is gone. */
  const dismissed = useRef<number | null>(null);
  const asked = useRef<{ query: string; answer: Promise<Found> } | null>(null);

  const close = (): void => {
    setOpen(null);
    setFound(null);
    asked.current = null;
  };

  const find = (query: string): Promise<Found> => {
    if (asked.current?.query === query) return asked.current.answer;
    const answer = ask('canned.find', { conversationId, mode, text: query, limit: MOST }).then((given): Found => ({ query, hits: given.ok ? given.value.hits : [] }));
    asked.current = { query, answer };
    void answer.then((result) => {
      if (asked.current?.query !== query) return;
      setFound(result);
      setChosen(0);
      speak(t('canned.found', { count: result.hits.length }));
    });
    return answer;
  };

  const look = (): void => {
    const box = area.current;
    if (box === null) return;
    const slash = box.selectionStart === box.selectionEnd ? slashAt(box.value, box.selectionStart) : null;
    if (slash === null || slash.start !== dismissed.current) dismissed.current = null;
    if (slash === null || dismissed.current !== null) {
      if (open !== null) close();
      return;
    }
    setOpen((before) => (before !== null && before.start === slash.start && before.query === slash.query ? before : { ...slash, at: before !== null && before.start === slash.start ? before.at : caretPoint(box, slash.start) }));
    void find(slash.query);
  };

  useEffect(() => close, [conversationId, mode]);
  useEffect(() => {
    const follow = (): void => setOpen((before) => (before === null || area.current === null ? before : { ...before, at: caretPoint(area.current, before.start) }));
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, [area]);

  const insert = async (hit: CannedHit, start: number): Promise<void> => {
    close();
    const box = area.current;
    const given = await call('canned.insert', { cannedId: hit.id, conversationId, mode });
    if (given === null || box === null) return;
    box.focus();
    box.setSelectionRange(start, box.selectionStart);
    // The only way to change a field that leaves its own undo whole.
    document.execCommand('insertText', false, given.text);
    if (given.attachments.length > 0) editDraft(conversationId, mode, { attachments: [...localDraft(conversationId, mode).attachments, ...given.attachments] });
    const blank = firstBlank(box.value, start);
    if (blank !== null && blank.end <= start + given.text.length) box.setSelectionRange(blank.start, blank.end);
  };

  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (open === null || event.ctrlKey || event.metaKey || event.altKey) return false;
    const hits = found?.hits ?? [];
    const isCurrent = found?.query === open.query;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (hits.length === 0) return false;
      setChosen((before) => (before + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length);
    } else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      if (isCurrent && hits.length === 0) return false;
      const { start, query } = open;
      // Fast fingers press Enter before the answer is there: what they typed decides, not what happens to be shown.
      if (isCurrent) void insert(hits[chosen] ?? (hits[0] as CannedHit), start);
      else void find(query).then((result) => { if (result.hits[0] !== undefined) void insert(result.hits[0], start); });
    } else if (event.key === 'Escape' && hits.length > 0) {
      dismissed.current = open.start;
      close();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return { at: open?.at ?? null, hits: open === null ? [] : (found?.hits ?? []), chosen, look, onKeyDown, close, pick: (hit) => { if (open !== null) void insert(hit, open.start); } };
}
