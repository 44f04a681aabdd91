import type { CallRow } from '../../src-preload/contract/index.ts';
import { phoneParty, type CallSignal } from '../channels/phone/index.ts';
import type { MessageEvent, Party } from '../channels/port.ts';
import { openingAt } from '../desk/index.ts';
import { recordCall } from '../intake/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import { tables, type Store } from '../store/index.ts';
import { foldSignal, outcomeOf, stateOf, talkedMs, type Call } from './fold.ts';
import { callerOf, guessesOf } from './who.ts';

export interface CallBoardDeps {
  store: Store;
  clock: Clock;
  ids: Ids;
  /** Calls belong to this account. */
  accountId: string;
  /** Told at every change, at once: a telephone rings for some seconds only. */
  onChange(rows: CallRow[]): void;
}

export interface CallBoard {
  rows(): CallRow[];
  take(signal: CallSignal): void;
  /** Takes a call off the bar; its entry stays. */
  dismiss(callId: string): void;
  /** An agent has written it down. */
  logged(callId: string): void;
  call(callId: string): Call | undefined;
  /** Whose number it is may have changed. */
  look(): void;
  stop(): void;
}

/** Signals that come late are still known to belong to a call that ended this long ago. */
const REMEMBER_MS = 15 * 60_000;
/** A missed call leaves the bar by itself: its row stands in the queue. */
const SHOW_MISSED_MS = 20_000;
/** Nobody said how it ended. */
const LONGEST_CALL_MS = 12 * 3_600_000;
const MOST_CALLS = 500;
const MOST_SHOWN = 20;
const WITHHELD: Party = { kind: 'phone', value: 'withheld', display: 'Number withheld', name: null };

interface Kept { call: Call; isHidden: boolean; isLogged: boolean; forgetAt: number }

/** The calls of this moment: who rings, who talks, what has just ended. Ended ones go into the store. */
export function createCallBoard({ store, clock, ids, accountId, onChange }: CallBoardDeps): CallBoard {
  const kept = new Map<string, Kept>();
  const timers = new Set<() => void>();

  const after = (ms: number, run: () => void): void => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
  };

  const rowOf = ({ call, isLogged }: Kept): CallRow => {
    const settings = tables.settingsOf(store.read);
    const customer = callerOf(store.read, call, settings.defaultRegion);
    return {
      callId: call.callId, direction: call.direction, number: partyOf(call)?.display ?? null, name: call.name, called: call.called, extension: call.extension, state: stateOf(call),
      ringingAt: call.ringingAt, answeredAt: call.answeredAt, endedAt: call.endedAt, outcome: outcomeOf(call), customer, guesses: customer === null ? guessesOf(store.read, call, settings.defaultRegion) : [],
      hours: openingAt(settings.sla.calendars[0] ?? null, settings.officeZone, call.ringingAt), isLogged,
    };
  };
  const rows = (): CallRow[] => [...kept.values()].filter((k) => !k.isHidden).slice(-MOST_SHOWN).map(rowOf);
  const announce = (): void => onChange(rows());
  const partyOf = (call: Call): Party | null => (call.number === null ? null : phoneParty(call.number, tables.settingsOf(store.read).defaultRegion, call.name));

  const record = (call: Call): void => {
    const settings = tables.settingsOf(store.read);
    const party = partyOf(call) ?? WITHHELD;
    const outcome = outcomeOf(call);
    const hours = openingAt(settings.sla.calendars[0] ?? null, settings.officeZone, call.ringingAt);
    const isMissed = call.direction === 'inbound' && (outcome === 'missed' || outcome === 'voicemail');
    const event: MessageEvent & { detail: { type: 'call' } } = {
      type: 'message', externalId: `call:${call.callId}`, kind: 'call', direction: call.direction, at: call.ringingAt, party,
      author: call.direction === 'inbound' ? (call.name ?? party.display) : settings.agentName, subject: null, text: '', references: [], threadKeys: [], ownKey: null, files: [], isSeen: !isMissed,
      detail: {
        type: 'call', number: party.display, callDirection: call.direction, startedAt: call.ringingAt, durationMs: talkedMs(call), outcome, agent: call.extension ?? '', disposition: null,
        ...(hours.isOpen ? {} : { outsideHours: true }),
      },
    };
    const callBack = isMissed && !hours.isOpen && hours.changesAt !== null && call.number !== null ? { id: ids.next(), at: Math.max(hours.changesAt, clock.now() + 1), note: `Call back ${party.display}` } : null;
    store.run(recordCall, { accountId, event, callBack, ids }, { at: clock.now(), agent: 'Parley' });
  };

  const hide = (callId: string): void => {
    const found = kept.get(callId);
    if (!found || found.isHidden) return;
    found.isHidden = true;
    announce();
  };

  const sweep = (): void => {
    const now = clock.now();
    for (const [id, { forgetAt }] of kept) if (forgetAt <= now || kept.size > MOST_CALLS) kept.delete(id);
  };

  return {
    rows,
    call: (callId) => kept.get(callId)?.call,
    take(signal) {
      sweep();
      const before = kept.get(signal.callId);
      // Told again long after it ended: it stands in the store, and pops nobody up.
      if (!before && tables.messageByExternal(store.read, accountId, `call:${signal.callId}`)) return;
      const call = foldSignal(before?.call, signal);
      if (before && JSON.stringify(before.call) === JSON.stringify(call)) return;
      const now: Kept = { call, isHidden: before?.isHidden ?? false, isLogged: before?.isLogged ?? false, forgetAt: clock.now() + (call.endedAt === null ? LONGEST_CALL_MS : REMEMBER_MS) };
      kept.set(call.callId, now);
      if (call.endedAt !== null) {
        if (now.isLogged) now.isHidden = true;
        if (outcomeOf(call) !== 'answered') after(SHOW_MISSED_MS, () => hide(call.callId));
        record(call);
      }
      announce();
    },
    dismiss: hide,
    logged(callId) {
      const found = kept.get(callId);
      if (!found) return;
      found.isLogged = true;
      found.isHidden = true;
      announce();
    },
    look: announce,
    stop() {
      for (const cancel of timers) cancel();
    },
  };
}
