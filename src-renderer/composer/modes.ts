import type { Capability, ComposerMode, ConversationRow } from '../../src-preload/contract/index.ts';
import type { ActionId } from '../state/shortcuts.ts';

export const composerModes = ['reply', 'post', 'dm', 'mail', 'note', 'call'] as const satisfies readonly ComposerMode[];

export const modeAction: Readonly<Record<ComposerMode, ActionId>> = { reply: 'compose.reply', post: 'compose.post', dm: 'compose.dm', mail: 'compose.mail', note: 'compose.note', call: 'call.log' };

const byKind = { post: 'reply', dm: 'dm', mail: 'mail', call: 'call', note: 'note', system: 'note' } as const satisfies Record<ConversationRow['kind'], ComposerMode>;

/** The channel she wrote on, if we may answer there; else the first on which we may. A call is never begun by itself. */
export function startMode(row: ConversationRow, capabilities: readonly Capability[]): ComposerMode {
  const isOpen = (mode: ComposerMode): boolean => capabilities.some((capability) => capability.mode === mode && capability.available);
  if (isOpen('post')) return 'post';
  const natural = byKind[row.kind];
  if (natural !== 'call' && isOpen(natural)) return natural;
  return (['mail', 'dm', 'reply'] as const).find(isOpen) ?? 'note';
}

/** The channel she wrote on, also where we may not answer there: the composer then says why. Else as a conversation begins. */
export function answerMode(row: ConversationRow, capabilities: readonly Capability[]): ComposerMode {
  const natural = byKind[row.kind];
  return natural !== 'call' && natural !== 'note' && modesFor(capabilities).includes(natural) ? natural : startMode(row, capabilities);
}

/** A customer is answered; among the posts of our own there is nobody to answer. */
export const modesFor = (capabilities: readonly Capability[]): readonly ComposerMode[] => composerModes.filter((mode) => capabilities.some((capability) => capability.mode === mode));
