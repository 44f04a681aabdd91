import type { MessageEvent, Party } from '../channels/port.ts';
import { lazy } from '../kernel/index.ts';
import { tables, type ReadDb } from '../store/index.ts';
import type { Place } from './place.ts';

/** A message taken in by this operation. */
export interface Fresh { id: number; conversationId: string; event: MessageEvent }

/** What one operation knows while it takes messages in: nobody else writes meanwhile, so nothing has to be asked twice. */
export interface BatchMemory {
  /** What was taken in, by conversation. */
  readonly fresh: Map<string, Fresh[]>;
  /** How far each conversation was read in another program. */
  readonly readUpTo: Map<string, number>;
  /** Conversations as they stood when the first of these messages was placed, where nothing has touched them since; of history alone, which changes none before its end. */
  readonly untouched: Map<string, tables.ConversationCore>;
  readonly settings: () => ReturnType<typeof tables.settingsOf>;
  readonly rules: () => ReturnType<typeof tables.rulesOn>;
  readonly incidents: () => ReturnType<typeof tables.openIncidentWords>;
  readonly senders: Senders;
}

/** The places of senders, as long as they call themselves the same: another name or handle of theirs may be news. */
interface Senders {
  placeOf(party: Party): Place | undefined;
  remember(party: Party, place: Place): void;
  forget(): void;
}

function createSenders(): Senders {
  const known = new Map<string, { party: Party; place: Place }>();
  const keyOf = (party: Party): string => `${party.kind} ${party.value}`;
  return {
    placeOf(party) {
      const found = known.get(keyOf(party));
      return found !== undefined && found.party.display === party.display && found.party.name === party.name ? found.place : undefined;
    },
    remember: (party, place) => void known.set(keyOf(party), { party, place }),
    forget: () => known.clear(),
  };
}

export function createBatchMemory(db: ReadDb): BatchMemory {
  return {
    fresh: new Map(), readUpTo: new Map(), untouched: new Map(), senders: createSenders(),
    settings: lazy(() => tables.settingsOf(db)), rules: lazy(() => tables.rulesOn(db)), incidents: lazy(() => tables.openIncidentWords(db)),
  };
}

export function addFresh({ fresh }: BatchMemory, taken: Fresh): void {
  const others = fresh.get(taken.conversationId);
  if (others) others.push(taken);
  else fresh.set(taken.conversationId, [taken]);
}
