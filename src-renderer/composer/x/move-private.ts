import type { Capability } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { getState, setState } from '../../state/store.ts';
import { without } from '../../state/without.ts';
import { toast } from '../../state/toasts.ts';
import { clearDraft, editDraft, localDraft, saveDraft } from '../drafts/local-drafts.ts';

export const privateWays = ['dm', 'mail', 'call'] as const;
export type PrivateWay = (typeof privateWays)[number];

/** The first private way that is open, in the order that keeps closest to where the customer wrote. Pure. */
export const firstWay = (capabilities: readonly Capability[]): PrivateWay => privateWays.find((way) => capabilities.some((other) => other.mode === way && other.available)) ?? 'call';

/** What stands in the two drafts after the move: what was begun in public goes on in private, and the line takes its place. Pure. */
export function textsAfterMove(was: { open: string; closed: string }, line: string, lines: readonly string[]): { open: string; closed: string } {
  const begun = lines.includes(was.open.trim()) ? '' : was.open.trim();
  if (begun === '') return { open: line, closed: was.closed };
  return { open: line, closed: was.closed.trim() === '' ? begun : `${was.closed.trimEnd()}\n\n${begun}` };
}

/** One step from public to private: the public line in its draft, the private draft opened beside it. */
export function movePrivate(conversationId: string, chosen?: PrivateWay): void {
  const { timelines, settings } = getState();
  const capabilities = timelines[conversationId]?.capabilities ?? [];
  if (capabilities.some((other) => other.mode === 'post')) return;
  const way = chosen ?? firstWay(capabilities);
  const open = capabilities.find((other) => other.mode === 'reply');
  if (open?.available === true) {
    const there = way === 'call' ? null : localDraft(conversationId, way);
    const here = localDraft(conversationId, 'reply');
    const texts = textsAfterMove({ open: here.text, closed: there?.text ?? '' }, settings.privateLines[way], Object.values(settings.privateLines));
    editDraft(conversationId, 'reply', { text: texts.open, ...(there === null ? {} : { attachments: [] }) });
    if (way !== 'call' && there !== null && (texts.closed !== there.text || here.attachments.length > 0)) editDraft(conversationId, way, { text: texts.closed, attachments: [...there.attachments, ...here.attachments] });
    setState((state) => ({ moved: { ...state.moved, [conversationId]: true } }));
  } else if (open?.reason != null) toast(t('private.noPublic', { reason: open.reason }));
  setMode(conversationId, way);
}

/** The private answer goes alone. */
export function leaveOutLine(conversationId: string): void {
  const { settings } = getState();
  if (Object.values(settings.privateLines).includes(localDraft(conversationId, 'reply').text.trim())) {
    editDraft(conversationId, 'reply', { text: '' });
    void saveDraft(conversationId, 'reply');
    clearDraft(conversationId, 'reply');
  }
  endMove(conversationId);
}

export const endMove = (conversationId: string): void => setState((state) => ({ moved: without(state.moved, conversationId) }));
