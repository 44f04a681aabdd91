import { useCallback, useMemo, useState } from 'react';
import { CircleSlash } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { ComposerMode } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { refreshCapabilities, setMode } from '../state/actions/conversation-actions.ts';
import { shortcutsOf } from '../state/shortcuts.ts';
import { getState, useApp } from '../state/store.ts';
import { KindGlyph } from '../ui/glyph.tsx';
import { Keys } from '../ui/keys.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useLow } from '../ui/use-width.ts';
import { Audience } from './audience.tsx';
import { CallPad } from './call/call-pad.tsx';
import { DueFollowUps } from './notices/due-follow-ups.tsx';
import { useLocalDraft } from './drafts/local-drafts.ts';
import { composerModes, modeAction, modesFor, startMode } from './modes.ts';
import { IncidentBanner } from './notices/incident-banner.tsx';
import { LedgerStrip } from './notices/ledger-strip.tsx';
import { Pinned, PinnedFold } from './notices/pinned.tsx';
import { PublicLine } from './x/public-line.tsx';
import { recipientsOf } from './mail/reply-all.ts';
import { SendBar } from './send-bar.tsx';
import { ChannelWishes } from './notices/wishes.tsx';
import { SuggestionMenu } from './responses/suggestion-bar.tsx';
import { Writer } from './writer.tsx';

const kindOf = { reply: 'post', post: 'post', dm: 'dm', mail: 'mail', note: 'note', call: 'call' } as const satisfies Record<ComposerMode, string>;

export function Composer({ conversationId }: { conversationId: string }) {
  const row = useApp((state) => state.conversations[conversationId]);
  const capabilities = useApp((state) => state.timelines[conversationId]?.capabilities);
  const isStale = useApp((state) => state.timelines[conversationId]?.capabilitiesStale === true);
  const chosen = useApp((state) => state.modes[conversationId]);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const number = useApp((state) => state.customers[row?.customerId ?? '']?.identities.find((identity) => identity.kind === 'phone')?.display ?? '');
  const drafted = useApp(useShallow((state) => composerModes.filter((mode) => state.drafts[`${conversationId}:${mode}`] !== undefined)));
  const isMoved = useApp((state) => state.moved[conversationId] === true);
  const letter = useLocalDraft(conversationId, 'mail');
  const isLow = useLow();
  const [showsPinned, setShowPinned] = useState(false);

  const refresh = useCallback(() => { if (isStale) void refreshCapabilities(conversationId); }, [isStale, conversationId]);
  const startedAs = useMemo(() => (row === undefined || capabilities === undefined ? null : (drafted[0] ?? startMode(row, capabilities))),
    // The mode is chosen once, when the conversation opens; a later message does not switch it under the writer's hands.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [capabilities === undefined]);
  if (row === undefined || capabilities === undefined || startedAs === null) return null;

  const mode = chosen ?? startedAs;
  const capability = capabilities.find((other) => other.mode === mode);
  const edge = mode === 'note' ? 'is-note' : mode === 'reply' || mode === 'post' ? 'is-public' : mode === 'call' ? 'is-call' : 'is-private';

  return (
    <section className={`composer ${edge}`} aria-label={t('composer.name')} data-mode={mode} data-test="composer" onFocus={refresh}>
      <IncidentBanner conversationId={conversationId} />
      <DueFollowUps customerId={row.customerId} />
      {(!isLow || showsPinned) && <Pinned customerId={row.customerId} />}
      <div className="context-strip">
        {isLow && <PinnedFold customerId={row.customerId} isOpen={showsPinned} onToggle={() => setShowPinned(!showsPinned)} />}
        {mode !== 'note' && mode !== 'post' && <LedgerStrip conversationId={conversationId} mode={mode} />}
        {isLow && capability?.available === true && <SuggestionMenu conversationId={conversationId} mode={mode} />}
      </div>
      <ChannelWishes conversationId={conversationId} customerId={row.customerId} mode={mode} />
      <SendBar conversationId={conversationId} />
      <div className="composer-bar">
        <Segmented
          label={t('composer.channel')} value={mode} onPick={(picked) => setMode(conversationId, picked, false)} className="mode-switch"
          options={modesFor(capabilities).map((other) => {
            const found = capabilities.find((candidate) => candidate.mode === other);
            const off = found !== undefined && !found.available;
            return {
              value: other, disabled: off, name: off ? t('composer.modeOff', { mode: t(`composer.mode.${other}`) }) : t(`composer.mode.${other}`),
              ...(found?.reason == null ? {} : { title: found.reason }),
              label: <>{off ? <CircleSlash size={13} aria-hidden="true" /> : <KindGlyph kind={kindOf[other]} size={13} />}<span className="segment-word">{t(`composer.mode.${other}`)}</span>{drafted.includes(other) && other !== mode && <span className="draft-dot" title={t('queue.hasDraft')} />}<Keys keys={keys[modeAction[other]]} /></>,
            };
          })}
        />
        <Audience mode={mode} capability={capability} customerName={row.customerName} forwardedTo={mode === 'mail' && letter?.forwards !== undefined ? recipientsOf(letter.to, letter.cc, letter.bcc, []).join(', ') : null} others={mode === 'mail' ? recipientsOf(letter?.to, letter?.cc, letter?.bcc, capability?.to ?? []).length - 1 : 0} />
      </div>
      {isMoved && mode !== 'reply' && mode !== 'note' && <PublicLine conversationId={conversationId} mode={mode} capabilities={capabilities} customerName={row.customerName} />}
      {mode === 'call'
        ? <CallPad conversationId={conversationId} number={number} onDone={() => { if ((getState().modes[conversationId] ?? mode) === 'call') setMode(conversationId, startMode(row, capabilities), false); }} />
        : <Writer key={mode} conversationId={conversationId} mode={mode} capability={capability} customerName={row.customerName} />}
    </section>
  );
}
