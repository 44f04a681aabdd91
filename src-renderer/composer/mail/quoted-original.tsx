import { useState } from 'react';
import { Forward, Undo2, X } from 'lucide-react';
import type { Capability } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { getState, useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';
import { IconButton } from '../../ui/button.tsx';
import { editDraft, localDraft, type LocalDraft } from '../drafts/local-drafts.ts';

const LONGEST = 4_000;

const byItself = (capability: Capability | undefined, noQuote: readonly string[]): boolean => capability?.quotes === true && capability.accountId !== null && !noQuote.includes(capability.accountId);

/** Leaves the answered mail out, or puts it back. */
export function toggleOriginal(conversationId: string): void {
  const capability = getState().timelines[conversationId]?.capabilities?.find((one) => one.mode === 'mail');
  const draft = localDraft(conversationId, 'mail');
  if (capability?.quotes !== true || draft.forwards !== undefined) return;
  editDraft(conversationId, 'mail', { quotes: !(draft.quotes ?? byItself(capability, getState().settings.noQuoteAccounts)) });
}

/** What stands under the text: the answered mail, folded, or the one that is passed on. */
export function QuotedOriginal({ conversationId, capability, draft }: { conversationId: string; capability: Capability | undefined; draft: LocalDraft | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const noQuote = useApp((state) => state.settings.noQuoteAccounts);
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const forwards = draft?.forwards;
  const original = useApp((state) => state.entries[forwards ?? capability?.inReplyTo ?? -1]);
  if (original === undefined || original.kind !== 'mail') return null;
  const isByItself = byItself(capability, noQuote);
  const isQuoted = capability?.quotes === true && (draft?.quotes ?? isByItself);
  const who = { name: original.author, when: whenLabel(original.at, now, zone) };
  if (forwards === undefined && !isQuoted) {
    if (capability?.quotes !== true) return null;
    return <p className="original"><button type="button" className="text-button is-quiet" onClick={() => toggleOriginal(conversationId)}><Undo2 size={12} aria-hidden="true" />{t(isByItself ? 'composer.original.back' : 'composer.original.add')}</button></p>;
  }
  const remove = (): void => (forwards === undefined ? toggleOriginal(conversationId) : editDraft(conversationId, 'mail', { forwards: undefined, subject: null, to: null, cc: null, bcc: null, attachments: [] }));
  return (
    <div className="original" data-test="original">
      <p className="original-line">
        {forwards !== undefined && <Forward size={13} aria-hidden="true" />}
        <button type="button" className="fold-button" aria-expanded={isOpen} aria-label={t(isOpen ? 'composer.original.hide' : 'composer.original.show')} onClick={() => setOpen(!isOpen)}>…</button>
        <span>{t(forwards === undefined ? 'composer.original.quoted' : 'composer.original.forwarded', who)}</span>
        <IconButton label={t(forwards === undefined ? 'composer.original.remove' : 'composer.original.noForward')} {...(forwards === undefined ? { keys: keys['compose.original'] } : {})} className="is-tiny" data-action="original.remove" onClick={remove}><X size={12} aria-hidden="true" /></IconButton>
      </p>
      {isOpen && <p className="original-text" dir="auto">{original.text.slice(0, LONGEST)}{original.text.length > LONGEST && ' […]'}</p>}
    </div>
  );
}
