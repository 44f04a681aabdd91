import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Pause, PhoneIncoming, PhoneOutgoing, Play } from 'lucide-react';
import type { CallOutcome } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { callWith } from '../../state/actions/call-actions.ts';
import { useApp } from '../../state/store.ts';
import { useSecond } from '../../state/ticker.ts';
import { clockTime, readStopwatch, stopwatch } from '../../state/words/time.ts';
import { speak, toast } from '../../state/toasts.ts';
import { useTypedTime } from '../../state/words/typed-time.ts';
import { Button, Tip } from '../../ui/button.tsx';
import { focusList } from '../../ui/focus-list.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { CallBackField } from './call-back.tsx';
import { CallMarks, markedText, markKinds, type CallMark } from './call-marks.tsx';
import { OfficeHoursLine } from './office-hours.tsx';
import { ResponseList } from '../responses/response-list.tsx';
import { rememberOwn } from '../drafts/send.ts';
import { useFocusRequest } from '../use-focus-request.ts';
import { useResponses } from '../responses/use-responses.ts';

const outcomes = ['answered', 'missed', 'voicemail', 'busy', 'no_answer', 'callback'] as const satisfies readonly CallOutcome[];
/** A letter each, for when the outcome has the focus; digits work anywhere in the pad with Ctrl. */
const letters: Readonly<Record<string, CallOutcome>> = { a: 'answered', m: 'missed', v: 'voicemail', b: 'busy', n: 'no_answer', c: 'callback' };
const neverTalked = new Set<CallOutcome>(['missed', 'busy', 'no_answer']);

interface CallPadProps {
  readonly conversationId: string | null;
  readonly number: string;
  /** The call it was opened for; the customer's own call otherwise. */
  readonly callId?: string | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
  readonly onDone: (conversationId: string) => void;
  readonly onNumber?: (number: string) => void;
  readonly numberRef?: RefObject<HTMLInputElement | null>;
}

