import { useEffect } from 'react';
import { create } from 'zustand';
import type { ComposerMode, SuggestionHit } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { getState, useApp } from '../../state/store.ts';
import { firstBlank } from '../drafts/blanks.ts';
import { editDraft, localDraft } from '../drafts/local-drafts.ts';

interface Shown { readonly place: string; readonly mode: ComposerMode; readonly hits: readonly SuggestionHit[] }
const NOTHING: Shown = { place: '', mode: 'note', hits: [] };
const useShown = create<Shown>(() => NOTHING);

/** What could be answered here; asked anew when somebody has written. */
export function useSuggestions(conversationId: string, mode: ComposerMode): readonly SuggestionHit[] {
  const newest = useApp((state) => state.conversations[conversationId]?.lastMessageId ?? 0);
  const isOn = useApp((state) => state.settings.showSuggestions) && mode !== 'note' && mode !== 'call' && mode !== 'post';
  const place = isOn ? `${conversationId}:${mode}:${newest}` : '';
  useEffect(() => {
    let isOld = false;
    if (place !== '') void ask('suggest.find', { conversationId, mode }).then((answer) => { if (!isOld) useShown.setState({ place, mode, hits: answer.ok ? answer.value.hits : [] }, true); });
    return () => {
      isOld = true;
      useShown.setState(NOTHING, true);
    };
  }, [conversationId, mode, place]);
  return useShown((shown) => (shown.place === place ? shown.hits : NOTHING.hits));
}

const composerBox = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>('textarea[data-focus-target=composer]');

/** Puts text where the caret stands in the composer, as typed: its own undo takes it back. */
function insertText(text: string): void {
  const box = composerBox();
  if (box === null || box.disabled) return;
  box.focus();
  const from = box.selectionStart;
  const before = box.value.slice(0, from);
  const lead = before === '' || /\s$/u.test(before) ? '' : /\n/u.test(text) ? '\n\n' : ' ';
  document.execCommand('insertText', false, `${lead}${text}`);
  const blank = firstBlank(box.value, from);
  if (blank !== null && blank.end <= from + lead.length + text.length) box.setSelectionRange(blank.start, blank.end);
}

/** Inserts one; nothing is ever sent by it. */
export async function takeSuggestion(index: number): Promise<void> {
  const { openId } = getState();
  const { place, mode, hits } = useShown.getState();
  const hit = hits[index];
  if (hit === undefined || openId === null || !place.startsWith(openId)) return;
  if (hit.type === 'answer') return insertText(hit.text);
  if (hit.type === 'faq') {
    void call('faq.use', { faqId: hit.faqId });
    return insertText(hit.text);
  }
  const given = await call('canned.insert', { cannedId: hit.cannedId, conversationId: openId, mode });
  // Whoever has gone on to somebody else meanwhile has left it behind.
  if (given === null || getState().openId !== openId || useShown.getState().place !== place) return;
  insertText(given.text);
  if (given.attachments.length > 0) editDraft(openId, mode, { attachments: [...localDraft(openId, mode).attachments, ...given.attachments] });
}

/** Opens the help pages where the caret stands. */
export const openHelpPages = (): void => insertText('//');

/** A matter that was asked in public goes on there. */
export const answerInPublic = (conversationId: string): void => setMode(conversationId, 'reply');
