import type { WriteMode } from '../channels/port.ts';
import type { Settings } from '../../src-preload/contract/index.ts';

/** An agent's signature under mails of an account: its own (an empty one is none), else the one for all. */
export const signatureOf = (settings: Pick<Settings, 'signature' | 'signatures'>, accountId: string | null): string => (accountId === null ? undefined : settings.signatures[accountId]) ?? settings.signature;

/** Text with the agent's initials (X) or signature (mail, RFC 3676 4.3 delimiter) under it; text that has them already stays as it is. */
export function signText(text: string, mode: WriteMode, settings: Pick<Settings, 'agentInitials' | 'signature' | 'signatures' | 'appendInitials'>, accountId: string | null = null): string {
  if (mode === 'mail') {
    const signature = signatureOf(settings, accountId).trimEnd();
    return signature === '' || text.includes(`-- \n${signature}`) ? text : `${text.trimEnd()}\n\n-- \n${signature}`.trimStart();
  }
  if (!settings.appendInitials) return text;
  const initials = `^${settings.agentInitials}`;
  if (text.trim() === '') return initials;
  return text.trimEnd().endsWith(initials) ? text.trimEnd() : `${text.trimEnd()} ${initials}`;
}
