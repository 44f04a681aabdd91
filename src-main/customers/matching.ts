import type { Party } from '../channels/port.ts';

/** A name for a customer we know only by this side of a message, and whether a person gave it. */
export function nameOf(party: Party): { name: string; isNamed: boolean } {
  const given = party.name?.trim() ?? '';
  // Many mail programs put the address itself into the name.
  if (given !== '' && given.toLowerCase() !== party.value.toLowerCase() && given.toLowerCase() !== party.display.toLowerCase()) return { name: given.slice(0, 200), isNamed: true };
  return { name: party.display.slice(0, 200), isNamed: false };
}
