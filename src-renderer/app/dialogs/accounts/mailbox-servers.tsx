import { useState } from 'react';
import type { FoundMailbox } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { useMinute } from '../../../state/ticker.ts';
import { dayLabel } from '../../../state/words/time.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

type Security = 'tls' | 'starttls' | 'none';
export interface Server {
  readonly host: string;
  readonly port: string;
  readonly security: Security;
}

const ports = { imap: { tls: '993', starttls: '143', none: '143' }, smtp: { tls: '465', starttls: '587', none: '25' } } as const;
const securities = (['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`account.security.${value}`) }));
const portOf = (server: Server): number => (/^\d{1,5}$/u.test(server.port) ? Number(server.port) : 0);
const hasPort = (server: Server): boolean => portOf(server) > 0 && portOf(server) <= 65_535;
/** As it is kept, and whether it can be. */
export const serverOf = (server: Server): FoundMailbox['imap'] => ({ host: server.host.trim(), port: portOf(server), security: server.security });
export const isServer = (server: Server): boolean => server.host.trim() !== '' && hasPort(server);
export const typed = ({ host, port, security }: FoundMailbox['imap']): Server => ({ host, port: String(port), security });

/** What was found, and from where; it can be changed. */
export function FoundServers({ found, imap, smtp, onChange }: { found: FoundMailbox; imap: Server; smtp: Server; onChange: () => void }) {
  const line = (server: Server): string => `${server.host} · ${server.port} · ${t(`account.security.${server.security}`)}`;
  return (
    <section className="found-servers" aria-label={t('account.servers')} data-test="found-servers">
      <dl>
        <dt>{t('account.incoming')}</dt><dd>{line(imap)}</dd>
        <dt>{t('account.outgoing')}</dt><dd>{line(smtp)}</dd>
      </dl>
      <p className="hint">{t('account.foundAt', { source: found.source })}{found.isForeign && <span className="found-foreign"> {t('account.foreign')}</span>}</p>
      <Button small onClick={onChange} data-action="account.changeServers">{t('account.change')}</Button>
    </section>
  );
}

export function ServerFields({ legend, server, kind, onChange }: { legend: string; server: Server; kind: 'imap' | 'smtp'; onChange: (server: Server) => void }) {
  return (
    <fieldset className="field-set">
      <legend>{legend}</legend>
      <div className="field-row is-server">
        <TextField label={t('account.host')} value={server.host} onText={(host) => onChange({ ...server, host })} />
        <TextField label={t('account.port')} inputMode="numeric" value={server.port} onText={(port) => onChange({ ...server, port })} error={hasPort(server) ? null : t('account.badPort')} />
        <Segmented label={t('account.securityLabel')} value={server.security} options={securities} onPick={(security) => onChange({ ...server, security, port: server.port === ports[kind][server.security] ? ports[kind][security] : server.port })} />
      </div>
    </fieldset>
  );
}

/** The certificate of an organisation's own authority, for this mailbox alone. */
export function Authority({ now: known = null, onChange }: { now?: { readonly names: readonly string[]; readonly until: number } | null; onChange: (pem: string | null) => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const words = (authority: { readonly names: readonly string[]; readonly until: number }): string =>
    (authority.names.length === 0 ? t('servers.authorityOver') : t('account.authorityIs', { names: authority.names.join(', '), until: dayLabel(authority.until, now, zone) }));
  const [names, setNames] = useState<string | null>(known === null ? null : words(known));
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const pem = file.size > 200_000 ? '' : await file.text();
    const answer = await ask('account.checkAuthority', { pem });
    setNames(answer.ok ? words(answer.value) : null);
    setProblem(answer.ok ? null : answer.error.message);
    onChange(answer.ok ? pem : null);
  };
  return (
    <div className="authority">
      <span className="authority-label">{t('account.authority')}</span>
      <div className="authority-line">
        <label className="button is-plain is-small file-button">{t('account.authorityPick')}<input type="file" accept=".pem,.crt,.cer" className="visually-hidden" data-test="authority" onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} /></label>
        {names !== null && <span role="status">{names}</span>}
        {names !== null && <Button small tone="quiet" onClick={() => { setNames(null); onChange(null); }}>{t('account.authorityDrop')}</Button>}
        {problem !== null && <span className="hint is-bad" role="alert">{problem}</span>}
        {names === null && problem === null && <span className="hint">{t('account.authorityHint')}</span>}
      </div>
    </div>
  );
}
