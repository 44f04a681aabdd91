const bare = (handle: string): string => handle.trim().toLowerCase().replace(/^@/, '');

/** The handle of a customer that is on the list of competitors; null when none is. */
export function competitorAmong(identities: readonly { kind: string; display: string }[], competitors: readonly string[]): string | null {
  if (competitors.length === 0) return null;
  const listed = new Set(competitors.map(bare));
  return identities.find((identity) => identity.kind === 'x' && listed.has(bare(identity.display)))?.display ?? null;
}

export const competitorSentence = (handle: string): string => `${handle} is on the list of competitors: they get no public answer from here.`;
