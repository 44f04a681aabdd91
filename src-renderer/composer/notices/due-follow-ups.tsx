import { Check, PencilLine } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { finishFollowUp } from '../../state/actions/follow-up-actions.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { setState, useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';
import { Button, IconButton, Tip } from '../../ui/button.tsx';
import { FollowUpGlyph } from './follow-up-glyph.tsx';
import { isCome, takePrepared } from '../drafts/prepared.ts';

const none: readonly FollowUp[] = [];

/** What somebody meant to come back with, above the answer: its note, and the text prepared then. */
export function DueFollowUps({ customerId }: { customerId: string }) {
  const come = useApp(useShallow((state) => (state.customers[customerId]?.followUps ?? none).filter(isCome)));
  if (come.length === 0) return null;
  return <ul className="due-list" aria-label={t('followUp.come')} data-test="due-follow-ups">{come.map((followUp) => <li key={followUp.id}><DueLine followUp={followUp} /></li>)}</ul>;
}

function DueLine({ followUp }: { followUp: FollowUp }) {
  const zone = useApp((state) => state.settings.officeZone);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const now = useMinute();
  const { draft } = followUp;
  return (
    <div className="due">
      <p className="due-head">
        <FollowUpGlyph followUp={followUp} />
        <span className="due-note" dir="auto">{followUp.note ?? t('followUp.noNote')}</span>
        <span className="due-from">{followUp.state === 'replied' ? t('followUp.repliedFrom', { by: followUp.by, when: whenLabel(followUp.at, now, zone) }) : t('followUp.from', { by: followUp.by, when: whenLabel(followUp.at, now, zone) })}</span>
        <IconButton label={t('followUp.edit')} className="is-tiny" onClick={() => setState({ dialog: { type: 'followUp', followUp } })}><PencilLine size={13} aria-hidden="true" /></IconButton>
        <IconButton label={t('followUp.done')} className="is-tiny" onClick={() => void finishFollowUp(followUp)} data-action="followUp.done"><Check size={14} aria-hidden="true" /></IconButton>
      </p>
      {draft !== null && (
        <div className="due-draft">
          <span className="due-text" dir="auto" title={draft.text}>{draft.text}</span>
          <Tip label={t('followUp.useHint', { mode: t(`composer.mode.${draft.mode}`) })} keys={keys['followUp.use']} side="top"><Button small onClick={() => void takePrepared(followUp)} data-action="followUp.use">{t('followUp.use')}</Button></Tip>
        </div>
      )}
    </div>
  );
}
