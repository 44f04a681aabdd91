import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { CalendarClock, ExternalLink, Eye, LockKeyhole, Paperclip, Send, TriangleAlert } from 'lucide-react';
import type { Capability, ComposerMode } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { call } from '../bridge.ts';
import { heldSend, undoSend } from '../state/actions/outbox-actions.ts';
import { shortcutsOf } from '../state/shortcuts.ts';
import { useApp } from '../state/store.ts';
import { Button, IconButton, Tip } from '../ui/button.tsx';
import { focusList } from '../ui/focus-list.ts';
import { useIsShown } from '../ui/is-shown.ts';
import { OutLink } from '../ui/linked-text.tsx';
import { Counter, dollars } from './counter.tsx';
import { DiffersNotice } from './notices/differs-notice.tsx';
import { adoptDraft, editDraft, noteSeen, readAddresses, saveDraft, useLocalDraft } from './drafts/local-drafts.ts';
import { LimitNotice } from './notices/limit-notice.tsx';
import { MailHead } from './mail/mail-head.tsx';
import { FormatBar } from './mail/format-bar.tsx';
import { MailPreview } from './mail/mail-preview.tsx';
import { QuotedOriginal } from './mail/quoted-original.tsx';
import { useFormatting } from './mail/use-formatting.ts';
import { firstBlank, nextBlank } from './drafts/blanks.ts';
import { movePrivate } from './x/move-private.ts';
import { isAnswerable, Problems, Refusal } from './notices/problems.tsx';
import { PrivateWhy } from './x/private-why.tsx';
import { RESPONSE_LIST, responseId, ResponseList } from './responses/response-list.tsx';
import { addNote, sendReply, type Consent, type SendResult } from './drafts/send.ts';
import { SendLater } from './send-later.tsx';
import { SPELL_LIST, spellId, SpellList } from './spelling/spell-list.tsx';
import { SpellMirror } from './spelling/spell-mirror.tsx';
import { StagedFiles, stageFiles, undescribed } from './drafts/staged-files.tsx';
import { StaleNotice } from './notices/stale-notice.tsx';
import { SuggestionBar } from './responses/suggestion-bar.tsx';
import { useLow } from '../ui/use-width.ts';
import { useFocusRequest } from './use-focus-request.ts';
import { useProblems } from './notices/use-problems.ts';
import { ThreadPreview } from './x/thread-preview.tsx';
import { useResponses } from './responses/use-responses.ts';
import { useSpelling } from './spelling/use-spelling.ts';
import { useThread } from './x/use-thread.ts';
import { useWeighted } from './x/use-weighted.ts';

const NOTHING: Consent = { stale: false, watched: false, overLimit: false, differs: false };
/** The preview shares the composer with the text. */
const PREVIEW_MOST = 180;
const NO_CAPABILITIES: readonly Capability[] = [];

interface WriterProps {
  readonly conversationId: string;
  readonly mode: Exclude<ComposerMode, 'call'>;
  readonly capability: Capability | undefined;
  readonly customerName: string;
  /** Stands beside another writer, which keeps the keyboard. */
  readonly isAside?: boolean;
  readonly onSent?: () => void;
}

