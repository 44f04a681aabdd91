import type { WriteMode } from '../channels/port.ts';
import type { Settings } from '../../src-preload/contract/index.ts';

/** Text with the agent's initials (X) or signature (mail, RFC 3676 4.3 delimiter) under it; text that has them already stays as it is. */
export function signText(text: string, mode: WriteMode, settings: Pick<Settings, 'agentInitials' | 'signature' | 'appendInitials'>): string {
  if (!settings.appendInitials) return text;
  if (mode === 'mail') return settings.signature.trim() === '' || text.includes(`-- \n${settings.signature}`) ? text : `${text.trimEnd()}\n\n-- \n${settings.signature}`;
  const initials = `^${settings.agentInitials}`;
  return text.trimEnd().endsWith(initials) ? text.trimEnd() : `${text.trimEnd()} ${initials}`;
}
