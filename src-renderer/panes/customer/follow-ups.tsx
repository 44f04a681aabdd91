import { Check, Plus } from 'lucide-react';
import type { FollowUp } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { finishFollowUp } from '../../state/actions/follow-up-actions.ts';
import { setState, useApp } from '../../state/store.ts';
import { useMinute } from '../../state/ticker.ts';
import { whenLabel } from '../../state/words/time.ts';
import { FollowUpGlyph } from '../../composer/notices/follow-up-glyph.tsx';
import { IconButton } from '../../ui/button.tsx';

const none: readonly FollowUp[] = [];

export function FollowUps({ customerId }: { customerId: string }) {
  const followUps = useApp((state) => state.customers[customerId]?.followUps ?? none);
  const conversationId = useApp((state) => state.openId);
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  return (
    <section className="facts">
      <h3>{t('customer.followUps')} {conversationId !== null && <IconButton label={t('followUp.add')} className="is-tiny" onClick={() => setState({ dialog: { type: 'snooze', conversationId } })}><Plus size={14} aria-hidden="true" /></IconButton>}</h3>
      {followUps.length > 0 && (
        <ul className="follow-list">
          {followUps.map((followUp) => (
            <li key={followUp.id} className="follow-row">
              <button type="button" className={`follow${followUp.state === 'waiting' ? '' : ' is-come'}`} title={t('followUp.edit')} onClick={() => setState({ dialog: { type: 'followUp', followUp } })}>
                <FollowUpGlyph followUp={followUp} /><time>{whenLabel(followUp.at, now, zone)}</time><span className="follow-note" dir="auto">{followUp.note ?? followUp.draft?.text ?? t('followUp.noNote')}</span>
              </button>
              <IconButton label={t('followUp.done')} className="is-tiny" onClick={() => void finishFollowUp(followUp)}><Check size={14} aria-hidden="true" /></IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
