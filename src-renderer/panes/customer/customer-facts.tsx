import { ArrowDownLeft, ArrowUpRight, BadgeCheck, Copy, ExternalLink, Mail, Phone, Unlink } from 'lucide-react';
import type { Identity } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { fullTime } from '../../state/words/time.ts';
import { toast } from '../../state/toasts.ts';
import { Age } from '../../ui/bits.tsx';
import { Tip } from '../../ui/button.tsx';
import { KindGlyph } from '../../ui/glyph.tsx';
import { OutLink } from '../../ui/linked-text.tsx';
import { XMark } from '../../ui/x-mark.tsx';

const channelName = { x: 'X', email: 'E-mail', phone: 'Phone' } as const;

export function Identities({ customerId }: { customerId: string }) {
  const identities = useApp((state) => state.customers[customerId]?.identities);
  const zone = useApp((state) => state.settings.officeZone);
  if (identities === undefined || identities.length === 0) return null;
  return (
    <section className="facts">
      <h3>{t('customer.identities')}</h3>
      <ul className="identity-list">{identities.map((identity) => <li key={identity.id}><IdentityLine identity={identity} zone={zone} isOnly={identities.length === 1} /></li>)}</ul>
    </section>
  );
}

/** Where an identity is reached outside this window. */
const linkOf = ({ kind, display, value }: Identity): string => (kind === 'x' ? (display.startsWith('@') ? `https://x.com/${encodeURIComponent(display.slice(1))}` : `https://x.com/i/user/${encodeURIComponent(value)}`) : kind === 'email' ? `mailto:${encodeURIComponent(value)}` : `tel:${value}`);

function IdentityLine({ identity, zone, isOnly }: { identity: Identity; zone: string; isOnly: boolean }) {
  const basis = t(`customer.basis.${identity.basis}`);
  const copy = async (): Promise<void> => {
    const ok = await navigator.clipboard.writeText(identity.display).then(() => true, () => false);
    if (ok) toast(t('customer.copied', { text: identity.display }));
  };
  const unlink = async (): Promise<void> => {
    if ((await call('customer.unlink', { identityId: identity.id })) !== null) toast(t('link.removed', { text: identity.display }));
  };
  return (
    <div className="identity-row">
    <Tip side="left" label={<span className="tip-lines"><span>{basis}</span><span>{t('customer.linked', { by: identity.linkedBy, when: fullTime(identity.linkedAt, zone) })}</span></span>}>
      <button type="button" className="identity" onClick={() => void copy()} aria-label={t('customer.identityLabel', { channel: channelName[identity.kind], display: identity.display, basis })}>
        <span className="identity-glyph">{identity.kind === 'x' ? <XMark size={13} /> : identity.kind === 'email' ? <Mail size={14} aria-hidden="true" /> : <Phone size={14} aria-hidden="true" />}</span>
        <bdi className="identity-text">{identity.display}</bdi>
        <span className="identity-basis"><BadgeCheck size={13} aria-hidden="true" /></span>
        <Copy size={13} className="identity-copy" aria-hidden="true" />
      </button>
    </Tip>
    <OutLink url={linkOf(identity)} className="icon-button is-tiny identity-off"><ExternalLink size={13} aria-hidden="true" /><span className="visually-hidden">{t(`customer.openOut.${identity.kind}`, { text: identity.display })}</span></OutLink>
    {!isOnly && <button type="button" className="icon-button is-tiny identity-off" aria-label={t('link.remove', { text: identity.display })} title={t('link.remove', { text: identity.display })} onClick={() => void unlink()}><Unlink size={13} aria-hidden="true" /></button>}
    </div>
  );
}

export function LastContacts({ customerId }: { customerId: string }) {
  const last = useApp((state) => state.customers[customerId]?.lastBy);
  if (last === undefined || last.length === 0) return null;
  return (
    <section className="facts">
      <h3>{t('customer.last')}</h3>
      <ul className="last-list">
        {last.map((contact) => (
          <li key={contact.kind}>
            <span className="identity-glyph"><KindGlyph kind={contact.kind} /></span><span>{t(`kind.${contact.kind}`)}</span>
            <span className="last-direction" title={t(`customer.direction.${contact.direction}`)}>{contact.direction === 'inbound' ? <ArrowDownLeft size={12} aria-hidden="true" /> : contact.direction === 'outbound' ? <ArrowUpRight size={12} aria-hidden="true" /> : null}<span className="visually-hidden">{t(`customer.direction.${contact.direction}`)}</span></span>
            <span className="spacer" /><Age at={contact.at} />
          </li>
        ))}
      </ul>
    </section>
  );
}
