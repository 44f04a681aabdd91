import { useEffect } from 'react';
import { create } from 'zustand';
import type { ComposerMode, SuggestionHit } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { getState, useApp } from '../../state/store.ts';
import { without } from '../../state/without.ts';
import { focusTarget } from '../../ui/focus-target.ts';
import { firstBlank } from '../drafts/blanks.ts';
import { editDraft, localDraft } from '../drafts/local-drafts.ts';

interface Offer { readonly place: string; readonly mode: ComposerMode; readonly hits: readonly SuggestionHit[] }
const NONE: readonly SuggestionHit[] = [];
/** What each composer there is offers, by conversation. */
const useOffers = create<Readonly<Record<string, Offer>>>(() => ({}));

/** What could be answered here; asked anew when somebody has written. */
export function useSuggestions(conversationId: string, mode: ComposerMode): readonly SuggestionHit[] {
  const newest = useApp((state) => state.conversations[conversationId]?.lastMessageId ?? 0);
  const isOn = useApp((state) => state.settings.showSuggestions) && mode !== 'note' && mode !== 'call' && mode !== 'post';
  const place = isOn ? `${conversationId}:${mode}:${newest}` : '';
  useEffect(() => {
    if (place === '') return undefined;
    let isOld = false;
    void ask('suggest.find', { conversationId, mode }).then((answer) => { if (!isOld) useOffers.setState({ [conversationId]: { place, mode, hits: answer.ok ? answer.value.hits : NONE } }); });
    return () => {
      isOld = true;
      useOffers.setState((offers) => (offers[conversationId]?.place === place ? without(offers, conversationId) : offers), true);
    };
  }, [conversationId, mode, place]);
  return useOffers((offers) => (offers[conversationId]?.place === place ? (offers[conversationId]?.hits ?? NONE) : NONE));
}

const composerBox = (): HTMLTextAreaElement | null => { const box = focusTarget('composer'); return box instanceof HTMLTextAreaElement ? box : null; };

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
  const offer = openId === null ? undefined : useOffers.getState()[openId];
  const hit = offer?.hits[index];
  if (openId === null || offer === undefined || hit === undefined) return;
  if (hit.type === 'answer') return insertText(hit.text);
  if (hit.type === 'faq') {
    void call('faq.use', { faqId: hit.faqId });
    return insertText(hit.text);
  }
  const given = await call('canned.insert', { cannedId: hit.cannedId, conversationId: openId, mode: offer.mode });
  // Whoever has gone on to somebody else meanwhile has left it behind.
  if (given === null || getState().openId !== openId || useOffers.getState()[openId]?.place !== offer.place) return;
  insertText(given.text);
  if (given.attachments.length > 0) editDraft(openId, offer.mode, { attachments: [...localDraft(openId, offer.mode).attachments, ...given.attachments] });
}

/** Opens the help pages where the caret stands. */
export const openHelpPages = (): void => insertText('//');

/** A matter that was asked in public goes on there. */
export const answerInPublic = (conversationId: string): void => setMode(conversationId, 'reply');