export function Writer({ conversationId, mode, capability, customerName, isAside = false, onSent }: WriterProps) {
  const draft = useLocalDraft(conversationId, mode);
  const shared = useApp((state) => state.drafts[`${conversationId}:${mode}`]);
  const initials = useApp((state) => state.settings.agentInitials);
  const appendInitials = useApp((state) => state.settings.appendInitials);
  const needsLook = useApp((state) => state.access.needsLook) && mode !== 'note';
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const [result, setResult] = useState<SendResult | null>(null);
  const [consent, setConsent] = useState(NOTHING);
  const [isLater, setLater] = useState(false);
  const [busy, setBusy] = useState(false);
  const isLow = useLow();
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  const isShown = useIsShown();
  // What a writer has seen counts from when it is on screen.
  useEffect(() => { if (isShown) adoptDraft(conversationId, mode); }, [conversationId, mode, shared, isShown]);
  useEffect(() => (isShown ? () => void saveDraft(conversationId, mode) : undefined), [conversationId, mode, isShown]);
  const why = useRef<HTMLButtonElement>(null);
  useFocusRequest(() => (why.current ?? area.current)?.focus(), !isAside);

  const capabilities = useApp((state) => state.timelines[conversationId]?.capabilities ?? NO_CAPABILITIES);
  const responses = useResponses(area, conversationId, mode);
  const formatting = useFormatting(area, conversationId, mode);
  /** Where the last key left the caret: the word there may not be whole yet. */
  const [typingAt, setTypingAt] = useState<number | null>(null);

  const attachments = draft?.attachments ?? [];
  const text = draft?.text ?? shared?.text ?? '';
  const spelling = useSpelling(area, conversationId, text, !isAside || text !== '');
  const isX = mode === 'reply' || mode === 'post' || mode === 'dm';
  const suffix = appendInitials && isX ? `^${initials}` : '';
  const weighted = useWeighted(suffix === '' || text === '' ? text : `${text} ${suffix}`, capability?.maxWeighted != null, capability?.leading);
  const available = mode === 'note' || capability?.available === true;
  const tooLong = weighted !== null && capability?.maxWeighted != null && weighted > capability.maxWeighted;
  const thread = useThread(mode, text, tooLong, capability?.inReplyTo ?? null);
  const hasTo = mode !== 'mail' || (draft?.to ?? null) === null ? (capability?.to.length ?? 1) > 0 || mode === 'note' || mode === 'post' : readAddresses(draft?.to ?? '').length > 0;
  const problems = useProblems(mode, text, attachments, capability?.accountId ?? null);
  const blocking = problems.find((problem) => problem.guard !== 'watch');
  const isBlank = text.trim() === '' && draft?.forwards === undefined && (!isX || attachments.length === 0);
  const missing = isBlank ? t('composer.missingText') : blocking !== undefined ? blocking.message : tooLong && !thread.isOn ? t('composer.tooLong') : !hasTo ? t('composer.missingTo') : null;
  /** What would stop the send is only its length, and there is a way. */
  const isOffered = available && tooLong && (mode === 'reply' || mode === 'post') && !thread.isOn && blocking === undefined;
  const canSend = available && missing === null && !busy;

  const submit = async (given: Consent): Promise<void> => {
    if (!canSend) {
      if (isOffered) return thread.turnOn();
      const blank = firstBlank(text);
      if (blank !== null) area.current?.setSelectionRange(blank.start, blank.end);
      return;
    }
    const before = document.activeElement;
    setBusy(true);
    const outcome = mode === 'note' ? await addNote(conversationId) : capability === undefined ? null : await sendReply(conversationId, capability, given, thread.isOn ? thread.split : undefined);
    setBusy(false);
    setConsent(outcome?.type === 'sent' ? NOTHING : given);
    setResult(outcome === null || outcome.type === 'sent' ? null : outcome);
    if (outcome?.type !== 'sent') return;
    // Whoever has gone on meanwhile, into a dialog or another pane, keeps the keyboard.
    if (document.activeElement === before || document.activeElement === document.body) area.current?.focus();
    onSent?.();
  };
  const agree = (more: Partial<Consent>): void => {
    setResult(null);
    void submit({ ...consent, ...more });
  };
  const keep = (): void => {
    setResult(null);
    setConsent(NOTHING);
    noteSeen(conversationId, mode);
    area.current?.focus();
  };
  const answerRefusal = async (): Promise<void> => {
    if (result?.type !== 'failed') return;
    if (result.failure.code === 'guarded') agree({ watched: true });
    else if ((await call('desk.claim', { conversationId, takeOver: true })) !== null) agree({});
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.target === area.current && (responses.onKeyDown(event) || spelling.onKeyDown(event) || walkBlanks(event) || formatting.onKeyDown(event))) return;
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key === 'Enter') {
      event.preventDefault();
      if (event.shiftKey && mode !== 'note') setLater(canSend && thread.parts === null);
      else void submit(NOTHING);
    } else if (mod && event.key.toLowerCase() === 'z' && text === '') {
      const held = heldSend();
      if (held === null) return;
      event.preventDefault();
      void undoSend(held);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      focusList();
    }
  };

  /** Tab goes from blank to blank; with none left it leaves the field as everywhere. */
  const walkBlanks = (event: KeyboardEvent): boolean => {
    const box = area.current;
    if (event.key !== 'Tab' || box === null) return false;
    const next = nextBlank(box.value, { start: box.selectionStart, end: box.selectionEnd }, event.shiftKey ? -1 : 1);
    if (next === null) return false;
    event.preventDefault();
    box.setSelectionRange(next.start, next.end);
    return true;
  };

  const onDrop = (event: DragEvent): void => {
    if (event.dataTransfer.files.length === 0 || mode === 'note') return;
    event.preventDefault();
    void stageFiles(conversationId, mode, [...event.dataTransfer.files]);
  };

  return (
    <div className={`writer${text === '' && attachments.length === 0 ? ' is-empty' : ''}`} onKeyDown={onKeyDown} onDragOver={(event) => event.preventDefault()} onDrop={onDrop} onBlur={() => void saveDraft(conversationId, mode)}>
      {result?.type === 'stale' && (
        <StaleNotice conversationId={conversationId} seenAt={result.seenAt} message={result.message}
          onSend={() => agree({ stale: true })} onKeep={keep} />
      )}
      {result?.type === 'over_limit' && <LimitNotice message={result.message} onSend={() => agree({ overLimit: true })} onKeep={keep} />}
      {result?.type === 'differs' && <DiffersNotice message={result.message} quote={result.quote} written={result.written} onSend={() => agree({ differs: true })} onKeep={keep} />}
      {result?.type === 'failed' && isAnswerable(result.failure) && <Refusal failure={result.failure} onGo={() => void answerRefusal()} onKeep={keep} />}
      {result?.type === 'failed' && !isAnswerable(result.failure) && <p className="composer-problem" role="alert"><TriangleAlert size={14} aria-hidden="true" /><span>{result.failure.message} {t('composer.kept')}</span></p>}
      {!available && capability !== undefined && (
        <p className="composer-reason"><TriangleAlert size={14} aria-hidden="true" /><span>{capability.reason ?? t('composer.unavailable')} {capability.openUrl !== null && <OutLink url={capability.openUrl}>{t('entry.openOnX')} <ExternalLink size={11} aria-hidden="true" /></OutLink>}</span></p>
      )}
      {available && mode !== 'note' && capability?.reason != null && <p className="composer-reason"><TriangleAlert size={14} aria-hidden="true" /><span>{capability.reason}</span></p>}
      {available && capability?.asksWhy === true && <PrivateWhy conversationId={conversationId} first={why} onDone={() => area.current?.focus()} />}
      {available && !isAside && !isLow && <SuggestionBar conversationId={conversationId} mode={mode} />}
      {mode === 'mail' && available && <MailHead conversationId={conversationId} capability={capability} draft={draft} />}
      <textarea
        ref={area} className="writer-text" dir="auto" value={text} {...(isAside ? {} : { 'data-focus-target': 'composer' })} spellCheck={false}
        aria-label={t(`composer.textLabel.${mode}`, { name: customerName })} placeholder={available ? t(`composer.placeholder.${mode}`, { name: customerName }) : t('composer.placeholderOff')}
        disabled={!available && text === ''}
        aria-autocomplete="list" {...(spelling.open !== null ? { 'aria-controls': SPELL_LIST, 'aria-activedescendant': spellId(spelling.open.chosen) } : responses.hits.length === 0 ? {} : { 'aria-controls': RESPONSE_LIST, 'aria-activedescendant': responseId(responses.chosen) })}
        onFocus={() => noteSeen(conversationId, mode)} onSelect={() => { responses.look(); if (area.current?.selectionStart !== typingAt) setTypingAt(null); }} onContextMenu={spelling.onContextMenu}
        onChange={(event) => { setResult((old) => (old?.type === 'failed' ? null : old)); setConsent(NOTHING); editDraft(conversationId, mode, { text: event.target.value }); setTypingAt(event.target.selectionStart); responses.look(); }}
        onBlur={() => { responses.close(); spelling.close(); setTypingAt(null); }} onPaste={formatting.onPaste}
      />
      <SpellMirror area={area} text={text} marks={spelling.marks} typingAt={typingAt} />
      <SpellList spelling={spelling} />
      <ResponseList responses={responses} price={linkPrice(capability)} />
      {formatting.isOn && available && formatting.isPreview && (text.trim() !== '' || draft?.forwards !== undefined) && capability?.accountId != null && (
        <MailPreview text={text} most={PREVIEW_MOST} mail={{ conversationId, accountId: capability.accountId, inReplyTo: capability.inReplyTo, ...(draft?.forwards === undefined ? {} : { forwards: draft.forwards }), ...(draft?.quotes === undefined ? {} : { quotes: draft.quotes }) }} />
      )}
      {formatting.isOn && available && <QuotedOriginal conversationId={conversationId} capability={capability} draft={draft} />}
      {result === null && available && <Problems problems={problems} conversationId={conversationId} mode={mode} capabilities={capabilities} />}
      <StagedFiles conversationId={conversationId} mode={mode} attachments={attachments} />
      <ThreadPreview thread={thread} />
      <footer className="writer-foot">
        <Counter text={text} weighted={weighted} capability={thread.isOn && capability !== undefined ? { ...capability, maxWeighted: null, price: null } : capability} undescribed={undescribed(mode, attachments)} />
        {suffix !== '' && <span className="suffix" title={t('composer.initialsHint')}>{suffix}</span>}
        {mode === 'mail' && <SignatureHint accountId={capability?.accountId ?? null} />}
        <span className="spacer" />
        {formatting.isOn && available && <FormatBar onFormat={formatting.format} isPreview={formatting.isPreview} onPreview={formatting.togglePreview} />}
        {mode === 'reply' && available && !isAside && (
          <Tip label={t('private.moveHint')} keys={keys['compose.private']} side="top"><Button tone="quiet" data-action="compose.private" onClick={() => movePrivate(conversationId)}><LockKeyhole size={14} aria-hidden="true" />{t('private.move')}</Button></Tip>
        )}
        {mode !== 'note' && available && (
          <>
            <input ref={picker} type="file" multiple hidden tabIndex={-1} aria-label={t('composer.attach')} onChange={(event) => { void stageFiles(conversationId, mode, [...(event.target.files ?? [])]); event.target.value = ''; }} />
            <IconButton label={t('composer.attach')} onClick={() => picker.current?.click()}><Paperclip size={15} aria-hidden="true" /></IconButton>
          </>
        )}
        {mode !== 'note' && available && !isAside && thread.parts === null && <IconButton label={missing ?? t('sendLater.name')} keys={missing === null ? 'Mod+Shift+Enter' : ''} aria-disabled={!canSend} data-action="composer.later" onClick={() => { if (canSend) setLater(true); }}><CalendarClock size={15} aria-hidden="true" /></IconButton>}
        <Tip label={isOffered ? t('thread.offerHint') : missing ?? t('composer.sendHint')} keys={missing === null || isOffered ? 'Mod+Enter' : ''} side="top">
          <Button tone="primary" aria-disabled={!canSend && !isOffered} data-action="composer.send" onClick={() => void submit(NOTHING)}>
            {mode === 'note' ? <LockKeyhole size={14} aria-hidden="true" /> : needsLook ? <Eye size={14} aria-hidden="true" /> : <Send size={14} aria-hidden="true" />}{needsLook && !isOffered ? t('look.ask') : thread.parts === null ? sendLabel(mode, capability) : t(isOffered ? 'thread.offer' : 'thread.send', { count: thread.parts.length, from: capability?.from ?? '' })}
          </Button>
        </Tip>
      </footer>
      {isLater && <SendLater name={customerName} onClose={() => setLater(false)} onPick={(schedule) => void submit({ ...NOTHING, schedule })} />}
    </div>
  );
}

/** What a link costs where it costs something, known before it is chosen. */
const linkPrice = (capability: Capability | undefined): string | null =>
  (capability?.price == null ? null : t('inline.linkPrice', { link: dollars(capability.price.withLink), plain: dollars(capability.price.plain) }));

/** Says where and as whom. */
function sendLabel(mode: WriterProps['mode'], capability: Capability | undefined): string {
  return mode === 'note' || capability?.from == null ? t(`composer.send.${mode}`) : t(`composer.sendAs.${mode}`, { from: capability.from });
}

function SignatureHint({ accountId }: { accountId: string | null }) {
  const signature = useApp((state) => (accountId === null ? undefined : state.settings.signatures[accountId]) ?? state.settings.signature);
  return signature.trim() === '' ? null : <span className="suffix" title={signature}>{t('composer.signatureAdded')}</span>;
}
