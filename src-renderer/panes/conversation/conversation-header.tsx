import { useEffect } from 'react';
import { AlarmClock, Check, Hand, RotateCcw, UserPlus, UserRoundX } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { setState, useApp } from '../../state/store.ts';
import { claim, keepClaim, markDone, reopen } from '../../state/actions/desk-actions.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { useMinute } from '../../state/ticker.ts';
import { roughSpan, whenLabel } from '../../state/words/time.ts';
import { Chip, Initials, VipStar } from '../../ui/bits.tsx';
import { Button, Tip } from '../../ui/button.tsx';
import { useIsShown } from '../../ui/is-shown.ts';
import { OutcomeMenu } from './outcome-menu.tsx';

export function ConversationHeader({ conversationId }: { conversationId: string }) {
  const row = useApp((state) => state.conversations[conversationId]);
  const isOwn = useApp((state) => state.timelines[conversationId]?.capabilities.some((one) => one.mode === 'post') === true);
  const mine = useApp((state) => state.settings.agentInitials);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  useKeptClaim(conversationId);
  if (row === undefined) return null;
  const isMine = row.owner === mine;
  return (
    <header className="conversation-head">
      <div className="conversation-who">
        <div className="conversation-name-line">
          <h2 className="conversation-name" dir="auto">{row.customerName}</h2>
          {row.isVip && <VipStar size={14} />}
          {row.owner !== null && <Initials text={row.owner} mine={isMine} {...(row.claimUntil === null ? {} : { title: t('desk.claimedUntil', { owner: row.owner, when: whenLabel(row.claimUntil, now, zone) }) })} />}
          <StateChip conversationId={conversationId} />
        </div>
        {isOwn && <p className="conversation-subject">{t('ownPosts.ours')}</p>}
        {row.subject !== null && row.subject !== '' && <p className="conversation-subject" dir="auto">{row.subject}</p>}
      </div>
      <div className="conversation-actions" role="group" aria-label={t('conversation.actions')}>
        <Tip label={isMine ? t('desk.releaseHint') : t('desk.claimHint')} keys={keys['desk.claim']}>
          <Button tone="quiet" onClick={() => void claim(conversationId)} data-action="desk.claim" aria-label={isMine ? t('desk.release') : t('desk.claim')}>
            {isMine ? <UserRoundX size={15} aria-hidden="true" /> : <Hand size={15} aria-hidden="true" />}<span className="button-word">{isMine ? t('desk.release') : t('desk.claim')}</span>
          </Button>
        </Tip>
        <Tip label={t('desk.assign')} keys={keys['desk.assign']}>
          <Button tone="quiet" onClick={() => setState({ dialog: { type: 'assign', conversationId } })} data-action="desk.assign" aria-label={t('desk.assign')}><UserPlus size={15} aria-hidden="true" /><span className="button-word">{t('desk.assign')}</span></Button>
        </Tip>
        <Tip label={t('desk.snooze')} keys={keys['desk.snooze']}>
          <Button tone="quiet" onClick={() => setState({ dialog: { type: 'snooze', conversationId } })} data-action="desk.snooze" aria-label={t('desk.snooze')}><AlarmClock size={15} aria-hidden="true" /><span className="button-word">{t('desk.snooze')}</span></Button>
        </Tip>
        <OutcomeMenu conversationId={conversationId} mark={row.outcome} />
        {row.state === 'open'
          ? <Tip label={t('desk.doneHint')} keys={keys['desk.done']}><Button onClick={() => void markDone(conversationId)} data-action="desk.done"><Check size={15} aria-hidden="true" />{t('desk.done')}</Button></Tip>
          : <Tip label={t('desk.reopenHint')} keys={keys['desk.reopen']}><Button onClick={() => void reopen(conversationId)} data-action="desk.reopen"><RotateCcw size={15} aria-hidden="true" />{t('desk.reopen')}</Button></Tip>}
      </div>
    </header>
  );
}

const KEEP_EVERY_MS = 60_000;

/** As long as a conversation is on this screen, a claim of this window's agent goes on. */
function useKeptClaim(conversationId: string): void {
  const isShown = useIsShown();
  useEffect(() => {
    if (!isShown) return undefined;
    keepClaim(conversationId);
    const timer = setInterval(() => keepClaim(conversationId), KEEP_EVERY_MS);
    return () => clearInterval(timer);
  }, [conversationId, isShown]);
}

function StateChip({ conversationId }: { conversationId: string }) {
  const row = useApp((state) => state.conversations[conversationId]);
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  if (row === undefined) return null;
  if (row.state === 'done') return <Chip tone="good" icon={<Check size={11} aria-hidden="true" />}>{t('state.done')}</Chip>;
  if (row.state === 'snoozed') return <Chip tone="warn" icon={<AlarmClock size={11} aria-hidden="true" />}>{row.snoozedUntil === null ? t('state.snoozed') : t('state.snoozedUntil', { when: whenLabel(row.snoozedUntil, now, zone) })}</Chip>;
  if (row.dueAt !== null && row.isOverdue) return <Chip tone="bad" icon={<AlarmClock size={11} aria-hidden="true" />}>{t('queue.reason.overdue', { span: roughSpan(now - row.dueAt) })}</Chip>;
  if (row.dueAt !== null && row.dueAt > now) return <Chip>{t('state.dueIn', { span: roughSpan(row.dueAt - now) })}</Chip>;
  return null;
}
