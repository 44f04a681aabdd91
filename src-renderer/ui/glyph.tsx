import { Lock, Mail, Megaphone, MessageCircle, Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing, StickyNote, Info } from 'lucide-react';
import type { EntryKind } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { XMark } from './x-mark.tsx';

export function KindGlyph({ kind, size = 14 }: { kind: EntryKind; size?: number }) {
  switch (kind) {
    case 'post': return <XMark size={size - 1} />;
    case 'dm': return <MessageCircle size={size} aria-hidden="true" />;
    case 'mail': return <Mail size={size} aria-hidden="true" />;
    case 'call': return <Phone size={size} aria-hidden="true" />;
    case 'note': return <StickyNote size={size} aria-hidden="true" />;
    case 'system': return <Info size={size} aria-hidden="true" />;
  }
}

export function CallGlyph({ direction, missed, size = 14 }: { direction: 'inbound' | 'outbound'; missed: boolean; size?: number }) {
  if (missed) return <PhoneMissed size={size} aria-hidden="true" />;
  return direction === 'inbound' ? <PhoneIncoming size={size} aria-hidden="true" /> : <PhoneOutgoing size={size} aria-hidden="true" />;
}

/** Public or private, always as a shape with a name, never as a colour alone. */
export function PrivacyMark({ isPrivate, size = 11, word = false }: { isPrivate: boolean; size?: number; word?: boolean }) {
  const label = isPrivate ? t('privacy.private') : t('privacy.public');
  return (
    <span className={`privacy ${isPrivate ? 'is-private' : 'is-public'}`} title={label}>
      {isPrivate ? <Lock size={size} aria-hidden="true" /> : <Megaphone size={size} aria-hidden="true" />}
      <span className={word ? '' : 'visually-hidden'}>{label}</span>
    </span>
  );
}