/** Logs a call, without a telephone system or beside one: then number, direction and times are the call's own. Else the clock runs from the moment the pad opens. */
export function CallPad({ conversationId, number: givenNumber, callId, direction: givenDirection, onDone, onNumber, numberRef }: CallPadProps) {
  const live = useApp((state) => (callId === undefined ? callWith(state.calls, conversationId) : state.calls.find((row) => row.callId === callId)));
  const dispositions = useApp((state) => state.settings.dispositions);
  const zone = useApp((state) => state.settings.officeZone);
  const [number, setNumber] = useState(givenNumber);
  const [direction, setDirection] = useState<'inbound' | 'outbound'>(givenDirection ?? 'inbound');
  const [outcome, setOutcome] = useState<CallOutcome>('answered');
  const [note, setNote] = useState('');
  const [startedAt, setStartedAt] = useState(() => Date.now());
  const [stoppedAt, setStoppedAt] = useState<number | null>(null);
  const [typedLength, setTypedLength] = useState<string | null>(null);
  const [requestId] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [disposition, setDisposition] = useState('');
  const [marks, setMarks] = useState<readonly CallMark[]>([]);
  const back = useTypedTime();
  /** Kept after the call has left the bar. */
  const [boundTo, setBoundTo] = useState<string | null>(callId ?? null);
  const pad = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const responses = useResponses(area, conversationId ?? '', 'call');
  useEffect(() => {
    if (live === undefined) return;
    setBoundTo(live.callId);
    setDirection(live.direction);
    setStartedAt(live.answeredAt ?? live.ringingAt);
    setStoppedAt(live.endedAt);
    if (live.number !== null) setNumber(live.number);
    if (live.state === 'ended') setOutcome(live.outcome);
  }, [live]);
  const ownBox = useRef<HTMLInputElement>(null);
  const numberBox = numberRef ?? ownBox;
  useFocusRequest(() => (givenNumber === '' ? numberBox.current : pad.current?.querySelector<HTMLElement>('.outcomes [aria-checked=true]'))?.focus());

  const typed = typedLength === null ? null : readStopwatch(typedLength);
  const badLength = typedLength !== null && typed === null;
  const kept = marks.filter((mark) => note.includes(mark.quote));
  const canLog = (number.trim() !== '' || (boundTo !== null && conversationId !== null)) && !badLength && !busy;

  const submit = async (): Promise<void> => {
    if (!canLog) {
      if (number.trim() === '') numberBox.current?.focus();
      return;
    }
    setBusy(true);
    const callBackAt = back.text.trim() === '' ? null : await back.settle();
    if (callBackAt === null && back.text.trim() !== '') {
      setBusy(false);
      pad.current?.querySelector<HTMLElement>('[data-test=call-back]')?.focus();
      return;
    }
    const run = (stoppedAt ?? Date.now()) - startedAt;
    const durationMs = typed ?? (neverTalked.has(outcome) ? 0 : Math.max(0, Math.round(run / 1000) * 1000));
    const logged = await call('call.log', { requestId, conversationId, number: number.trim(), direction, startedAt, durationMs, outcome, disposition: disposition === '' ? null : disposition, note, callId: boundTo, marks: kept.map(({ kind, quote }) => ({ kind, quote: quote.slice(0, 2_000) })), callBackAt });
    setBusy(false);
    if (logged === null) return;
    rememberOwn(logged.messageId);
    toast(t('call.logged'), 'good');
    speak(t('call.logged'));
    onDone(logged.conversationId);
  };

  /** Marks the selection or the line the caret stands in; once more takes it back. */
  const mark = (kind: CallMark['kind']): void => {
    const box = area.current;
    if (box === null) return;
    const quote = markedText(note, box.selectionStart, box.selectionEnd);
    if (quote === '') return;
    const isThere = marks.some((other) => other.kind === kind && other.quote === quote);
    setMarks([...marks.filter((other) => other.quote !== quote), ...(isThere ? [] : [{ kind, quote }])]);
    speak(isThere ? t('promise.remove') : t(`promise.marked.${kind}`));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const mod = event.ctrlKey || event.metaKey;
    const picked = outcomes[Number(event.key) - 1];
    if (event.target === area.current && conversationId !== null && responses.onKeyDown(event)) return;
    const kind = mod && event.shiftKey ? markKinds[Number(/^Digit(\d)$/u.exec(event.code)?.[1]) - 1] : undefined;
    if (mod && event.key === 'Enter') void submit();
    else if (kind !== undefined) mark(kind);
    else if (mod && picked !== undefined) setOutcome(picked);
    else if (event.key === 'Escape' && conversationId !== null) focusList();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onOutcomeKey = (event: KeyboardEvent): void => {
    const found = event.ctrlKey || event.metaKey || event.altKey ? undefined : letters[event.key.toLowerCase()] ?? outcomes[Number(event.key) - 1];
    if (found === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setOutcome(found);
    pad.current?.querySelector<HTMLElement>(`.outcomes [data-value=${found}]`)?.focus();
  };

  return (
    <div ref={pad} className="call-pad" data-test="call-pad" onKeyDown={onKeyDown}>
      <div className="call-pad-line">
        <Segmented label={t('call.directionLabel')} value={direction} onPick={setDirection} options={[
          { value: 'inbound', label: <><PhoneIncoming size={13} aria-hidden="true" />{t('call.short.inbound')}</> },
          { value: 'outbound', label: <><PhoneOutgoing size={13} aria-hidden="true" />{t('call.short.outbound')}</> },
        ]} />
        <label className="call-field is-number"><span>{t('call.number')}</span>
          <input ref={numberBox} className="input" type="tel" value={number} onChange={(event) => { setNumber(event.target.value); onNumber?.(event.target.value); }} placeholder="+44 7700 900123" />
        </label>
        <Timer startedAt={startedAt} stoppedAt={stoppedAt} typed={typedLength} bad={badLength} onTyped={setTypedLength}
          onToggle={() => { if (stoppedAt === null) setStoppedAt(Date.now()); else { setStartedAt(Date.now() - (stoppedAt - startedAt)); setStoppedAt(null); } setTypedLength(null); }} />
        <span className="call-started">{t('call.started', { time: clockTime(startedAt, zone) })}</span>
      </div>
      <div onKeyDown={onOutcomeKey}>
        <Segmented label={t('call.outcomeLabel')} value={outcome} onPick={setOutcome} className="outcomes"
          options={outcomes.map((other, index) => ({ value: other, name: t(`call.outcome.${other}`), label: <>{t(`call.outcome.${other}`)}<kbd aria-hidden="true">{index + 1}</kbd></> }))} />
      </div>
      <textarea
        ref={area} className="writer-text" dir="auto" value={note} aria-label={t('call.note')} placeholder={t('call.notePlaceholder')} data-focus-target="composer" spellCheck
        onChange={(event) => { setNote(event.target.value); if (conversationId !== null) responses.look(); }} onSelect={() => { if (conversationId !== null) responses.look(); }} onBlur={responses.close}
      />
      {conversationId !== null && <ResponseList responses={responses} price={null} />}
      <CallMarks marks={kept} onRemove={(gone) => setMarks(marks.filter((other) => other !== gone))} />
      <div className="call-pad-line">
        <label className="call-field"><span>{t('call.disposition')}</span>
          <select className="input is-pick" value={disposition} onChange={(event) => setDisposition(event.target.value)} data-test="disposition">
            <option value="">{t('call.noDisposition')}</option>
            {dispositions.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
        </label>
        <CallBackField back={back} />
        <OfficeHoursLine />
      </div>
      <footer className="writer-foot">
        <span className="hint">{t('call.hint')}</span>
        <span className="spacer" />
        <Tip label={number.trim() === '' ? t('call.missingNumber') : t('call.log')} keys="Mod+Enter" side="top">
          <Button tone="primary" aria-disabled={!canLog} onClick={() => void submit()} data-action="call.submit">{t('call.log')}</Button>
        </Tip>
      </footer>
    </div>
  );
}

interface TimerProps {
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly typed: string | null;
  readonly bad: boolean;
  readonly onTyped: (text: string) => void;
  readonly onToggle: () => void;
}

function Timer({ startedAt, stoppedAt, typed, bad, onTyped, onToggle }: TimerProps) {
  const now = useSecond();
  return (
    <div className="call-timer">
      <label className="call-field"><span>{t('call.length')}</span>
        <input className={`input is-length${bad ? ' is-bad' : ''}`} inputMode="numeric" value={typed ?? stopwatch((stoppedAt ?? now) - startedAt)} aria-invalid={bad} onFocus={(event) => event.target.select()} onChange={(event) => onTyped(event.target.value)} title={t('call.lengthHint')} />
      </label>
      <button type="button" className="icon-button" onClick={onToggle} aria-label={stoppedAt === null ? t('call.stop') : t('call.resume')} title={stoppedAt === null ? t('call.stop') : t('call.resume')}>
        {stoppedAt === null ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
      </button>
    </div>
  );
}
