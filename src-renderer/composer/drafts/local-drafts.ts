import { create } from 'zustand';
import type { Attachment, ComposerMode, Draft } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { newestIds } from '../../state/merge.ts';
import { draftKey } from '../../state/model.ts';
import { getState } from '../../state/store.ts';
import { newestArrival } from './seen.ts';

export interface LocalDraft {
  readonly text: string;
  readonly subject: string | null;
  /** null = as the capability proposes. */
  readonly to: string | null;
  readonly cc: string | null;
  readonly bcc: string | null;
  readonly attachments: readonly Attachment[];
  /** The mail this one passes on. */
  readonly forwards: number | undefined;
  /** Whether the answered mail stands under it; undefined = as the account has it. */
  readonly quotes: boolean | undefined;
  /** Raised by every change; what is saved is compared with it. */
  readonly version: number;
  readonly savedVersion: number;
  /** One intent, one id: stays the same until the send is accepted or the text is changed. */
  readonly requestId: string;
  /** When the newest message on screen had arrived as the writer last touched the text. */
  readonly seenAt: number;
}

const QUIET_MS = 400;
const useLocal = create<{ readonly drafts: Readonly<Record<string, LocalDraft>> }>(() => ({ drafts: {} }));
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const saving = new Map<string, Promise<unknown>>();

const addresses = (list: readonly string[] | null | undefined): string | null => (list == null ? null : list.join(', '));
export const readAddresses = (text: string): string[] => text.split(/[,;\n]/u).map((part) => part.trim()).filter((part) => part !== '');

const fromShared = (draft: Draft | undefined): LocalDraft => ({
  text: draft?.text ?? '', subject: draft?.subject ?? null, to: addresses(draft?.to), cc: addresses(draft?.cc), bcc: addresses(draft?.bcc), attachments: draft?.attachments ?? [], forwards: draft?.forwards, quotes: draft?.quotes,
  version: 0, savedVersion: 0, requestId: crypto.randomUUID(), seenAt: 0,
});

const newestOf = (conversationId: string): number => newestArrival(newestIds(getState().timelines[conversationId]), getState().entries);

const write = (key: string, draft: LocalDraft): void => useLocal.setState((state) => ({ drafts: { ...state.drafts, [key]: draft } }));

export function localDraft(conversationId: string, mode: ComposerMode): LocalDraft {
  const key = draftKey(conversationId, mode);
  return useLocal.getState().drafts[key] ?? fromShared(getState().drafts[key]);
}

/** Makes sure there is a local draft to write on; what was saved elsewhere meanwhile is taken over unless something is unsaved here. */
export function adoptDraft(conversationId: string, mode: ComposerMode): void {
  const key = draftKey(conversationId, mode);
  const here = useLocal.getState().drafts[key];
  const there = getState().drafts[key];
  if (here === undefined) write(key, { ...fromShared(there), seenAt: newestOf(conversationId) });
  else if (there !== undefined && here.version === here.savedVersion && there.text !== here.text) write(key, { ...fromShared(there), seenAt: here.seenAt });
}

/** Puts a text that came back from the outbox on screen, whatever was there. */
export function takeBack(draft: Draft): void {
  const key = draftKey(draft.conversationId, draft.mode);
  cancelTimer(key);
  write(key, { ...fromShared(draft), seenAt: newestOf(draft.conversationId) });
}

export function editDraft(conversationId: string, mode: ComposerMode, patch: Partial<Pick<LocalDraft, 'text' | 'subject' | 'to' | 'cc' | 'bcc' | 'attachments' | 'forwards' | 'quotes'>>): void {
  const key = draftKey(conversationId, mode);
  const before = localDraft(conversationId, mode);
  write(key, { ...before, ...patch, version: before.version + 1, requestId: crypto.randomUUID(), seenAt: newestOf(conversationId) });
  cancelTimer(key);
  timers.set(key, setTimeout(() => void saveDraft(conversationId, mode), QUIET_MS));
}

export function noteSeen(conversationId: string, mode: ComposerMode): void {
  const key = draftKey(conversationId, mode);
  const here = useLocal.getState().drafts[key];
  if (here !== undefined) write(key, { ...here, seenAt: newestOf(conversationId) });
}

function cancelTimer(key: string): void {
  const timer = timers.get(key);
  if (timer !== undefined) clearTimeout(timer);
  timers.delete(key);
}

/** Saves what is unsaved; a failed save stays unsaved and is tried at the next change or blur. */
export async function saveDraft(conversationId: string, mode: ComposerMode): Promise<void> {
  const key = draftKey(conversationId, mode);
  cancelTimer(key);
  await saving.get(key);
  const draft = useLocal.getState().drafts[key];
  if (draft === undefined || draft.version === draft.savedVersion) return;
  const isEmpty = draft.text === '' && draft.attachments.length === 0 && draft.forwards === undefined;
  const work = isEmpty
    ? ask('draft.discard', { conversationId, mode })
    : ask('draft.save', {
      conversationId, mode, text: draft.text, subject: draft.subject,
      to: draft.to === null ? null : readAddresses(draft.to), cc: draft.cc === null ? null : readAddresses(draft.cc), bcc: draft.bcc === null ? null : readAddresses(draft.bcc), attachmentIds: draft.attachments.map((attachment) => attachment.id),
      ...(draft.forwards === undefined ? {} : { forwards: draft.forwards }), ...(draft.quotes === undefined ? {} : { quotes: draft.quotes }),
    });
  saving.set(key, work);
  const answer = await work;
  saving.delete(key);
  if (!answer.ok) return;
  useLocal.setState((state) => {
    const now = state.drafts[key];
    return now === undefined ? state : { drafts: { ...state.drafts, [key]: { ...now, savedVersion: Math.max(now.savedVersion, draft.version) } } };
  });
}

/** Somebody else sits down at this window: what was written is saved and leaves the screen. */
export async function leaveDrafts(): Promise<void> {
  for (const key of Object.keys(useLocal.getState().drafts)) {
    const [conversationId = '', mode = ''] = key.split(':');
    await saveDraft(conversationId, mode as ComposerMode);
  }
  useLocal.setState({ drafts: {} });
}

/** Before a send: no save may arrive after it and bring the draft back to life. */
export async function settleSaves(conversationId: string, mode: ComposerMode): Promise<void> {
  const key = draftKey(conversationId, mode);
  cancelTimer(key);
  await saving.get(key);
}

export function clearDraft(conversationId: string, mode: ComposerMode): void {
  const key = draftKey(conversationId, mode);
  cancelTimer(key);
  write(key, { ...fromShared(undefined), seenAt: newestOf(conversationId) });
}

export const useLocalDraft = (conversationId: string, mode: ComposerMode): LocalDraft | undefined => useLocal((state) => state.drafts[draftKey(conversationId, mode)]);
