import { useEffect, useRef } from 'react';
import { Eye, OctagonAlert, PenLine, UserRound } from 'lucide-react';
import type { Capability, ComposerMode, DraftProblem, Failure } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { setMode } from '../../state/actions/conversation-actions.ts';
import { Button } from '../../ui/button.tsx';
import { editDraft, localDraft } from '../drafts/local-drafts.ts';

const isPrivateData = (guard: DraftProblem['guard']): boolean => guard === 'card' || guard === 'iban' || guard === 'account' || guard === 'asks';

/** Puts the text where only the customer reads it; what was begun there stays above it. */
function moveTo(conversationId: string, from: ComposerMode, to: ComposerMode): void {
  const { text, attachments } = localDraft(conversationId, from);
  const there = localDraft(conversationId, to);
  editDraft(conversationId, to, { text: there.text.trim() === '' ? text : `${there.text.trimEnd()}\n\n${text}`, attachments: [...there.attachments, ...attachments] });
  editDraft(conversationId, from, { text: '', attachments: [] });
  setMode(conversationId, to);
}

interface ProblemsProps {
  readonly problems: readonly DraftProblem[];
  readonly conversationId: string;
  readonly mode: ComposerMode;
  readonly capabilities: readonly Capability[];
}

/** What stands in the way of this text, while it is written, and what to do about it. */
export function Problems({ problems, conversationId, mode, capabilities }: ProblemsProps) {
  const shown = problems.find((problem) => isPrivateData(problem.guard)) ?? problems[0];
  if (shown === undefined) return null;
  const isBad = isPrivateData(shown.guard);
  const ways = isBad ? capabilities.filter((other) => (other.mode === 'dm' || other.mode === 'mail') && other.available) : [];
  return (
    <div className={isBad ? 'composer-problem' : 'composer-reason'} role={isBad ? 'alert' : 'status'} data-test="problem" data-guard={shown.guard}>
      {shown.guard === 'blank' ? <PenLine size={14} aria-hidden="true" /> : shown.guard === 'watch' ? <Eye size={14} aria-hidden="true" /> : <OctagonAlert size={14} aria-hidden="true" />}
      <span>{shown.message}{shown.guard === 'blank' && ` ${t('guard.tab')}`}</span>
      {ways.map((way) => <button key={way.mode} type="button" className="text-button" data-action={`guard.${way.mode}`} onClick={() => moveTo(conversationId, mode, way.mode)}>{t(way.mode === 'dm' ? 'guard.toDm' : 'guard.toMail')}</button>)}
    </div>
  );
}

/** A refusal of the core that the writer can answer: read again, or take the conversation over. */
export const isAnswerable = (failure: Failure): boolean => (failure.code === 'guarded' && failure.detail?.['guard'] === 'watch') || (failure.code === 'conflict' && typeof failure.detail?.['owner'] === 'string');

interface RefusalProps {
  readonly failure: Failure;
  readonly onGo: () => void;
  readonly onKeep: () => void;
}

export function Refusal({ failure, onGo, onKeep }: RefusalProps) {
  const isClaim = failure.code === 'conflict';
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="stale" role="alertdialog" aria-label={failure.message} data-test={isClaim ? 'claimed' : 'watch'}>
      <p className="stale-title">{isClaim ? <UserRound size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />} {failure.message}</p>
      <p className="refusal-text">{t(isClaim ? 'guard.claimed' : 'guard.watch')}</p>
      <div className="stale-actions">
        <button ref={keep} type="button" className="button is-primary is-small" onClick={onKeep}>{t('composer.keepEditing')}</button>
        <Button small onClick={onGo}>{t(isClaim ? 'guard.takeOver' : 'guard.sendWatched')}</Button>
      </div>
    </div>
  );
}
